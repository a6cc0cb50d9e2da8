import { describe, expect, it } from 'vitest'
import { fits, moved, snapped, windowAround } from './trim.ts'

const limits = { duration: 60, frameSeconds: 0.04 }

describe('the timeline of a clip', () => {
  it('shows some of what lies on either side', () => {
    expect(windowAround({ start: 20, end: 30 }, 60)).toEqual({ start: 14, end: 36 })
    expect(windowAround({ start: 20, end: 21 }, 60)).toEqual({ start: 18, end: 23 })
  })

  it('ends where the video ends', () => {
    expect(windowAround({ start: 1, end: 59 }, 60)).toEqual({ start: 0, end: 60 })
  })

  it('stays as it is while the clip has room in it', () => {
    const window = windowAround({ start: 20, end: 30 }, 60)
    expect(fits({ start: 19, end: 30 }, window, 60)).toBe(true)
    expect(fits({ start: 14.1, end: 30 }, window, 60)).toBe(false)
    expect(fits({ start: 24, end: 25 }, window, 60)).toBe(false)
  })

  it('needs no room beyond the ends of the video', () => {
    expect(fits({ start: 0, end: 60 }, { start: 0, end: 60 }, 60)).toBe(true)
  })
})

describe('trimming', () => {
  it('keeps at least one picture', () => {
    expect(moved({ start: 5, end: 6 }, 'start', { to: 8, limits })).toEqual({ start: 5.96, end: 6 })
    expect(moved({ start: 5, end: 6 }, 'end', { to: 1, limits })).toEqual({ start: 5, end: 5.04 })
  })

  it('stays inside the video', () => {
    expect(moved({ start: 5, end: 6 }, 'start', { to: -3, limits })).toEqual({ start: 0, end: 6 })
    expect(moved({ start: 5, end: 6 }, 'end', { to: 99, limits })).toEqual({ start: 5, end: 60 })
  })

  it('snaps to the nearest cut within reach', () => {
    expect(snapped(10.1, [9.95, 10.2, 30], 0.2)).toBe(10.2)
    expect(snapped(10.1, [9.5, 10.5], 0.2)).toBe(10.1)
  })
})
