import { rotationBinary } from './rotation-binary.ts'
import { webAssembly } from './web-assembly.ts'

type Turn = [values: number, factors: number, length: number, from: number, part: number]

// The memory of rotation.wat has room for a vector and its factors of this length.
const MOST_NUMBERS = 8192
// Any fixed sequence serves, as long as it is the same for all codes that are compared.
const SEED = 0x5cede
const ROUNDS = 4

/** Numbers from 0 to 1 that look random: mulberry32, https://gist.github.com/tommyettinger/46a874533244883189143505d203312c. */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** What the numbers of a vector are multiplied with in each round, and which part of them is mixed then. */
export interface Round { factors: Float32Array, from: number, length: number }

/** Random signs, and for the part that is mixed what makes lengths stay; where the length is no power of two, the beginning and the end by turns. */
export function rounds(dimensions: number): Round[] {
  const random = randomNumbers(SEED)
  const length = 2 ** Math.floor(Math.log2(dimensions))
  const scale = 1 / Math.sqrt(length)
  return Array.from({ length: ROUNDS }, (_, round) => {
    const from = round % 2 === 0 ? 0 : dimensions - length
    const factors = Float32Array.from({ length: dimensions }, (_number, at) => (random() < 0.5 ? -1 : 1) * (at >= from && at < from + length ? scale : 1))
    return { factors, from, length }
  })
}

/**
 * Turns vectors of a length in place, all in the same way, so that what a model says in few of its numbers is spread over all of them: then
 * the signs of the numbers say about equally much. Angles and lengths stay. Random signs and Hadamard transforms by turns, as RaBitQ does
 * (Gao & Long, SIGMOD 2024). Throws RangeError for more than 8192 numbers.
 */
export function rotation(dimensions: number): (values: Float32Array) => void {
  const { memory: { buffer }, run } = webAssembly(rotationBinary, 'turn')
  const own = new Float32Array(buffer, 0, dimensions)
  const bytes = Math.ceil(dimensions / 4) * 16
  const turns = rounds(dimensions).map(({ factors, from, length }, round): Turn => {
    const at = (round + 1) * MOST_NUMBERS * 4
    new Float32Array(buffer, at, MOST_NUMBERS).set(factors)
    return [0, at, bytes, from * 4, length * 4]
  })
  return (values) => {
    own.set(values)
    for (const turn of turns) run(...turn)
    values.set(own)
  }
}
