import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import openWabt from 'wabt'
import { rotationBinary } from './rotation-binary.ts'
import { rotation, rounds } from './rotation.ts'
import { normal, seeded } from './test-vectors.ts'

/** The Walsh-Hadamard transform as plainly as can be: sums and differences of numbers that are so far apart, by turns. */
function mixed(values: Float32Array): Float32Array {
  let before = values
  for (let apart = 1; apart < values.length; apart *= 2) {
    const numbers = before
    before = numbers.map((value, at) => (at & apart) === 0 ? value + numbers[at + apart]! : numbers[at - apart]! - value)
  }
  return before
}

/** The same without WebAssembly. */
function turned(vector: Float32Array): Float32Array {
  let values = vector
  for (const { factors, from, length } of rounds(vector.length)) {
    values = values.map((value, at) => value * factors[at]!)
    values.set(mixed(values.slice(from, from + length)), from)
  }
  return values
}

const random = seeded(3)
const vectorOf = (dimensions: number): Float32Array => Float32Array.from({ length: dimensions }, () => normal(random))

describe('turning vectors', () => {
  it.each([1, 2, 3, 4, 5, 7, 8, 12, 384, 511, 512, 768, 1024, 1152, 8192])('of %i numbers gives what the plain way gives, to the last bit, and leaves nothing for the next one', (dimensions) => {
    const turn = rotation(dimensions)
    for (const vector of [vectorOf(dimensions), vectorOf(dimensions), new Float32Array(dimensions)]) {
      const values = vector.slice()
      turn(values)
      expect(values).toEqual(turned(vector))
      expect(Math.hypot(...values)).toBeCloseTo(Math.hypot(...vector), 3)
    }
  })

  it('is refused for more numbers than there is room for', () => {
    expect(() => rotation(8193)).toThrow(RangeError)
  })

  it('is done by the WebAssembly that its source compiles to', async () => {
    const wabt = await openWabt()
    const parsed = wabt.parseWat('rotation.wat', readFileSync(path.join(import.meta.dirname, 'rotation.wat'), 'utf8'), { simd: true })
    expect(Buffer.from(parsed.toBinary({}).buffer).toString('base64')).toBe(rotationBinary)
  })
})
