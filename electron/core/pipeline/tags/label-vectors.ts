import { AppError } from '../../errors.ts'
import type { Embedder } from '../../ports.ts'

// A label alone is hardly a sentence; pictures were learned with sentences. The average over several is better than any of
// them: CLIP, section 3.1.4 (Radford et al., 2021).
const TEMPLATES = ['a photo of {}', '{}', 'a picture that shows {}']

/** So many texts are asked for at a time: a cancel waits for no more. */
const TEXTS_AT_A_TIME = 30

// Every video asks for the same: those of the last list and model are kept.
let last: { key: string, vectors: Float32Array[] } | null = null

function average(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0)
  for (const vector of vectors) vector.forEach((value, index) => { sum[index] = (sum[index] ?? 0) + value })
  const length = Math.hypot(...sum)
  return length === 0 ? sum : sum.map((value) => value / length)
}

/** The vector of each label, of length 1. */
export async function labelVectors(model: Embedder, labels: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
  const key = JSON.stringify([model.id, labels])
  if (last?.key === key) return last.vectors
  const texts = labels.flatMap((label) => TEMPLATES.map((template) => template.replace('{}', () => label)))
  const found: Float32Array[] = []
  for (let first = 0; first < texts.length; first += TEXTS_AT_A_TIME) {
    signal.throwIfAborted()
    found.push(...await model.embed({ of: 'queries', texts: texts.slice(first, first + TEXTS_AT_A_TIME) }, signal))
  }
  if (found.length !== texts.length) throw new AppError('INTERNAL', { message: `The picture model gave ${found.length} vectors for ${texts.length} labels.` })
  const vectors = labels.map((_label, index) => average(found.slice(index * TEMPLATES.length, (index + 1) * TEMPLATES.length)))
  last = { key, vectors }
  return vectors
}
