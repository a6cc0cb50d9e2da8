import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Corner } from './corners.ts'
import { fewCorners } from './corners.ts'
import type { Shot } from './shot-path.ts'
import { shotPath } from './shot-path.ts'
import type { BoxTrack } from './tracked-boxes.ts'

const SHARE = 0.32

/** A shot of `seconds` in which something moves at these places, in shares of the picture. */
function shotWith(seconds: number, placeAt: (second: number) => number | null): Shot {
  const profiles = Array.from({ length: Math.ceil(seconds * 10) }, (_, slot) => {
    const place = placeAt(slot / 10)
    const motion = new Float32Array(96)
    if (place !== null) for (let cell = Math.floor(place * 96) - 3; cell <= place * 96 + 3; cell++) if (cell >= 0 && cell < 96) motion[cell] = 300
    return { motion, contrast: new Float32Array(96).fill(10) }
  })
  return { startPts: 0, endPts: seconds * 1000, profiles, slotTicks: 100, slotSeconds: 0.1 }
}

function at(corners: readonly Corner[], pts: number): number {
  const next = corners.findIndex((corner) => corner.pts > pts)
  const [before, after] = [corners[next === -1 ? corners.length - 1 : Math.max(0, next - 1)]!, corners[next === -1 ? corners.length - 1 : next]!]
  return after.pts === before.pts ? before.at : before.at + (after.at - before.at) * (pts - before.pts) / (after.pts - before.pts)
}

const window = (tracks: readonly BoxTrack[] = []) => ({ axis: 'x' as const, share: SHARE, tracks })

describe('the way of a window through a shot', () => {
  it('does not move at all where nothing moves, and rests in the middle', () => {
    const corners = fewCorners(shotPath(shotWith(8, () => null), window()))
    expect(new Set(corners.map((corner) => corner.at)).size).toBe(1)
    expect(corners[0]!.at + SHARE / 2).toBeCloseTo(0.5, 2)
  })

  it('keeps what walks through the picture inside', () => {
    const walk = (second: number): number => 0.15 + 0.07 * second
    const corners = shotPath(shotWith(10, walk), window())
    for (let second = 0; second < 10; second += 0.1) {
      const left = at(corners, second * 1000)
      expect(walk(second) - left).toBeGreaterThan(0.02)
      expect(walk(second) - left).toBeLessThan(SHARE - 0.02)
    }
  })

  it('stays with what has come to rest, and is not drawn away by a flicker', () => {
    const corners = shotPath(shotWith(6, (second) => second < 2 ? 0.75 : second > 4 && second < 4.2 ? 0.1 : null), window())
    for (const pts of [0, 2000, 4100, 5900]) expect(Math.abs(at(corners, pts) + SHARE / 2 - 0.75)).toBeLessThan(0.1)
  })

  it('has few corners for hours', () => {
    const corners = Array.from({ length: 30_000 }, (_, index) => ({ pts: index * 100, at: 0.3 + 0.3 * Math.sin(index / 40) }))
    expect(fewCorners(corners).length).toBeLessThanOrEqual(400)
  })
})

const boxAt = (pts: number, x: number, width: number) => ({ pts, x, y: 0.2, width, height: 0.3 })

function cutsThrough(corners: readonly Corner[], track: BoxTrack, pts: number): boolean {
  const after = track.find((box) => box.pts >= pts)
  const before = track.findLast((box) => box.pts <= pts)
  if (after === undefined || before === undefined) return false
  const share = after.pts === before.pts ? 0 : (pts - before.pts) / (after.pts - before.pts)
  const [from, width] = [before.x + (after.x - before.x) * share, before.width + (after.width - before.width) * share]
  const left = at(corners, pts)
  const isInside = from >= left && from + width <= left + SHARE
  const isOutside = from + width <= left || from >= left + SHARE
  return !isInside && !isOutside
}

describe('a tracked face', () => {
  it('is inside, whatever else moves', () => {
    const track = [boxAt(0, 0.1, 0.12), boxAt(8000, 0.2, 0.12)]
    const corners = shotPath(shotWith(8, () => 0.8), window([track]))
    for (let pts = 0; pts < 8000; pts += 40) {
      const left = at(corners, pts)
      const x = 0.1 + 0.1 * pts / 8000
      expect(left).toBeLessThanOrEqual(x)
      expect(left + SHARE).toBeGreaterThanOrEqual(x + 0.12)
    }
  })

  it('is never cut through, also where the window changes from one to another', () => {
    const tracks = [[boxAt(0, 0.05, 0.15), boxAt(4000, 0.1, 0.15)], [boxAt(3000, 0.7, 0.2), boxAt(9000, 0.65, 0.2)]]
    const corners = fewCorners(shotPath(shotWith(9, (second) => second < 3.5 ? 0.12 : 0.75), window(tracks)))
    for (let pts = 0; pts < 9000; pts += 10) for (const track of tracks) expect(cutsThrough(corners, track, pts)).toBe(false)
    expect(at(corners, 8000)).toBeGreaterThan(0.5)
  })

  it('is never cut through on any walk', () => {
    const place = fc.double({ min: 0, max: 0.85, noNaN: true })
    fc.assert(fc.property(fc.array(place, { minLength: 3, maxLength: 6 }), place, (walk, motion) => {
      const track = walk.map((x, index) => boxAt(index * 1500, x, 0.15))
      const corners = fewCorners(shotPath(shotWith(8, () => motion), window([track])))
      for (let pts = 0; pts < 8000; pts += 25) expect(cutsThrough(corners, track, pts)).toBe(false)
    }), { numRuns: 40 })
  })

  it('that is wider than the window is in the middle of it', () => {
    const track = [boxAt(0, 0.5, 0.45), boxAt(4000, 0.5, 0.45)]
    const corners = shotPath(shotWith(4, () => null), window([track]))
    expect(at(corners, 2000)).toBeGreaterThanOrEqual(0.485)
    expect(at(corners, 2000) + SHARE).toBeLessThanOrEqual(0.965)
  })
})
