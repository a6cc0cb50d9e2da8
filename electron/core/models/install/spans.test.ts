import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Span } from './spans.ts'
import { missingPieces, spanBytes, withSpan } from './spans.ts'

describe('spans of a file', () => {
  test('that touch or overlap become one', () => {
    expect(withSpan([[0, 10], [20, 30]], [10, 20])).toEqual([[0, 30]])
    expect(withSpan([[0, 10], [20, 30]], [12, 15])).toEqual([[0, 10], [12, 15], [20, 30]])
    expect(withSpan([[5, 10]], [0, 100])).toEqual([[0, 100]])
    expect(withSpan([[5, 10]], [7, 7])).toEqual([[5, 10]])
  })

  test('leave the rest in pieces that are not too long', () => {
    expect(missingPieces([[0, 10], [25, 30]], 60, 10)).toEqual([[10, 20], [20, 25], [30, 40], [40, 50], [50, 60]])
    expect(missingPieces([[0, 60]], 60, 10)).toEqual([])
    expect(missingPieces([], 5, 10)).toEqual([[0, 5]])
  })

  test('and what is missing always make up the whole file, each byte once', () => {
    const span = fc.tuple(fc.nat(200), fc.nat(200)).map(([a, b]): Span => [Math.min(a, b), Math.max(a, b)])
    fc.assert(fc.property(fc.array(span), fc.integer({ min: 1, max: 50 }), (added, pieceBytes) => {
      const spans = added.reduce<Span[]>(withSpan, [])
      const bytes = new Set(added.flatMap(([from, to]) => Array.from({ length: to - from }, (_, at) => from + at)))
      expect(spanBytes(spans)).toBe(bytes.size)
      const pieces = missingPieces(spans, 200, pieceBytes)
      expect(spanBytes(pieces)).toBe(200 - bytes.size)
      expect(Math.max(0, ...pieces.map(([from, to]) => to - from))).toBeLessThanOrEqual(pieceBytes)
      expect(pieces.reduce<Span[]>(withSpan, spans)).toEqual([[0, 200]])
    }))
  })
})
