import { setImmediate as turn } from 'node:timers/promises'
import { AppError } from '../../errors.ts'
import type { Embedder, WriteDatabase } from '../../ports.ts'
import { saysNothing } from '../../says-nothing.ts'
import { forgetUsual, putTextVectors, putUsual, sampledVectors, storedUsual, textVectors } from '../../store/usual.ts'
import type { Modality, VectorKind } from '../../store/vector-index.ts'
import { vectorCount } from '../../store/vectors.ts'
import { Learning } from '../../usual/learning.ts'
import { unrelatedTexts } from '../../usual/unrelated.ts'
import { usualWay } from '../../usual/way.ts'

/** So many texts are asked for at a time: a cancel waits for no more. */
const TEXTS_AT_A_TIME = 16

// With 300 questions of 768 numbers about 10 ms of work: others on this thread are heard between two of them.
const VECTORS_AT_A_TIME = 40

/** Of a larger library an even sample is looked at, and the nearest of all is foretold from it (see learning.ts): 5 s of work with 768 numbers. */
const MOST_LOOKED_AT = 20_000

/** What is learned is worth it again when the library has changed by this share; while a stage still makes vectors, only when it has doubled. */
const CHANGED_BY = 0.2

/** Whether there is something to learn of a kind of vectors, of which there are so many. */
export function isUsualDue(known: { vectors: number, way: string } | undefined, vectors: number, isGrowing: boolean): boolean {
  if (vectors === 0) return known !== undefined
  if (known?.way !== usualWay) return true
  return isGrowing ? vectors >= 2 * known.vectors : Math.abs(vectors - known.vectors) > CHANGED_BY * known.vectors
}

/** The vectors of the unrelated texts, those that the model knows no word of left out. What is new is stored. */
async function vectorsOfTexts(db: WriteDatabase, model: Embedder, signal: AbortSignal): Promise<Float32Array[]> {
  const known = textVectors(db, model.id, unrelatedTexts)
  const missing = unrelatedTexts.filter((text) => known.get(text)?.length !== model.dimensions)
  for (let first = 0; first < missing.length; first += TEXTS_AT_A_TIME) {
    signal.throwIfAborted()
    const texts = missing.slice(first, first + TEXTS_AT_A_TIME)
    const vectors = await model.embed({ of: 'queries', texts }, signal)
    if (vectors.length !== texts.length) throw new AppError('INTERNAL', { message: `The model ${model.id} gave ${vectors.length} vectors for ${texts.length} texts.` })
    const made = new Map(texts.map((text, at) => [text, vectors[at] ?? new Float32Array(0)]))
    putTextVectors(db, model.id, made)
    for (const [text, vector] of made) known.set(text, vector)
  }
  return unrelatedTexts.flatMap((text) => known.get(text) ?? []).filter((vector) => !saysNothing(vector))
}

/** Goes over the vectors of a kind, all or an even share of them. */
async function* seenOf(db: WriteDatabase, kind: VectorKind, { share, signal }: { share: number, signal: AbortSignal }): AsyncGenerator<Float32Array> {
  for (let after = 0; ;) {
    signal.throwIfAborted()
    const page = sampledVectors(db, kind, { after, share, limit: VECTORS_AT_A_TIME })
    for (const { vector } of page) yield vector
    const last = page.at(-1)
    if (last === undefined || page.length < VECTORS_AT_A_TIME) return
    after = last.id
    await turn()
  }
}

/**
 * Learns what is usual between a model and the vectors that it has made of this library, and stores it. Stops within some milliseconds of work or one
 * batch of texts when asked to. Throws what the model throws.
 */
export async function learnUsual(db: WriteDatabase, { model, modality }: { model: Embedder, modality: Modality }, signal: AbortSignal): Promise<void> {
  const kind = { model: model.id, modality }
  const vectors = vectorCount(db, kind)
  if (vectors === 0) {
    forgetUsual(db, kind)
    return
  }
  const learning = new Learning(modality, await vectorsOfTexts(db, model, signal))
  for await (const vector of seenOf(db, kind, { share: Math.min(1, MOST_LOOKED_AT / vectors), signal })) learning.see(vector)
  putUsual(db, kind, { usual: learning.result(vectors), way: usualWay })
}

/** Whether there is something to learn of a kind of vectors now. */
export function hasToLearn(db: WriteDatabase, kind: VectorKind, isGrowing: boolean): boolean {
  const known = storedUsual(db, kind)
  return isUsualDue(known === undefined ? undefined : { vectors: known.usual.vectors, way: known.way }, vectorCount(db, kind), isGrowing)
}
