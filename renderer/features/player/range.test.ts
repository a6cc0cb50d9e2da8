import { describe, expect, it } from 'vitest'
import { movedEnd, noRange, withIn, withOut } from './range.ts'
import { nextShuttle } from './shuttle.ts'

const limits = { duration: 10, frameSeconds: 0.04 }

describe('in and out points', () => {
  it('are set one after the other in any order', () => {
    expect(withOut(withIn(noRange, 2, limits), 5, limits)).toEqual({ in: 2, out: 5 })
    expect(withIn(withOut(noRange, 5, limits), 2, limits)).toEqual({ in: 2, out: 5 })
  })
  it('never cross: the older one goes', () => {
    expect(withIn({ in: 1, out: 3 }, 4, limits)).toEqual({ in: 4, out: null })
    expect(withOut({ in: 5, out: 8 }, 4, limits)).toEqual({ in: null, out: 4 })
  })
  it('stop a picture before the other one when they are dragged', () => {
    expect(movedEnd({ in: 2, out: 5 }, { end: 'in', second: 7 }, limits)).toEqual({ in: 4.96, out: 5 })
    expect(movedEnd({ in: 2, out: 5 }, { end: 'out', second: 1 }, limits)).toEqual({ in: 2, out: 2.04 })
    expect(movedEnd({ in: 2, out: 5 }, { end: 'out', second: 99 }, limits)).toEqual({ in: 2, out: 10 })
  })
  it('stay inside a video of one picture', () => {
    const one = { duration: 0.04, frameSeconds: 0.04 }
    expect(withOut(withIn(noRange, 0.04, one), 0.04, one)).toEqual({ in: 0, out: 0.04 })
  })
})

describe('J, K and L', () => {
  const press = (keys: string) => Array.from(keys).reduce((speed, key) => nextShuttle(speed, key === 'J' ? 'J' : key === 'K' ? 'K' : 'L'), 0)
  it('play faster with every L, slower with J, backwards beyond standing still, and K stands', () => {
    expect(['L', 'LL', 'LLL', 'LLLLLL', 'LLJ', 'LJ', 'J', 'JJ', 'JJL', 'LLK'].map(press)).toEqual([1, 2, 4, 8, 1, 0, -1, -2, -1, 0])
  })
})
