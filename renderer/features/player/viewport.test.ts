import { describe, expect, it } from 'vitest'
import { fitted, moved, rulerStep, showing, zoomed } from './viewport.ts'

describe('the part of a video that is shown', () => {
  it('grows and shrinks around the pointer', () => {
    const near = zoomed(fitted(100), { at: 25, factor: 0.5, duration: 100 })
    expect(near).toEqual({ from: 12.5, seconds: 50 })
    expect(zoomed(near, { at: 25, factor: 2, duration: 100 })).toEqual(fitted(100))
  })
  it('never leaves the video, and never shows less than half a second', () => {
    expect(moved({ from: 10, seconds: 20 }, 500, 100)).toEqual({ from: 80, seconds: 20 })
    expect(moved({ from: 10, seconds: 20 }, -500, 100)).toEqual({ from: 0, seconds: 20 })
    expect(zoomed(fitted(100), { at: 50, factor: 1e-9, duration: 100 }).seconds).toBe(0.5)
    expect(zoomed(fitted(0.04), { at: 0, factor: 0.5, duration: 0.04 })).toEqual({ from: 0, seconds: 0.04 })
  })
  it('turns like a page when the playhead leaves it', () => {
    expect(showing({ from: 0, seconds: 20 }, 15, 100)).toEqual({ from: 0, seconds: 20 })
    expect(showing({ from: 0, seconds: 20 }, 21, 100)).toEqual({ from: 19, seconds: 20 })
  })
  it('has a ruler whose labels do not touch', () => {
    expect([rulerStep(fitted(7200), 1000, 70), rulerStep(fitted(10), 1000, 70), rulerStep(fitted(360_000), 100, 70)]).toEqual([600, 1, 252_000])
  })
})
