import { describe, expect, it } from 'vitest'
import { Aspect, Framing } from '../../../../electron/contract/export-choices.ts'
import type { How } from './framing-parts.ts'
import { framingWith, howOf, keptParts, pointMoved, regionMoved, regionResized, shapeOf } from './framing-parts.ts'

const hd = { width: 1920, height: 1080 }
const whole: Framing = { how: 'whole' }
const byHand: Framing = { how: 'fill', aspect: '9:16', around: { x: 0.7, y: 0.5 } }
const near = (value: number): unknown => expect.closeTo(value, 6)
const hows: How[] = ['follow', 'centre', 'hand', 'blurred', 'black', 'split']

describe('the framing of a clip', () => {
  it.each(Aspect.options.flatMap((shape) => hows.map((how) => [shape, how] as const)))('%s, %s, is what the export takes, and is shown as what it is', (shape, how) => {
    const framing = framingWith(whole, shape, how)
    expect(Framing.parse(framing)).toEqual(framing)
    expect([shapeOf(framing), howOf(framing)]).toEqual([shape, how])
  })

  it('follows when only a shape is chosen, and keeps what was set by hand in another shape', () => {
    expect(framingWith(whole, '4:5')).toEqual({ how: 'fill', aspect: '4:5', around: 'follow' })
    expect(framingWith(byHand, '1:1')).toEqual({ ...byHand, aspect: '1:1' })
    const split = { ...framingWith(whole, '9:16', 'split'), aboveShare: 0.4 }
    expect(framingWith(split, '1:1')).toEqual({ ...split, aspect: '1:1' })
    expect(framingWith(byHand, 'whole')).toEqual(whole)
  })
})

describe('the kept part', () => {
  it('is as wide as the shape lets it be, and inside of the picture', () => {
    const [part] = keptParts(byHand, hd) ?? []
    expect(part?.width).toBeCloseTo(607.5 / 1920, 6)
    expect(part).toMatchObject({ height: 1, y: 0 })
    expect(keptParts({ ...byHand, around: { x: 1, y: 1 } }, hd)?.[0]?.x).toBeCloseTo(1 - 607.5 / 1920, 6)
  })

  it('is not known of a frame that follows, but where nothing is cut off', () => {
    expect(keptParts(framingWith(whole, '9:16', 'follow'), hd)).toBe(null)
    expect(keptParts(framingWith(whole, '16:9', 'follow'), hd)).toEqual([{ x: 0, y: 0, width: 1, height: 1 }])
    expect(keptParts(framingWith(whole, '9:16', 'blurred'), hd)).toEqual([{ x: 0, y: 0, width: 1, height: 1 }])
  })

  it('of each part of a split has the shape of its place', () => {
    const parts = keptParts({ how: 'split', aspect: '9:16', above: { x: 0, y: 0, width: 1, height: 1 }, below: { x: 0.5, y: 0.5, width: 0.5, height: 0.5 }, aboveShare: 0.6 }, hd) ?? []
    expect(parts.map(({ width, height }) => width * 1920 / (height * 1080))).toEqual([near(9 / 16 / 0.6), near(9 / 16 / 0.4)])
    expect(parts.map(({ x, width }) => x + width / 2)).toEqual([near(0.5), near(0.75)])
  })
})

describe('moving by hand', () => {
  it('goes no further than the window can, so that the way back begins at once', () => {
    const point = pointMoved(byHand, hd, { x: 5, y: 5 })
    expect(point).toEqual({ x: near(1 - 607.5 / 3840), y: 0.5 })
    expect(pointMoved({ ...byHand, around: point }, hd, { x: -0.1, y: 0 }).x).toBeCloseTo(point.x - 0.1, 6)
  })

  it('keeps a region inside of the picture and large enough to be seen', () => {
    const region = { x: 0.5, y: 0.5, width: 0.4, height: 0.4 }
    expect(regionMoved(region, { x: 1, y: -1 })).toEqual({ ...region, x: 0.6, y: 0 })
    expect(regionResized(region, { x: 'right', y: 'bottom' }, { x: 1, y: -1 })).toEqual({ x: 0.5, y: 0.5, width: 0.5, height: near(0.05) })
    expect(regionResized(region, { x: 'left', y: 'top' }, { x: 0.1, y: 0.1 })).toEqual({ x: 0.6, y: 0.6, width: near(0.3), height: near(0.3) })
  })
})
