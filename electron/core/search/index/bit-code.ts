import { rotation } from './rotation.ts'

/** A query, got ready to be compared with codes. */
export interface AskedCode {
  /** Its own code. */
  bits: Uint8Array
  /** For each byte of a code and each of its 256 values: what it adds to the likeness. */
  table: Float32Array
  /** What part of the query points along the mean. */
  along: number
  /** The length of the rest of it. */
  length: number
  /** Added to a likeness it gives the cosine, about. */
  offset: number
}

/** What is kept of a vector beside its bits. */
export interface CodeMeasures {
  /** What a likeness by the bits is to be multiplied with. */
  factor: number
  /** The square of the distance from the mean. */
  away: number
}

// The population count goes by 128 bits at a time.
const BLOCK_BITS = 128

function codeBytes(dimensions: number): number {
  return Math.ceil(dimensions / BLOCK_BITS) * BLOCK_BITS / 8
}

/** The vector with a length of 1; null for one that points nowhere. */
export function directionOf(vector: Float32Array): Float32Array | null {
  let sum = 0
  for (const value of vector) sum += value * value
  if (!(sum > 0 && sum < Infinity)) return null
  const scale = 1 / Math.sqrt(sum)
  const direction = new Float32Array(vector.length)
  for (let at = 0; at < vector.length; at++) direction[at] = (vector[at] ?? 0) * scale
  return direction
}

function setBits(values: Float32Array, into: Uint8Array): void {
  for (let byte = 0; byte < into.length; byte++) {
    let bits = 0
    for (let bit = 0; bit < 8; bit++) bits |= (values[byte * 8 + bit] ?? 0) > 0 ? 1 << bit : 0
    into[byte] = bits
  }
}

function tableOf(turned: Float32Array, bytes: number): Float32Array {
  const table = new Float32Array(bytes * 256)
  for (let byte = 0; byte < bytes; byte++) {
    const base = byte * 256
    let none = 0
    for (let bit = 0; bit < 8; bit++) none -= turned[byte * 8 + bit] ?? 0
    table[base] = none
    // Each value is one that was before, with its lowest bit added.
    for (let value = 1; value < 256; value++) {
      const lowest = 31 - Math.clz32(value & -value)
      table[base + value] = (table[base + (value & (value - 1))] ?? 0) + 2 * (turned[byte * 8 + lowest] ?? 0)
    }
  }
  return table
}

/**
 * Makes codes of one bit for each number of a vector, after RaBitQ (Gao & Long, SIGMOD 2024, section 3): the signs of what is left of its
 * direction when the mean is taken off, turned at random. The vectors of real models lie in a narrow cone: signs of the vectors themselves
 * would be nearly the same for all of them. What lies along the mean is known exactly from the distance to it.
 */
export function bitCoder(mean: Float32Array) {
  const dimensions = mean.length
  const turn = rotation(dimensions)
  const bytes = codeBytes(dimensions)
  let square = 0
  for (const value of mean) square += value * value
  return {
    bytes,

    /** Writes the code of a vector, and gives its measures; null for one that points nowhere, which has no code. */
    encode(vector: Float32Array, into: Uint8Array): CodeMeasures | null {
      const rest = directionOf(vector)
      if (rest === null) return null
      let away = 0
      for (let at = 0; at < dimensions; at++) {
        const value = (rest[at] ?? 0) - (mean[at] ?? 0)
        rest[at] = value
        away += value * value
      }
      turn(rest)
      let sum = 0
      for (let at = 0; at < dimensions; at++) sum += Math.abs(rest[at] ?? 0)
      setBits(rest, into)
      return { factor: sum > 0 ? away / sum : 0, away }
    },

    /** Null for a query that points nowhere. */
    ask(query: Float32Array): AskedCode | null {
      const rest = directionOf(query)
      if (rest === null) return null
      let dot = 0
      for (let at = 0; at < dimensions; at++) dot += (rest[at] ?? 0) * (mean[at] ?? 0)
      const along = square > 0 ? dot / square : 0
      let left = 0
      for (let at = 0; at < dimensions; at++) {
        const value = (rest[at] ?? 0) - along * (mean[at] ?? 0)
        rest[at] = value
        left += value * value
      }
      turn(rest)
      const bits = new Uint8Array(bytes)
      setBits(rest, bits)
      return { bits, table: tableOf(rest, bytes), along, length: Math.sqrt(left), offset: along * (1 + square) / 2 }
    },
  }
}

export type BitCoder = ReturnType<typeof bitCoder>

/** How like a vector is to the query by its code: the larger the nearer; only to be compared with others of the same query. */
export function likeness({ table, along }: AskedCode, code: { codes: Uint8Array, at: number, bytes: number }, { factor, away }: CodeMeasures): number {
  let sum = 0
  const { codes, at, bytes } = code
  for (let byte = 0; byte < bytes; byte++) sum += table[byte * 256 + (codes[at + byte] ?? 0)] ?? 0
  return factor * sum - along * away / 2
}

/** By how much the cosine by a code is usually wrong: its standard deviation, after RaBitQ, section 3.2. */
export function deviation({ length }: AskedCode, { factor, away }: CodeMeasures, dimensions: number): number {
  // The cosine of the angle between a vector and its code, squared: for most it is near to 2 / pi.
  const fit = Math.min(1, away / (factor * factor * dimensions))
  return fit > 0 ? length * Math.sqrt(away * (1 / fit - 1) / Math.max(1, dimensions - 1)) : 0
}
