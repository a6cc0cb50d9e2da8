import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { smoothPath } from './smooth-path.ts'

const of = { share: 0.3, slotSeconds: 0.1 }
const steps = (path: readonly number[]): number[] => path.slice(1).map((value, index) => value - path[index]!)

describe('the path of a window', () => {
  it('rests while what it follows only trembles', () => {
    const trembling = Array.from({ length: 60 }, (_, slot) => 0.4 + (slot % 2 === 0 ? 0.015 : -0.015))
    expect(new Set(smoothPath(trembling, of)).size).toBe(1)
  })

  it('goes where it should, and rests before and after', () => {
    const path = smoothPath([...Array.from({ length: 40 }, () => 0.1), ...Array.from({ length: 40 }, () => 0.6)], of)
    expect(path[0]).toBe(0.1)
    expect(path.at(-1)).toBeCloseTo(0.6 - 0.018, 9)
    expect(path.slice(0, 30).every((value) => value === 0.1)).toBe(true)
    expect(steps(path).every((step) => step >= 0)).toBe(true)
  })

  it('is never fast and never pushed hard, whatever it follows', () => {
    const way = 1 - of.share
    fc.assert(fc.property(fc.array(fc.double({ min: 0, max: way, noNaN: true }), { minLength: 2, maxLength: 80 }), (places) => {
      const path = smoothPath(places, of)
      const speeds = steps(path).map((step) => step / of.slotSeconds)
      // A raised cosine of 1.6 s: 2 / 1.6 of the way a second, 2 pi / 1.6^2 of it a second squared.
      for (const speed of speeds) expect(Math.abs(speed)).toBeLessThanOrEqual(way * 2 / 1.6 + 1e-9)
      for (const push of steps(speeds)) expect(Math.abs(push / of.slotSeconds)).toBeLessThanOrEqual(way * 2 * Math.PI / 1.6 ** 2 + 1e-9)
      for (const value of path) expect(value).toBeGreaterThanOrEqual(0)
      for (const value of path) expect(value).toBeLessThanOrEqual(way)
    }))
  })
})
