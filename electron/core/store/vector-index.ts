import { z } from 'zod'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'
import { Count } from './columns.ts'

export type Modality = 'picture' | 'text'

/** One model's view of pictures or of text: vectors of the same kind can be compared. */
export interface VectorKind { model: string, modality: Modality }

const IndexRow = z.object({ id: z.number(), model: z.string(), modality: z.enum(['picture', 'text']), dimensions: z.number() })

/** A vec0 table: `vec_<id>`. */
export type VectorIndex = z.infer<typeof IndexRow>

const COLUMNS = 'id, model, modality, dimensions'

/** The vec0 table of a kind; undefined where it is not built. */
export function indexFor(db: ReadDatabase, { model, modality }: VectorKind): VectorIndex | undefined {
  return db.get(`SELECT ${COLUMNS} FROM vector_index WHERE model = @model AND modality = @modality`, IndexRow, { model, modality })
}

function literal(text: string): string {
  return `'${text.replaceAll(`'`, `''`)}'`
}

export function dropIndex(db: WriteDatabase, { id }: Pick<VectorIndex, 'id'>): void {
  // A vec0 table can not be dropped where the one in which it keeps its vectors is gone (sqlite-vec 0.1.9).
  db.exec(`CREATE TABLE IF NOT EXISTS vec_${id}_vector_chunks00 (rowid PRIMARY KEY, vectors BLOB NOT NULL)`)
  db.exec(`DROP TRIGGER IF EXISTS vec_${id}_add; DROP TRIGGER IF EXISTS vec_${id}_remove; DROP TABLE IF EXISTS vec_${id}`)
  db.exec(`DROP TABLE IF EXISTS vec_${id}_vector_chunks00`)
  db.run('DELETE FROM vector_index WHERE id = @id', { id })
}

/** Makes the vec0 table of a kind and fills it. Triggers keep it in step with the rows from then on, also where a scene or a video goes. */
export function buildIndex(db: WriteDatabase, { model, modality, dimensions }: VectorKind & { dimensions: number }): void {
  const { lastRowId: id } = db.run('INSERT INTO vector_index (model, modality, dimensions) VALUES (@model, @modality, @dimensions)', { model, modality, dimensions })
  const isOfKind = (row: string): string => `${row}model = ${literal(model)} AND ${row}modality = ${literal(modality)} AND ${row}dimensions = ${dimensions}`
  db.exec(`
    CREATE VIRTUAL TABLE vec_${id} USING vec0 (id INTEGER PRIMARY KEY, video_id INTEGER, embedding FLOAT[${dimensions}] distance_metric=cosine);
    INSERT INTO vec_${id} (id, video_id, embedding)
      SELECT id, (SELECT video_id FROM scene WHERE scene.id = scene_id), data FROM vector WHERE ${isOfKind('')};
    CREATE TRIGGER vec_${id}_add AFTER INSERT ON vector WHEN ${isOfKind('new.')} BEGIN
      INSERT INTO vec_${id} (id, video_id, embedding) VALUES (new.id, (SELECT video_id FROM scene WHERE scene.id = new.scene_id), new.data);
    END;
    CREATE TRIGGER vec_${id}_remove AFTER DELETE ON vector WHEN ${isOfKind('old.')} BEGIN
      DELETE FROM vec_${id} WHERE id = old.id;
    END;`)
}

function hasAllRows(db: WriteDatabase, { id, model, modality, dimensions }: VectorIndex): boolean {
  const indexed = db.get(`SELECT count(*) AS count FROM vec_${id}`, Count)?.count
  return indexed === db.get('SELECT count(*) AS count FROM vector WHERE model = @model AND modality = @modality AND dimensions = @dimensions', Count, { model, modality, dimensions })?.count
}

/**
 * Damage that neither a count nor SQLite's integrity_check sees: a vec0 table keeps its vectors in chunks of 1024, in tables of its own
 * (sqlite-vec 0.1.9, "shadow tables"). Of each chunk its length is looked at, and whether the first and last vector are those of the rows.
 */
function hasSoundChunks(db: WriteDatabase, { id, dimensions }: VectorIndex): boolean {
  const wrong = db.get(`
    SELECT (SELECT count(*) FROM vec_${id}_chunks AS chunk LEFT JOIN vec_${id}_vector_chunks00 AS held ON held.rowid = chunk.chunk_id
        WHERE length(vectors) IS NOT size * @bytes)
      + (SELECT count(*) FROM (SELECT min(rowid) AS id FROM vec_${id}_rowids GROUP BY chunk_id UNION SELECT max(rowid) FROM vec_${id}_rowids GROUP BY chunk_id) AS sample
        LEFT JOIN vector ON vector.id = sample.id
        WHERE data IS NOT (SELECT embedding FROM vec_${id} AS indexed WHERE indexed.id = sample.id)) AS count`, Count, { bytes: dimensions * Float32Array.BYTES_PER_ELEMENT })
  return wrong?.count === 0
}

function isInStep(db: WriteDatabase, index: VectorIndex): boolean {
  try {
    return hasAllRows(db, index) && hasSoundChunks(db, index)
  } catch {
    return false // whatever is wrong with it, it can be built again
  }
}

const Kind = IndexRow.omit({ id: true })
const Table = z.object({ name: z.string() })

// A migration that changes the rows forgets the tables that were made of them.
function forgotten(db: ReadDatabase): number[] {
  const known = new Set(db.all(`SELECT ${COLUMNS} FROM vector_index`, IndexRow).map(({ id }) => id))
  return db.all(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'vec_[0-9]*' AND sql LIKE 'CREATE VIRTUAL TABLE%'`, Table)
    .map(({ name }) => Number(name.slice('vec_'.length))).filter((id) => Number.isInteger(id) && !known.has(id))
}

/** Builds the vec0 tables again that are not there, do not hold as many vectors as there are rows, or are damaged as far as can be seen soon. Gives how many were built. */
export function repairVectorIndexes(db: WriteDatabase): number {
  for (const id of forgotten(db)) dropIndex(db, { id })
  const broken = db.all(`SELECT ${COLUMNS} FROM vector_index`, IndexRow).filter((index) => !isInStep(db, index))
  for (const index of broken) {
    db.transaction(() => {
      dropIndex(db, index)
      buildIndex(db, index)
    })
  }
  const missing = db.all('SELECT model, modality, min(dimensions) AS dimensions FROM vector GROUP BY model, modality', Kind).filter((kind) => indexFor(db, kind) === undefined)
  for (const kind of missing) db.transaction(() => { buildIndex(db, kind) })
  return broken.length + missing.length
}
