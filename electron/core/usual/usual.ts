import type { Modality } from '../store/vector-index.ts'

/** What is usual between a model and this library: how near questions come to it that have nothing to do with it. */
export interface Usual {
  /** Vectors of the library when it was learned. */
  vectors: number
  /** The average of the vectors of the unrelated texts: what all questions have in common. */
  texts: Float32Array
  /** The average of the vectors of the library: what all of it has in common. */
  library: Float32Array
  /** How near the nearest of the library comes to each of the unrelated texts, ascending. */
  best: Float32Array
}

/** Of all unrelated questions, as many may find something. */
export const FALSE_ALARMS = 0.05

/**
 * How much of what all questions have in common, and of what the whole library has in common with this one, is taken off. Some pictures are near to any
 * text and some texts to any picture: a question that only finds those has found nothing. Measured here with the stand-ins, 2026-11-21, on 406, 200, 50, 10
 * and 3 pictures of Flickr8k, 40 of COCO and the 79 of the shared videos. Questions that find something at five false alarms in a hundred, of 1,218
 * captions over the 406 pictures: 31 % by the cosine itself, 57 % so, and 72 % with the first taken off whole, which puts the right picture first less often (27 %
 * instead of 31; half of it off: 32 %; of the shared videos 9, 10 and 11 of 16). For text the second costs almost all that is found (48 of 100 captions become
 * 10): there, what all of the library has in common with a question is no bias, it is what the library is about. The first taken off whole costs nothing.
 */
const TAKEN_OFF: Record<Modality, { texts: number, library: number }> = { picture: { texts: 0.5, library: 0.5 }, text: { texts: 1, library: 0 } }

// So few pictures say little of what is usual: half of their average is believed, and less.
const TRUSTED_VECTORS = 20

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0)
  return sum
}

/** What is looked for in the place of a text: its vector less what all texts have in common. */
export function withoutCommon(text: Float32Array, common: Float32Array, modality: Modality): Float32Array {
  const share = TAKEN_OFF[modality].texts
  return text.map((value, index) => value - share * (common[index] ?? 0))
}

/** What the whole library has in common with what is looked for: to be taken off how near the nearest comes. */
export function inCommon(looked: Float32Array, { library, vectors }: Pick<Usual, 'library' | 'vectors'>, modality: Modality): number {
  return TAKEN_OFF[modality].library * vectors / (vectors + TRUSTED_VECTORS) * dot(looked, library)
}

/** A text made ready for being compared with a library. */
export interface Judged {
  /** To be looked for, of length 1. */
  vector: Float32Array
  /** What the cosine between that and a vector of the library is worth. Can be compared with `best`. */
  nearness: (cosine: number) => number
}

/** How a text is looked for, and judged, where it is known what is usual. */
export function judged(text: Float32Array, usual: Usual, modality: Modality): Judged {
  const looked = withoutCommon(text, usual.texts, modality)
  const length = Math.hypot(...looked)
  const common = inCommon(looked, usual, modality)
  return { vector: length === 0 ? looked : looked.map((value) => value / length), nearness: (cosine) => cosine * length - common }
}

/** The value that has this share of the ascending values below it. */
function quantile(ascending: ArrayLike<number>, share: number): number {
  const place = share * (ascending.length - 1)
  const [below, above] = [ascending[Math.floor(place)] ?? NaN, ascending[Math.ceil(place)] ?? NaN]
  return below + (place - Math.floor(place)) * (above - below)
}

/** Below it nobody can tell from a few hundred questions. */
export const LEAST_CHANCE = 0.001

const MIDDLE = 0.75
const HIGH = 0.9

/** The share of the values that are as high; between two of them by their distance. */
function shareAbove(ascending: ArrayLike<number>, value: number): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ascending[middle] ?? Infinity) < value) low = middle + 1
    else high = middle
  }
  return 1 - low / ascending.length
}

/**
 * How often something unrelated comes as near: the share of the values (ascending) that are as high as this one, from 1 to `LEAST_CHANCE`. Some of the questions
 * do have an answer in a library, and theirs are the highest values: so the upper quarter is not counted but drawn on from where it begins, as the tail of
 * an exponential distribution through the quantiles 0.75 and 0.9 (the excesses over a high threshold are of the family of Pareto's, of which the exponential one is the
 * middle: J. Pickands, "Statistical inference using extreme order statistics", Annals of Statistics 3, 1975). One question in ten may have an answer. Measured
 * here on ten libraries, 2026-11-21: 1 to 5 absurd questions of 100 come below 0.05 (10 with a library of 3 pictures; by counting, 1 to 9).
 */
export function chanceOf(value: number, ascending: ArrayLike<number>): number {
  return Math.max(LEAST_CHANCE, tailOf(value, ascending))
}

/** The same as bits of surprise, -log2 of the chance, and without its floor: what is nearer is always more of a surprise, though nobody can say how much. */
export function surpriseOf(value: number, ascending: ArrayLike<number>): number {
  return -Math.log2(Math.max(Number.MIN_VALUE, tailOf(value, ascending)))
}

function tailOf(value: number, ascending: ArrayLike<number>): number {
  const [middle, high] = [quantile(ascending, MIDDLE), quantile(ascending, HIGH)]
  if (value < middle) return Math.max(1 - MIDDLE, shareAbove(ascending, value))
  const scale = (high - middle) / Math.log((1 - MIDDLE) / (1 - HIGH))
  return scale === 0 ? (value > middle ? 0 : 1 - MIDDLE) : (1 - MIDDLE) * Math.exp(-(value - middle) / scale)
}
