import type { Modality } from '../store/vector-index.ts'
import type { Usual } from './usual.ts'
import { dot, inCommon, withoutCommon } from './usual.ts'

// Of each question so many of the nearest are kept: their spread says how much nearer the nearest of more would be.
const KEPT = 16

/** An unrelated question, and the nearest of what was seen so far. */
class Question {
  readonly vector: Float32Array
  private readonly nearest = new Float64Array(KEPT).fill(-Infinity)

  constructor(vector: Float32Array) { this.vector = vector }

  get best(): number { return this.nearest[0] ?? -Infinity }

  /** How far the nearest are above the last of them, on the average; null where there are too few. */
  get excess(): number | null {
    const last = this.nearest[KEPT - 1] ?? -Infinity
    return last === -Infinity ? null : this.nearest.reduce((sum, value) => sum + value - last, 0) / KEPT
  }

  see(vector: Float32Array): void {
    const { nearest } = this
    const value = dot(this.vector, vector)
    if (value <= (nearest[KEPT - 1] ?? Infinity)) return
    let at = KEPT - 1
    for (; at > 0 && value > (nearest[at - 1] ?? Infinity); at--) nearest[at] = nearest[at - 1] ?? 0
    nearest[at] = value
  }
}

function average(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0)
  for (const vector of vectors) for (let index = 0; index < sum.length; index++) sum[index] = (sum[index] ?? 0) + (vector[index] ?? 0) / vectors.length
  return sum
}

/**
 * How much nearer the nearest of all would be than the nearest of a sample of them. The nearest are the upper end of a distribution, whose excesses are
 * about exponential (Pickands, as in usual.ts): of f times as many, the highest lies ln f times their average excess higher.
 */
function furtherUp(questions: readonly Question[], times: number): number {
  const excesses = questions.flatMap(({ excess }) => excess ?? [])
  return times <= 1 || excesses.length === 0 ? 0 : Math.log(times) * excesses.reduce((sum, excess) => sum + excess, 0) / excesses.length
}

/** Learns what is usual from the vectors of a library, which come one after the other, in any order, all or an even sample of them. */
export class Learning {
  private readonly modality: Modality
  private readonly common: Float32Array
  private readonly questions: Question[]
  private readonly sum: Float64Array
  private seen = 0

  /** `texts` are the vectors of unrelated texts, those that say nothing left out. */
  constructor(modality: Modality, texts: readonly Float32Array[]) {
    this.modality = modality
    this.common = average(texts)
    this.questions = texts.map((text) => new Question(withoutCommon(text, this.common, modality)))
    this.sum = new Float64Array(this.common.length)
  }

  see(vector: Float32Array): void {
    this.seen++
    vector.forEach((value, index) => { this.sum[index] = (this.sum[index] ?? 0) + value })
    for (const question of this.questions) question.see(vector)
  }

  /** What is usual in a library of so many vectors. Something was seen of it before. */
  result(vectors: number): Usual {
    const library = Float32Array.from(this.sum, (value) => value / Math.max(1, this.seen))
    const further = furtherUp(this.questions, vectors / Math.max(1, this.seen))
    const best = Float32Array.from(this.questions, ({ vector, best }) => best + further - inCommon(vector, { library, vectors }, this.modality)).sort()
    return { vectors, texts: this.common, library, best }
  }
}
