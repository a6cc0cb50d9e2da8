import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Aspect } from '../../../contract/export-choices.ts'
import { cornerAround, hasShape, planFit, planSplit, windowOf } from './framing-sizes.ts'

const hd = { width: 1920, height: 1080 }
const side = fc.integer({ min: 8, max: 2000 }).map((half) => half * 2)
const sizes = fc.record({ width: side, height: side })
const aspects = fc.constantFrom(...Aspect.options)
const share = fc.double({ min: 0, max: 1, noNaN: true })
const regions = fc.record({ x: share, y: share, width: fc.double({ min: 0.01, max: 1, noNaN: true }), height: fc.double({ min: 0.01, max: 1, noNaN: true }) })

describe('the window of a shape', () => {
  it.each([
    ['9:16', 608, 1080], ['4:5', 864, 1080], ['1:1', 1080, 1080], ['16:9', 1920, 1080],
  ] as const)('%s of 1920x1080 keeps its pixels: %i x %i', (aspect, width, height) => {
    expect(windowOf(hd, aspect)).toEqual({ width, height })
  })

  it.each([['16:9', 1080, 608], ['1:1', 1080, 1080], ['4:5', 1080, 1350]] as const)('%s of an upright phone video is as wide as it is: %i x %i', (aspect, width, height) => {
    expect(windowOf({ width: 1080, height: 1920 }, aspect)).toEqual({ width, height })
  })

  it('is even, and inside of the picture around any point', () => {
    fc.assert(fc.property(sizes, aspects, fc.record({ x: share, y: share }), (picture, aspect, point) => {
      const window = windowOf(picture, aspect)
      const corner = cornerAround(picture, window, point)
      expect([window.width % 2, window.height % 2, corner.x % 2, corner.y % 2]).toEqual([0, 0, 0, 0])
      expect(corner.x).toBeGreaterThanOrEqual(0)
      expect(corner.y).toBeGreaterThanOrEqual(0)
      expect(corner.x + window.width).toBeLessThanOrEqual(picture.width)
      expect(corner.y + window.height).toBeLessThanOrEqual(picture.height)
      expect(window.width === picture.width || window.height === picture.height).toBe(true)
    }))
  })

  it('is in the middle for the middle, and at the edge for a corner', () => {
    const window = windowOf(hd, '9:16')
    expect(cornerAround(hd, window, { x: 0.5, y: 0.5 })).toEqual({ x: 656, y: 0 })
    expect(cornerAround(hd, window, { x: 1, y: 1 })).toEqual({ x: 1312, y: 0 })
  })

  it('is all of a picture that has the shape', () => {
    expect(hasShape(hd, '16:9')).toBe(true)
    expect(hasShape({ width: 854, height: 480 }, '16:9')).toBe(true)
    expect(hasShape({ width: 1280, height: 544 }, '16:9')).toBe(false)
  })
})

describe('all of a picture in another shape', () => {
  it.each([
    [hd, '9:16', 1080, 1920], [hd, '1:1', 1080, 1080], [{ width: 640, height: 360 }, '9:16', 640, 1138], [{ width: 320, height: 240 }, '1:1', 320, 320], [{ width: 406, height: 720 }, '16:9', 1280, 720],
  ] as const)('%o as %s is %i x %i: as large as its detail, at most the usual size', (picture, aspect, ...[width, height]) => {
    expect(planFit(picture, { aspect, sides: 'blurred' })).toMatchObject({ how: 'fit', width, height })
  })
})

describe('a split', () => {
  it('has the middle of each region in the shape of its place', () => {
    const split = planSplit(hd, { how: 'split', aspect: '9:16', above: { x: 0, y: 0, width: 1, height: 1 }, below: { x: 0.75, y: 0.75, width: 0.25, height: 0.25 }, aboveShare: 0.6 })
    expect(split).toEqual({
      how: 'split', width: 1012, height: 1800, aboveHeight: 1080,
      above: { x: 454, y: 0, width: 1012, height: 1080 }, below: { x: 1490, y: 810, width: 380, height: 270 },
    })
  })

  it('never stretches a region, and never leaves the picture', () => {
    const splits = fc.record({ how: fc.constant('split' as const), aspect: aspects, above: regions, below: regions, aboveShare: fc.double({ min: 0.2, max: 0.8, noNaN: true }) })
    fc.assert(fc.property(sizes.filter(({ width, height }) => Math.min(width, height) >= 200), splits, (picture, framing) => {
      const split = planSplit(picture, framing)
      if (split.how !== 'split') throw new Error(split.how)
      expect([split.width % 2, split.height % 2, split.aboveHeight % 2]).toEqual([0, 0, 0])
      for (const [region, place] of [[split.above, split.aboveHeight], [split.below, split.height - split.aboveHeight]] as const) {
        for (const value of Object.values(region)) expect(value % 2).toBe(0)
        expect(region.x + region.width).toBeLessThanOrEqual(picture.width)
        expect(region.y + region.height).toBeLessThanOrEqual(picture.height)
        expect(Math.min(region.width, region.height)).toBeGreaterThanOrEqual(2)
        // Whole even pixels: the shape is right to one of them on either side.
        expect(Math.abs(region.width * place / split.width - region.height)).toBeLessThanOrEqual(2 + 2 * place / split.width)
      }
    }))
  })
})
