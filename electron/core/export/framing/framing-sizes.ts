import type { Aspect, Framing, Region } from '../../../contract/export-choices.ts'
import type { PixelRegion, PlannedFraming } from '../../ports.ts'

export interface Size { width: number, height: number }

/** What phones, squares and screens take; a clip that has less detail stays smaller, nothing is blown up. */
const STANDARD: Record<Aspect, Size> = {
  '9:16': { width: 1080, height: 1920 }, '4:5': { width: 1080, height: 1350 }, '1:1': { width: 1080, height: 1080 }, '16:9': { width: 1920, height: 1080 },
}

/** Smaller than this is no picture; encoders begin to refuse. */
const SMALLEST = 16

const nearestEven = (value: number): number => Math.max(2, Math.round(value / 2) * 2)
const evenBelow = (value: number): number => Math.floor(value / 2) * 2
const within = (value: number, most: number): number => Math.min(Math.max(0, value), Math.max(0, most))

/** The largest window of a shape inside of a picture, in whole even pixels: one side is all of the picture's. */
function largestWindow(picture: Size, shape: Size): Size {
  const isWider = picture.width * shape.height >= picture.height * shape.width
  return isWider
    ? { width: Math.min(evenBelow(picture.width), nearestEven(picture.height * shape.width / shape.height)), height: evenBelow(picture.height) }
    : { width: evenBelow(picture.width), height: Math.min(evenBelow(picture.height), nearestEven(picture.width * shape.height / shape.width)) }
}

/** The upper left corner of a window around a point, kept inside of the picture; even, so that colours stay with their pixels. */
export function cornerAround(picture: Size, window: Size, point: { x: number, y: number }): { x: number, y: number } {
  return {
    x: within(evenBelow(point.x * picture.width - window.width / 2 + 1), picture.width - window.width),
    y: within(evenBelow(point.y * picture.height - window.height / 2 + 1), picture.height - window.height),
  }
}

function scaled({ width, height }: Size, factor: number): Size {
  return { width: Math.max(SMALLEST, nearestEven(width * factor)), height: Math.max(SMALLEST, nearestEven(height * factor)) }
}

/** The size of a clip that has all of the picture in it and something beside: as large as the picture's detail fills, at most the usual size. */
function fitSize(picture: Size, aspect: Aspect): Size {
  const standard = STANDARD[aspect]
  return scaled(standard, Math.min(1, Math.max(picture.width / standard.width, picture.height / standard.height)))
}

/** In pixels and inside of the picture, whatever shares are given. */
function pixelsOf(picture: Size, { x, y, width, height }: Region): PixelRegion {
  const left = within(evenBelow(x * picture.width), picture.width - 2)
  const top = within(evenBelow(y * picture.height), picture.height - 2)
  return {
    x: left, y: top,
    width: Math.min(nearestEven(width * picture.width), evenBelow(picture.width - left)), height: Math.min(nearestEven(height * picture.height), evenBelow(picture.height - top)),
  }
}

/** The middle of a region, in the shape of its place: what is filled is not stretched. */
function middleOf(region: PixelRegion, place: Size): PixelRegion {
  const window = largestWindow(region, place)
  return { x: region.x + evenBelow((region.width - window.width) / 2), y: region.y + evenBelow((region.height - window.height) / 2), ...window }
}

function places({ width, height }: Size, aboveShare: number): { above: Size, below: Size } {
  const aboveHeight = nearestEven(height * aboveShare)
  return { above: { width, height: aboveHeight }, below: { width, height: height - aboveHeight } }
}

/** Two regions in their places. As large as the one with more detail needs, at most the usual size. */
export function planSplit(picture: Size, { aspect, above, below, aboveShare }: Extract<Framing, { how: 'split' }>): PlannedFraming {
  const standard = STANDARD[aspect]
  const usual = places(standard, aboveShare)
  const [first, second] = [pixelsOf(picture, above), pixelsOf(picture, below)]
  const detail = Math.max(middleOf(first, usual.above).width, middleOf(second, usual.below).width)
  const size = scaled(standard, Math.min(1, detail / standard.width))
  const real = places(size, aboveShare)
  return { how: 'split', ...size, above: middleOf(first, real.above), below: middleOf(second, real.below), aboveHeight: real.above.height }
}

/** All of the picture in another shape. */
export function planFit(picture: Size, { aspect, sides }: Pick<Extract<Framing, { how: 'fit' }>, 'aspect' | 'sides'>): PlannedFraming {
  return { how: 'fit', ...fitSize(picture, aspect), sides }
}

/** The window of an aspect in a picture. */
export function windowOf(picture: Size, aspect: Aspect): Size {
  return largestWindow(picture, STANDARD[aspect])
}

/** True when the picture has this shape already, but for a rounding. */
export function hasShape(picture: Size, aspect: Aspect): boolean {
  const window = windowOf(picture, aspect)
  return picture.width - window.width < 4 && picture.height - window.height < 4
}
