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

// The fast Walsh-Hadamard transform of a part, made so that lengths stay: https://en.wikipedia.org/wiki/Fast_Walsh-Hadamard_transform
function mix(values: Float32Array, from: number, length: number): void {
  for (let half = 1; half < length; half *= 2) {
    for (let block = from; block < from + length; block += 2 * half) {
      for (let at = block; at < block + half; at++) {
        const a = values[at] ?? 0
        const b = values[at + half] ?? 0
        values[at] = a + b
        values[at + half] = a - b
      }
    }
  }
  const scale = 1 / Math.sqrt(length)
  for (let at = from; at < from + length; at++) values[at] = (values[at] ?? 0) * scale
}

/**
 * Turns vectors of a length in place, all in the same way, so that what a model says in few of its numbers is spread over all of them: then
 * the signs of the numbers say about equally much. Angles and lengths stay. Random signs and Hadamard transforms by turns, as RaBitQ does
 * (Gao & Long, SIGMOD 2024); where the length is no power of two, of its beginning and of its end by turns.
 */
export function rotation(dimensions: number): (values: Float32Array) => void {
  const random = randomNumbers(SEED)
  const signs = Array.from({ length: ROUNDS }, () => Float32Array.from({ length: dimensions }, () => random() < 0.5 ? -1 : 1))
  const length = 2 ** Math.floor(Math.log2(dimensions))
  return (values) => {
    for (const [round, sign] of signs.entries()) {
      for (let at = 0; at < dimensions; at++) values[at] = (values[at] ?? 0) * (sign[at] ?? 0)
      mix(values, round % 2 === 0 ? 0 : dimensions - length, length)
    }
  }
}
