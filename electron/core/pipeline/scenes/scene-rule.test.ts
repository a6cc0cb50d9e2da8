import { describe, expect, it } from 'vitest'
import type { SceneView, Stretch } from './scene-rule.ts'
import { endOfFirstScene } from './scene-rule.ts'

/** Scenes of shots of these lengths; a pause every second; `looks` gives each shot a look between 0 and 1. */
function scenesOf(lengths: number[], looks: number[] = []): number[] {
  let at = 0
  const shots = lengths.map((length): Stretch => ({ start: at, end: at += length }))
  const lookAt = (seconds: number): number => looks[shots.findIndex(({ end }) => seconds < end)] ?? 0
  const ends: number[] = []
  for (let from = 0; from < at;) {
    const closed = shots.filter(({ end }) => end > from).map(({ start, end }) => ({ start: Math.max(start, from), end }))
    const view: SceneView = {
      closed, open: null,
      distance: (a, b) => a.start < b.start ? Math.abs(lookAt(a.end - 0.01) - lookAt(b.start)) : Math.abs(lookAt(b.end - 0.01) - lookAt(a.start)),
      bestPause: (first, last) => Math.floor((first + last) / 2),
    }
    const end = endOfFirstScene(view)
    if (end === null || end <= from) throw new Error('no scene')
    ends.push(end)
    from = end
  }
  return ends
}

describe('shots become scenes', () => {
  it('a shot of 2 s or more is a scene', () => {
    expect(scenesOf([2, 5, 30])).toEqual([2, 7, 37])
  })

  it('a short shot joins the neighbour it looks like', () => {
    expect(scenesOf([5, 0.5, 5], [0, 0.1, 1])).toEqual([5.5, 10.5])
    expect(scenesOf([5, 0.5, 5], [0, 0.9, 1])).toEqual([5, 10.5])
    expect(scenesOf([5, 0.5, 0.5, 5], [0, 0.1, 0.9, 1])).toEqual([5.5, 11])
  })

  it('short shots at the beginning and at the end join what there is', () => {
    expect(scenesOf([0.5, 5])).toEqual([5.5])
    expect(scenesOf([5, 0.5])).toEqual([5.5])
    expect(scenesOf([0.2, 0.3])).toEqual([0.5])
    expect(scenesOf([0.04])).toEqual([0.04])
  })

  it('short shots in a row are a montage, of about 10 s at most', () => {
    expect(scenesOf([5, 1, 1, 1, 5])).toEqual([5, 8, 13])
    expect(scenesOf(Array.from({ length: 25 }, () => 1))).toEqual([10, 20, 25])
    expect(scenesOf(Array.from({ length: 11 }, () => 1))).toEqual([11])
  })

  it('a long shot is split into pieces of 8 to 30 s', () => {
    expect(scenesOf([31])).toEqual([15, 31])
    const pieces = scenesOf([600]).map((end, at, all) => end - (all[at - 1] ?? 0))
    expect(Math.min(...pieces)).toBeGreaterThanOrEqual(8)
    expect(Math.max(...pieces)).toBeLessThanOrEqual(30)
  })
})

describe('nothing is decided before it is known', () => {
  const view = (closed: Stretch[], open: Stretch | null): SceneView => ({ closed, open, distance: () => 0.5, bestPause: (from) => from })

  it('a scene waits until the next shot is known to be long', () => {
    expect(endOfFirstScene(view([{ start: 0, end: 5 }], { start: 5, end: 6.9 }))).toBeNull()
    expect(endOfFirstScene(view([{ start: 0, end: 5 }], { start: 5, end: 7 }))).toBe(5)
  })

  it('a long shot waits until 8 s are left after any split', () => {
    expect(endOfFirstScene(view([], { start: 0, end: 37.9 }))).toBeNull()
    expect(endOfFirstScene(view([], { start: 0, end: 38 }))).toBe(8)
  })
})
