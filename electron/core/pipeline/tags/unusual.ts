/** What is needed to say which labels are unusual for a scene. All vectors have length 1 and lie in one space. */
export interface Comparison {
  /** The pictures of the scene. */
  pictures: readonly Float32Array[]
  labels: readonly Float32Array[]
  usual: Usual
}

/** What is usual: how near each label comes to pictures at all, beside how near that picture comes to all labels. */
export interface Usual {
  /** One number a label. */
  bias: Float64Array
}

/** How many scenes of 100 may get a label by mere chance. */
const FALSE_TAGS_PER_SCENE = 0.05

// So many pictures are as good as the assumption that a label has no bias: with fewer of them, half of what they say is believed and less.
const TRUSTED_PICTURES = 20

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0)
  return sum
}

function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += values[index] ?? 0
  return values.length === 0 ? 0 : sum / values.length
}

/** How near a picture comes to each label, less how near it comes to labels on the average: some pictures come near to any text. */
function nearness(picture: Float32Array, labels: readonly Float32Array[]): Float64Array {
  const values = Float64Array.from(labels, (label) => dot(picture, label))
  const average = mean(values)
  return values.map((value) => value - average)
}

/**
 * What is usual for the labels, from pictures of the library: some labels come near to any picture. Few pictures are believed
 * less (their average is shrunk towards none as n / (n + 20)): the one film there is must not make its own subject usual.
 */
export function usualOf(pictures: readonly Float32Array[], labels: readonly Float32Array[]): Usual {
  const sum = new Float64Array(labels[0]?.length ?? 0)
  for (const picture of pictures) picture.forEach((value, index) => { sum[index] = (sum[index] ?? 0) + value })
  // How near their sum comes is the sum of how near each one comes, for a small part of the work.
  return { bias: nearness(Float32Array.from(sum), labels).map((value) => value / (pictures.length + TRUSTED_PICTURES)) }
}

/**
 * The least score of a label that is shown: so many standard deviations above what is usual that of all the labels together not
 * more than one in twenty scenes gets one by chance (Bonferroni: 1 - 0.05 / labels, and as many chances more as there are pictures),
 * if what is left after both averages is spread like a normal distribution.
 */
export function threshold(labels: number, pictures: number): number {
  return normalQuantile(1 - FALSE_TAGS_PER_SCENE / Math.max(1, labels * pictures))
}

/** Standard deviations above what is usual, for each label: of the picture of the scene that shows it best. */
export function scores({ pictures, labels, usual }: Comparison): Float64Array {
  const best = new Float64Array(labels.length).fill(-Infinity)
  for (const picture of pictures) {
    const left = nearness(picture, labels).map((value, index) => value - (usual.bias[index] ?? 0))
    const deviation = spread(left)
    left.forEach((value, index) => { best[index] = Math.max(best[index] ?? -Infinity, deviation === 0 ? 0 : value / deviation) })
  }
  return best
}

/**
 * The standard deviation of the middle of the values, which the few labels that fit do not widen: 1.4826 times the median
 * deviation from the median (Rousseeuw and Croux, 1993).
 */
function spread(values: Float64Array): number {
  const middle = median(values)
  return 1.4826 * median(values.map((value) => Math.abs(value - middle)))
}

function median(values: Float64Array): number {
  const sorted = values.toSorted()
  const half = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[half] ?? 0 : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2
}

/** Where a standard normal distribution has this share of itself below; 0.5 <= share < 1. Abramowitz and Stegun 26.2.23: within 4.5e-4. */
function normalQuantile(share: number): number {
  const t = Math.sqrt(-2 * Math.log(1 - share))
  return t - (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t)
}
