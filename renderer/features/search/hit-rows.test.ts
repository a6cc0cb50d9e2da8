import { describe, expect, it } from 'vitest'
import { moveKey, movedTo, rowsFor } from './hit-rows.ts'

const rows = rowsFor({ hits: 5, nearest: 2, columns: 3, isMore: true })

describe('hits in rows', () => {
  it('the nearest begin a row of their own under a heading, after what leads to more hits', () => {
    expect(rows).toEqual([
      { kind: 'hits', from: 0, to: 3 }, { kind: 'hits', from: 3, to: 5 }, { kind: 'more' }, { kind: 'nearest-heading' }, { kind: 'hits', from: 5, to: 7 },
    ])
  })

  it('the nearest alone need no heading between them and the one above all', () => {
    expect(rowsFor({ hits: 0, nearest: 4, columns: 3, isMore: false })).toEqual([{ kind: 'hits', from: 0, to: 3 }, { kind: 'hits', from: 3, to: 4 }])
  })

  it('nothing found is no row', () => {
    expect(rowsFor({ hits: 0, nearest: 0, columns: 3, isMore: false })).toEqual([])
  })
})

describe('arrow keys among hits', () => {
  it.each([
    [0, 'ArrowRight', 1], [2, 'ArrowRight', 3], [6, 'ArrowRight', 6],
    [3, 'ArrowLeft', 2], [0, 'ArrowLeft', 0],
    [1, 'ArrowDown', 4], [2, 'ArrowDown', 4], [3, 'ArrowDown', 5], [6, 'ArrowDown', 6],
    [4, 'ArrowUp', 1], [1, 'ArrowUp', null], [6, 'ArrowUp', 4],
    [4, 'Home', 0], [0, 'End', 6], [0, 'PageDown', 5], [6, 'PageUp', 1],
  ] as const)('from hit %i %s leads to %s', (at, key, expected) => {
    expect(movedTo(rows, at, key)).toBe(expected)
  })

  it('other keys do not move', () => {
    expect(moveKey('a')).toBeNull()
  })
})
