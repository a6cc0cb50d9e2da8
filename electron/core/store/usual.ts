import { z } from 'zod'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'
import type { Usual } from '../usual/usual.ts'
import type { VectorKind } from './vector-index.ts'
import { fromBlob, toBlob } from './vectors.ts'

/** What is usual, and the way it was learned: what was learned another way can not be compared. */
export interface StoredUsual { usual: Usual, way: string }

const Numbers = z.instanceof(Uint8Array).transform(fromBlob)
const Row = z.object({ way: z.string(), vectors: z.number().int(), texts: Numbers, library: Numbers, best: Numbers })

/** What was learned of a kind of vectors; undefined where nothing was. */
export function storedUsual(db: ReadDatabase, { model, modality }: VectorKind): StoredUsual | undefined {
  const row = db.get('SELECT way, vectors, texts, library, best FROM usual WHERE model = @model AND modality = @modality', Row, { model, modality })
  if (row === undefined) return undefined
  const { way, ...learned } = row
  return { usual: learned, way }
}

export function putUsual(db: WriteDatabase, { model, modality }: VectorKind, { usual, way }: StoredUsual): void {
  db.run(`INSERT OR REPLACE INTO usual (model, modality, way, vectors, texts, library, best)
    VALUES (@model, @modality, @way, @vectors, @texts, @library, @best)`, {
    model, modality, way, vectors: usual.vectors, texts: toBlob(usual.texts), library: toBlob(usual.library), best: toBlob(usual.best),
  })
}

/** Forgets what is usual for a kind of vectors. */
export function forgetUsual(db: WriteDatabase, { model, modality }: VectorKind): void {
  db.run('DELETE FROM usual WHERE model = @model AND modality = @modality', { model, modality })
}

const TextRow = z.object({ text: z.string(), data: Numbers })

/** The vectors of texts that a model has once given, as far as they are kept. */
export function textVectors(db: ReadDatabase, model: string, texts: readonly string[]): Map<string, Float32Array> {
  const rows = db.all('SELECT text, data FROM json_each(@texts) AS one CROSS JOIN text_vector ON text = one.value AND model = @model', TextRow, { model, texts: JSON.stringify(texts) })
  return new Map(rows.map(({ text, data }) => [text, data]))
}

export function putTextVectors(db: WriteDatabase, model: string, vectors: ReadonlyMap<string, Float32Array>): void {
  db.transaction(() => {
    for (const [text, vector] of vectors) db.run('INSERT OR REPLACE INTO text_vector (model, text, data) VALUES (@model, @text, @data)', { model, text, data: toBlob(vector) })
  })
}

const SampleRow = z.object({ id: z.number(), data: Numbers }).transform(({ id, data }) => ({ id, vector: data }))

/** A vector with its place in the order of the sample. */
export type SampledVector = z.infer<typeof SampleRow>

// Knuth's multiplicative hash, The Art of Computer Programming, volume 3, 6.4: ids in a row are spread evenly. The same ones for the same library.
const IN_SAMPLE = '(id * 2654435761) & 4294967295'

/** Vectors of a kind after an id, in the order of their ids: all of them, or a share that is spread evenly over the library. */
export function sampledVectors(db: ReadDatabase, { model, modality }: VectorKind, { after, share, limit }: { after: number, share: number, limit: number }): SampledVector[] {
  return db.all(`
    SELECT id, data FROM vector WHERE model = @model AND modality = @modality
      AND dimensions = (SELECT dimensions FROM vector WHERE model = @model AND modality = @modality LIMIT 1)
      AND id > @after AND ${IN_SAMPLE} < @below ORDER BY id LIMIT @limit`, SampleRow, { model, modality, after, below: Math.ceil(share * 2 ** 32), limit })
}
