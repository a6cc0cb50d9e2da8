import type { Modality } from '../store/vector-index.ts'
import type { Usual } from './usual.ts'
import { dot, inCommon, withoutCommon } from './usual.ts'

/** A vector of the library, and of which video. */
export interface Seen { vector: Float32Array, video: number }

// Of each question so many of the nearest are kept: their spread says how much nearer the nearest of more would be.
const KEPT = 16

/** The nearest of what was seen so far. */
class Nearest {
  private readonly values = new Float64Array(KEPT).fill(-Infinity)

  get best(): number { return this.values[0] ?? -Infinity }

  /** How far the others of the nearest are above the last of them, on the average; null where there are too few. */
  get excess(): number | null {
    const last = this.values[KEPT - 1] ?? -Infinity
    return last === -Infinity ? null : this.values.reduce((sum, value) => sum + value - last, 0) / KEPT
  }

  add(value: number): void {
    const { values } = this
    if (value <= (values[KEPT - 1] ?? Infinity)) return
    let at = KEPT - 1
    for (; at > 0 && value > (values[at - 1] ?? Infinity); at--) values[at] = values[at - 1] ?? 0
    values[at] = value
  }
}

interface Question { vector: Float32Array, notOf: number | null, nearest: Nearest }

function average(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0)
  for (const vector of vectors) for (let index = 0; index < sum.length; index++) sum[index] = (sum[index] ?? 0) + (vector[index] ?? 0) / vectors.length
  return sum
}

/**
 * How much nearer the nearest of all would be than the nearest of a sample of them. The nearest are the upper end of a distribution, whose excesses are
 * about exponential (Pickands, as in usual.ts): of f times as many, the highest lies ln f times their average excess higher. Measured here, 2026-11-21: from 101 of
 * 406 pictures the 95 % of the nearest is foretold as 0.353 for 0.357 that it is (without: 0.306).
 */
function furtherUp(questions: readonly Question[], times: number): number {
  const excesses = questions.flatMap(({ nearest: { excess } }) => excess === null ? [] : [excess])
  return times <= 1 || excesses.length === 0 ? 0 : Math.log(times) * excesses.reduce((sum, excess) => sum + excess, 0) / excesses.length
}

function bestOf(questions: readonly Question[], times: number, off: (vector: Float32Array) => number): Float32Array {
  const further = furtherUp(questions, times)
  const found = questions.filter(({ nearest: { best } }) => best !== -Infinity)
  return Float32Array.from(found, ({ vector, nearest: { best } }) => best + further - off(vector)).sort()
}

/** Learns what is usual from the vectors of a library, which come one after the other, in any order, all or an even sample of them. */
export class Learning {
  private readonly modality: Modality
  private readonly common: Float32Array
  private readonly texts: Question[]
  private readonly probes: Question[]
  private readonly sum: Float64Array
  private seen = 0

  /** `texts` are the vectors of unrelated texts, those that say nothing left out; `probes` a few pictures of the library. */
  constructor(modality: Modality, texts: readonly Float32Array[], probes: readonly Seen[]) {
    this.modality = modality
    this.common = average(texts)
    this.texts = texts.map((text) => ({ vector: withoutCommon(text, this.common, modality), notOf: null, nearest: new Nearest() }))
    this.probes = probes.map(({ vector, video }) => ({ vector, notOf: video, nearest: new Nearest() }))
    this.sum = new Float64Array(this.common.length)
  }

  add({ vector, video }: Seen): void {
    this.seen++
    vector.forEach((value, index) => { this.sum[index] = (this.sum[index] ?? 0) + value })
    for (const { vector: question, nearest } of this.texts) nearest.add(dot(question, vector))
    for (const { vector: question, notOf, nearest } of this.probes) if (notOf !== video) nearest.add(dot(question, vector))
  }

  /** What is usual in a library of so many vectors. */
  result(vectors: number): Usual {
    const times = vectors / Math.max(1, this.seen)
    const library = Float32Array.from(this.sum, (value) => value / Math.max(1, this.seen))
    const best = bestOf(this.texts, times, (vector) => inCommon(vector, { library, vectors }, this.modality))
    return { vectors, texts: this.common, library, best, alike: bestOf(this.probes, times, () => 0) }
  }
}
