import { z } from 'zod'
import type { WriteDatabase } from '../../../electron/core/ports.ts'
import { toBlob } from '../../../electron/core/store/vectors.ts'
import { sqlite } from '../../../native/sqlite/open.ts'
import { DIMENSIONS } from './synthetic-vectors.ts'

/** What sqlite-vec does by itself with the same vectors, in a file of its own. */
export interface SqliteVec {
  float(question: Float32Array): { similarity: number }[]
  /** Among the few. */
  floatOfFew(question: Float32Array): { similarity: number }[]
  /** The nearest by the signs of their numbers, and of those the best by all their numbers. */
  bits(question: Float32Array): { similarity: number }[]
  close(): void
}

const WANTED = 10
// As many as its author's examples take.
const CANDIDATES = 100
const Hit = z.object({ distance: z.number() })
const Id = z.object({ id: z.number() })

function similarities(hits: readonly z.infer<typeof Hit>[]): { similarity: number }[] {
  return hits.map(({ distance }) => ({ similarity: 1 - distance }))
}

function fill(db: WriteDatabase, library: string): void {
  db.exec(`
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    ATTACH '${library.replaceAll(`'`, `''`)}' AS library;
    CREATE VIRTUAL TABLE float_vector USING vec0 (id INTEGER PRIMARY KEY, embedding FLOAT[${DIMENSIONS}] distance_metric=cosine);
    CREATE VIRTUAL TABLE bit_vector USING vec0 (id INTEGER PRIMARY KEY, embedding BIT[${DIMENSIONS}]);
    BEGIN;
    INSERT INTO float_vector (id, embedding) SELECT id, data FROM library.vector;
    INSERT INTO bit_vector (id, embedding) SELECT id, vec_quantize_binary(data) FROM library.vector;
    COMMIT`)
}

/** Makes both of its tables of the vectors of a library, whose scenes and vectors have the same ids. */
export function sqliteVec(file: string, library: string, few: ReadonlySet<number>): SqliteVec {
  const db = sqlite.openForWriting(file)
  fill(db, library)
  const ids = JSON.stringify([...few])
  return {
    float: (question) => similarities(db.all('SELECT distance FROM float_vector WHERE embedding MATCH @question AND k = @k', Hit, { question: toBlob(question), k: WANTED })),
    floatOfFew: (question) => similarities(db.all(`
      SELECT distance FROM float_vector WHERE embedding MATCH @question AND k = @k AND id IN (SELECT value FROM json_each(@ids))`, Hit, { question: toBlob(question), k: WANTED, ids })),
    bits: (question) => {
      const near = db.all('SELECT id FROM bit_vector WHERE embedding MATCH vec_quantize_binary(@question) AND k = @k', Id, { question: toBlob(question), k: CANDIDATES })
      return similarities(db.all(`
        SELECT vec_distance_cosine(data, @question) AS distance FROM json_each(@near) AS one CROSS JOIN library.vector AS known ON known.id = one.value
        ORDER BY distance LIMIT @k`, Hit, { question: toBlob(question), k: WANTED, near: JSON.stringify(near.map(({ id }) => id)) }))
    },
    close: () => { db.close() },
  }
}
