import { z } from 'zod'
import type { VideoId } from '../../contract/ids.ts'
import { SceneId } from '../../contract/ids.ts'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'
import { Count } from './columns.ts'

export type Modality = 'picture' | 'text'

/** One model's view of pictures or of text: vectors of the same kind can be compared. */
export interface VectorKind { model: string, modality: Modality }

export interface StoredVector extends VectorKind { sceneId: SceneId, vector: Float32Array }

export interface Neighbour {
  sceneId: SceneId
  /** Cosine of the angle: 1 the same, 0 nothing in common, -1 the opposite. */
  similarity: number
}

const IndexRow = z.object({ id: z.number(), model: z.string(), modality: z.enum(['picture', 'text']), dimensions: z.number() })
type Index = z.infer<typeof IndexRow>

function toBlob(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength)
}

function indexFor(db: ReadDatabase, kind: VectorKind): Index | undefined {
  return db.get('SELECT id, model, modality, dimensions FROM vector_index WHERE model = @model AND modality = @modality', IndexRow, { model: kind.model, modality: kind.modality })
}

function literal(text: string): string {
  return `'${text.replaceAll(`'`, `''`)}'`
}

function dropIndex(db: WriteDatabase, { id }: Index): void {
  db.exec(`DROP TRIGGER IF EXISTS vec_${id}_add; DROP TRIGGER IF EXISTS vec_${id}_remove; DROP TABLE IF EXISTS vec_${id}`)
  db.run('DELETE FROM vector_index WHERE id = @id', { id })
}

/** Makes the vec0 table of a kind and fills it. Triggers keep it in step with the rows from then on, also where a scene or a video goes. */
function buildIndex(db: WriteDatabase, kind: VectorKind, dimensions: number): void {
  const { lastRowId: id } = db.run('INSERT INTO vector_index (model, modality, dimensions) VALUES (@model, @modality, @dimensions)', {
    model: kind.model, modality: kind.modality, dimensions,
  })
  const isOfKind = (row: string): string => `${row}model = ${literal(kind.model)} AND ${row}modality = ${literal(kind.modality)} AND ${row}dimensions = ${dimensions}`
  db.exec(`
    CREATE VIRTUAL TABLE vec_${id} USING vec0 (scene_id INTEGER PRIMARY KEY, video_id INTEGER, embedding FLOAT[${dimensions}] distance_metric=cosine);
    INSERT INTO vec_${id} (scene_id, video_id, embedding)
      SELECT scene_id, (SELECT video_id FROM scene WHERE id = scene_id), data FROM vector WHERE ${isOfKind('')};
    CREATE TRIGGER vec_${id}_add AFTER INSERT ON vector WHEN ${isOfKind('new.')} BEGIN
      INSERT INTO vec_${id} (scene_id, video_id, embedding) VALUES (new.scene_id, (SELECT video_id FROM scene WHERE id = new.scene_id), new.data);
    END;
    CREATE TRIGGER vec_${id}_remove AFTER DELETE ON vector WHEN ${isOfKind('old.')} BEGIN
      DELETE FROM vec_${id} WHERE scene_id = old.scene_id;
    END;`)
}

/** Stores the vector of a scene; one of the same kind that it had goes. */
export function putVector(db: WriteDatabase, { sceneId, model, modality, vector }: StoredVector): void {
  const index = indexFor(db, { model, modality })
  if (index === undefined) buildIndex(db, { model, modality }, vector.length)
  else if (index.dimensions !== vector.length) throw new Error(`${model} gave ${vector.length} numbers for ${modality} and ${index.dimensions} before`)
  db.run('DELETE FROM vector WHERE scene_id = @sceneId AND model = @model AND modality = @modality', { sceneId, model, modality })
  db.run('INSERT INTO vector (scene_id, model, modality, dimensions, data) VALUES (@sceneId, @model, @modality, @dimensions, @data)', {
    sceneId, model, modality, dimensions: vector.length, data: toBlob(vector),
  })
}

/** Deletes what picture models have said of a video's scenes. */
export function deletePictureVectors(db: WriteDatabase, videoId: VideoId): void {
  db.run(`DELETE FROM vector WHERE modality = 'picture' AND scene_id IN (SELECT id FROM scene WHERE video_id = @videoId)`, { videoId })
}

const DataRow = z.object({ data: z.instanceof(Uint8Array) })

/** The vectors that the pictures of a scene have from a model, in the order of time. */
export function pictureVectorsOf(db: ReadDatabase, sceneId: SceneId, model: string): Float32Array[] {
  return db.all(`SELECT data FROM vector WHERE scene_id = @sceneId AND model = @model AND modality = 'picture'`, DataRow, { sceneId, model }).map(({ data }) => {
    const bytes = data.slice() // aligned, whatever the database gave
    return new Float32Array(bytes.buffer, 0, bytes.byteLength / Float32Array.BYTES_PER_ELEMENT)
  })
}

/** How many scenes have a vector of this kind. */
export function vectorCount(db: ReadDatabase, kind: VectorKind): number {
  return db.get('SELECT count(*) AS count FROM vector WHERE model = @model AND modality = @modality', Count, { model: kind.model, modality: kind.modality })?.count ?? 0
}

const Hit = z.object({ scene_id: SceneId, distance: z.number() })

export interface NearestQuery extends VectorKind {
  vector: Float32Array
  limit: number
  /** Only scenes of these videos; all when null. */
  videos: VideoId[] | null
}

function fromIndex(db: ReadDatabase, index: Index, query: NearestQuery): z.infer<typeof Hit>[] {
  const isIn = query.videos === null ? '' : ' AND video_id IN (SELECT value FROM json_each(@videos))'
  return db.all(`SELECT scene_id, distance FROM vec_${index.id} WHERE embedding MATCH @vector AND k = @limit${isIn} ORDER BY distance`, Hit, {
    vector: toBlob(query.vector), limit: Math.min(query.limit, MOST_NEIGHBOURS), ...(query.videos === null ? {} : { videos: JSON.stringify(query.videos) }),
  })
}

function fromRows(db: ReadDatabase, query: NearestQuery): z.infer<typeof Hit>[] {
  const isIn = query.videos === null ? '' : ' AND scene_id IN (SELECT id FROM scene WHERE video_id IN (SELECT value FROM json_each(@videos)))'
  return db.all(`
    SELECT scene_id, vec_distance_cosine(data, @vector) AS distance FROM vector
    WHERE model = @model AND modality = @modality AND dimensions = @dimensions${isIn} ORDER BY distance LIMIT @limit`, Hit, {
    model: query.model, modality: query.modality, dimensions: query.vector.length, vector: toBlob(query.vector), limit: query.limit,
    ...(query.videos === null ? {} : { videos: JSON.stringify(query.videos) }),
  })
}

// sqlite-vec 0.1.9 refuses more.
const MOST_NEIGHBOURS = 4096

/** The scenes whose vectors are nearest, best first, the older one of equals; exact. Where the index is missing the rows themselves are compared. */
export function nearestScenes(db: ReadDatabase, query: NearestQuery): Neighbour[] {
  const index = indexFor(db, query)
  if (index !== undefined && index.dimensions !== query.vector.length) return []
  const hits = index === undefined ? fromRows(db, query) : fromIndex(db, index, query)
  return hits.map(({ scene_id: sceneId, distance }) => ({ sceneId, similarity: 1 - distance }))
    .sort((a, b) => b.similarity - a.similarity || a.sceneId - b.sceneId)
}

function isInStep(db: WriteDatabase, index: Index): boolean {
  try {
    const indexed = db.get(`SELECT count(*) AS count FROM vec_${index.id}`, Count)?.count
    return indexed === vectorCount(db, index)
  } catch {
    return false // whatever is wrong with it, it can be built again
  }
}

/** Builds the vec0 tables again that do not hold as many vectors as there are rows. Gives how many were built. */
export function repairVectorIndexes(db: WriteDatabase): number {
  const broken = db.all('SELECT id, model, modality, dimensions FROM vector_index', IndexRow).filter((index) => !isInStep(db, index))
  for (const index of broken) {
    db.transaction(() => {
      dropIndex(db, index)
      buildIndex(db, index, index.dimensions)
    })
  }
  return broken.length
}
