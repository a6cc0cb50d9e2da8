import type { ReadDatabase } from '../ports.ts'
import { coveredVideos, sceneIdsOf } from '../store/similar-scenes.ts'
import { pictureVectorsOf } from '../store/vectors.ts'
import { LEAST_CHANCE } from '../usual/usual.ts'

/** Pictures that are compared with each other: 30,000 pairs, 50 ms at 768 numbers (measured here, 2026-11-21). */
const SAMPLE = 256
const MOST_OF_A_VIDEO = 8
/** With fewer videos nobody can say what is usual between them: by 10 pictures the bar came out anywhere from 0.26 to 0.40 (measured as below). */
const FEWEST_VIDEOS = 20

/** How likely it is that of the pictures of all videos, as they usually are to each other, any comes as near as this. */
export type ChanceOf = (similarity: number) => number

/**
 * The share of the normal distribution beyond `z`. Good to 7 digits of the number itself, also where it is tiny: the Chebyshev fit of erfc in
 * W. H. Press et al., "Numerical Recipes", 2nd edition, section 6.2.
 */
export function normalTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + x / 2)
  const fit = [-1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277]
  const erfc = t * Math.exp(-x * x + fit.reduceRight((sum, factor) => sum * t + factor, 0))
  return z >= 0 ? erfc / 2 : 1 - erfc / 2
}

// Where the spread is measured, and how far from the middle that is in the normal distribution. High up, as pictures are more often very alike than very different; not
// higher, as some videos are truly alike. Measured here with the stand-in, 2026-11-21: pictures of 31 videos asked of 50, 100, 200 and 406 pictures of Flickr8k, which have hardly
// anything to do with them, find something at a chance of 0.05 in 6 % of cases; measured at 0.95 in 10 %, at 0.84 in more. Of 406 asked of 31 videos 1 does, and is right.
const UPPER = 0.975
const UPPER_Z = 1.959963985

// "On the probable error of a coefficient of correlation", R. A. Fisher 1921: so stretched, cosines lie about evenly around their middle, and 1 is infinitely far.
const stretched = (similarity: number): number => Math.atanh(Math.max(-0.999999, Math.min(0.999999, similarity)))

/**
 * What is usual, from the similarities of pictures of different videos. The middle and where the highest of forty begins say how they spread.
 */
export function chanceAmong(similarities: Float32Array, videos: number): ChanceOf {
  const sorted = similarities.toSorted()
  const at = (share: number): number => stretched(sorted[Math.floor(share * (sorted.length - 1))] ?? 0)
  const middle = at(0.5)
  const spread = Math.max((at(UPPER) - middle) / UPPER_Z, 0.001)
  // Each video is another chance to be as near: 1 - (1 - p)^videos, also where p is so small that 1 - p is 1.
  return (similarity) => {
    const alone = Math.min(normalTail((stretched(similarity) - middle) / spread), 1 - Number.EPSILON)
    return Math.max(LEAST_CHANCE, -Math.expm1(videos * Math.log1p(-alone)))
  }
}

function spreadOver<Item>(all: readonly Item[], count: number): Item[] {
  if (all.length <= count) return [...all]
  return Array.from({ length: count }, (_, at) => all[Math.floor((at + 0.5) * all.length / count)]).filter((item) => item !== undefined)
}

interface Sampled { video: number, vector: Float32Array }

function similaritiesIn(sample: readonly Sampled[]): Float32Array {
  const found: number[] = []
  for (const [at, one] of sample.entries()) {
    for (const other of sample.slice(at + 1)) {
      if (one.video === other.video || one.vector.length !== other.vector.length) continue
      let sum = 0
      for (let index = 0; index < one.vector.length; index++) sum += (one.vector[index] ?? 0) * (other.vector[index] ?? 0)
      found.push(sum)
    }
  }
  return Float32Array.from(found)
}

const learned = new WeakMap<ReadDatabase, Map<string, { videos: number, chance: ChanceOf | null }>>()

/**
 * How unusual it is here that a picture comes as near to another one as it does, to a model; null where too few videos are there to tell. Learned from a
 * sample of this library, at the first question and again when a model has seen more videos.
 */
export function usualBetweenPictures(db: ReadDatabase, model: string): ChanceOf | null {
  const videos = coveredVideos(db, 'picture', model)
  const ofModels = learned.get(db) ?? new Map<string, { videos: number, chance: ChanceOf | null }>()
  learned.set(db, ofModels)
  const known = ofModels.get(model)
  if (known?.videos === videos.length) return known.chance
  const perVideo = Math.min(MOST_OF_A_VIDEO, Math.ceil(SAMPLE / Math.max(1, videos.length)))
  const sample = videos.length < FEWEST_VIDEOS ? [] : spreadOver(videos, SAMPLE).flatMap((video) =>
    spreadOver(sceneIdsOf(db, video), perVideo).flatMap((scene): Sampled[] => pictureVectorsOf(db, scene, model).slice(0, 1).map((vector) => ({ video, vector }))))
  const seen = new Set(sample.map(({ video }) => video)).size
  const chance = seen < FEWEST_VIDEOS ? null : chanceAmong(similaritiesIn(sample), videos.length)
  ofModels.set(model, { videos: videos.length, chance })
  return chance
}
