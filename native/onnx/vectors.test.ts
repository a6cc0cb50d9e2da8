import { describe, expect, it } from 'vitest'
import { batchesByLength } from './text-batches.ts'
import { textRows } from './text-input.ts'
import { pooled, unitVector } from './vectors.ts'
import { sentenceStandin } from './test-models.ts'

describe('the vector of a text', () => {
  // Two texts of three and two tokens, two numbers a token; the last place of the second text is filled up.
  const values = Float32Array.of(1, 10, 2, 20, 6, 60, 4, 40, 8, 80, 999, 999)
  const rows = { rows: 2, length: 3, mask: [1, 1, 1, 1, 1, 0] }
  it.each([
    ['mean', [[3, 30], [6, 60]]],
    ['cls', [[1, 10], [4, 40]]],
    ['last', [[6, 60], [8, 80]]],
  ] as const)('is the %s of its tokens, never of what was filled up', (pooling, expected) => {
    expect(pooled(values, rows, { width: 2, pooling }).map((vector) => Array.from(vector))).toEqual(expected)
  })

  it('has length 1; nothing stays nothing', () => {
    const { spec } = sentenceStandin('', { dimensions: 2 })
    expect(Array.from(unitVector(Float32Array.of(3, 4), spec))).toEqual([Math.fround(0.6), Math.fround(0.8)])
    expect(Array.from(unitVector(Float32Array.of(0, 0), spec))).toEqual([0, 0])
  })

  it('has as many numbers as the model promises, and they are numbers', () => {
    const { spec } = sentenceStandin('', { dimensions: 384 })
    expect(() => unitVector(new Float32Array(50), spec)).toThrow('The model sentence-standin can not be used: its vectors have 50 numbers, and its description says 384.')
    expect(() => unitVector(new Float32Array(384).fill(NaN), spec)).toThrow('its vectors are no numbers')
  })
})

describe('texts that are computed together', () => {
  it('are of like lengths, never more than the most, and all of them', () => {
    expect(batchesByLength([5, 90, 7, 6, 300, 5, 8], 20)).toEqual([
      { places: [0, 5, 3], length: 6 }, { places: [2, 6], length: 8 }, { places: [1], length: 90 }, { places: [4], length: 300 },
    ])
    expect(batchesByLength([])).toEqual([])
  })

  it('are filled up to one length, and the model is told where, unless it was trained with the filling', () => {
    expect(textRows([[101, 7, 102], [101, 102]], 4, { pad: 9, usesMask: true }))
      .toEqual({ rows: 2, length: 4, ids: [101, 7, 102, 9, 101, 102, 9, 9], mask: [1, 1, 1, 0, 1, 1, 0, 0] })
    expect(textRows([[5]], 3, { pad: 1, usesMask: false }).mask).toEqual([1, 1, 1])
  })
})
