import { mixed, seeded } from './seeded.ts'

/** As many numbers as SigLIP base and BGE base give. */
export const DIMENSIONS = 768

/**
 * Vectors of length 1 that lie as those of real models do: all point about the same way (two that have nothing to do with each other have a cosine of
 * about 0.5, as pictures of CLIP and SigLIP have), some numbers vary far more than others, and they come in clusters within clusters: what a video is
 * about, the video, and a scene and its neighbours.
 */
export interface SyntheticVectors {
  ofScene(video: number, scene: number): Float32Array
  /** Of a question that has to do with what some videos are about. */
  ofQuestion(question: number): Float32Array
}

const TOPICS = 400
const CHANCE_LENGTH = 1 << 20
const NEIGHBOURS = 6
const SHARES = { common: 1, topic: 0.7, video: 0.35, neighbours: 0.35, scene: 0.45 }
// Texts lie apart from pictures: "Mind the gap", V. W. Liang and others, NeurIPS 2022.
const QUESTION_COMMON = 0.5

function gaussians(count: number, seed: number): Float32Array {
  const { share } = seeded(seed)
  // Box and Muller 1958.
  return Float32Array.from({ length: count }, () => Math.sqrt(-2 * Math.log(1 - share())) * Math.cos(2 * Math.PI * share()))
}

function toLengthOne(vector: Float32Array): Float32Array {
  let sum = 0
  for (const value of vector) sum += value * value
  const length = Math.sqrt(sum)
  for (let at = 0; at < vector.length; at++) vector[at] = vector[at]! / length
  return vector
}

interface Layer { of: Float32Array, from: number, share: number }

function sumOf(layers: readonly Layer[]): Float32Array {
  const vector = new Float32Array(DIMENSIONS)
  for (const { of, from, share } of layers) {
    for (let at = 0; at < DIMENSIONS; at++) vector[at]! += share * of[from + at]!
  }
  return vector
}

/** The vectors of a seed. */
export function syntheticVectors(seed: number): SyntheticVectors {
  const common = gaussians(DIMENSIONS, seed)
  const questionCommon = gaussians(DIMENSIONS, seed + 1)
  const scales = gaussians(DIMENSIONS, seed + 2).map((value) => Math.exp(0.5 * value))
  const topics = gaussians(TOPICS * DIMENSIONS, seed + 3)
  // Made once: each part of it is as good as another for what only has to be different.
  const chance = gaussians(CHANCE_LENGTH, seed + 4)
  for (let at = 0; at < topics.length; at++) topics[at]! *= scales[at % DIMENSIONS]!
  const own = (a: number, b: number, share: number): Layer => ({ of: chance, from: mixed(a, b) % (CHANCE_LENGTH - DIMENSIONS), share })
  const topic = (a: number, b: number): Layer => ({ of: topics, from: mixed(a, b) % TOPICS * DIMENSIONS, share: SHARES.topic })
  return {
    ofScene: (video, scene) => {
      const moment = Math.floor(scene / NEIGHBOURS)
      // A video is about up to three things.
      return toLengthOne(sumOf([
        { of: common, from: 0, share: SHARES.common }, topic(video, mixed(video, moment) % 3), own(video, 0xa, SHARES.video),
        own(video, 0x1000 + moment, SHARES.neighbours), own(video, 0x100000 + scene, SHARES.scene),
      ]))
    },
    ofQuestion: (question) => toLengthOne(sumOf([
      { of: common, from: 0, share: QUESTION_COMMON }, { of: questionCommon, from: 0, share: QUESTION_COMMON }, topic(question, 0xbeef), own(question, 0xf00d, SHARES.scene),
    ])),
  }
}
