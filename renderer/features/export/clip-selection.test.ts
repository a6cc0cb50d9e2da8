import { describe, expect, it } from 'vitest'
import { TrayClipId } from '../../../electron/contract/tray.ts'
import { extended, kept, neighbour, toggled } from './clip-selection.ts'

const ids = (...numbers: number[]): TrayClipId[] => numbers.map((number) => TrayClipId.parse(number))
const id = (number: number): TrayClipId => TrayClipId.parse(number)
const nothing = { current: null, chosen: new Set<TrayClipId>() }

describe('the clip that is looked at', () => {
  it('gives its place to the next one when it is removed', () => {
    expect(kept({ current: id(2), chosen: new Set() }, { before: ids(1, 2, 3), now: ids(1, 3) }).current).toBe(3)
  })

  it('gives it to the last one when it was the last', () => {
    expect(kept({ current: id(3), chosen: new Set() }, { before: ids(1, 2, 3), now: ids(1, 2) }).current).toBe(2)
  })

  it('is the first one at the beginning, and none in an empty tray', () => {
    expect(kept(nothing, { before: [], now: ids(4, 5) }).current).toBe(4)
    expect(kept({ current: id(1), chosen: new Set() }, { before: ids(1), now: [] }).current).toBeNull()
  })

  it('stops at the ends', () => {
    expect(neighbour(id(2), ids(1, 2, 3), 1)).toBe(3)
    expect(neighbour(id(3), ids(1, 2, 3), 1)).toBe(3)
    expect(neighbour(id(1), ids(1, 2, 3), -1)).toBe(1)
    expect(neighbour(null, ids(1, 2), 1)).toBe(1)
  })
})

describe('choosing several', () => {
  it('adds and takes away one', () => {
    const one = toggled(nothing, id(2))
    expect([...one.chosen]).toEqual([2])
    expect([...toggled(one, id(2)).chosen]).toEqual([])
  })

  it('adds all up to a clip, in both directions', () => {
    expect([...extended({ current: id(2), chosen: new Set() }, id(4), ids(1, 2, 3, 4, 5)).chosen]).toEqual([2, 3, 4])
    expect([...extended({ current: id(4), chosen: new Set() }, id(3), ids(1, 2, 3, 4, 5)).chosen]).toEqual([3, 4])
  })

  it('forgets what is no longer there', () => {
    expect([...kept({ current: id(1), chosen: new Set(ids(1, 2)) }, { before: ids(1, 2), now: ids(1) }).chosen]).toEqual([1])
  })
})
