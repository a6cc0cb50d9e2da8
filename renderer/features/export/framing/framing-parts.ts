import type { Aspect, Framing, Region } from '../../../../electron/contract/export-choices.ts'

/** `whole`: the picture as it is. */
export type Shape = 'whole' | Aspect
/** How a picture gets into another shape. */
export type How = 'follow' | 'centre' | 'hand' | 'blurred' | 'black' | 'split'

type Split = Extract<Framing, { how: 'split' }>

const middle = { x: 0.5, y: 0.5 }
/** A screen with somebody in its lower right corner. */
const usualSplit: Pick<Split, 'above' | 'below' | 'aboveShare'> = {
  above: { x: 0, y: 0, width: 1, height: 1 }, below: { x: 0.7, y: 0.65, width: 0.3, height: 0.35 }, aboveShare: 0.6,
}

export function shapeOf(framing: Framing): Shape {
  return framing.how === 'whole' ? 'whole' : framing.aspect
}

/** Null where the picture stays as it is. */
export function howOf(framing: Framing): How | null {
  switch (framing.how) {
    case 'whole': return null
    case 'fill': return typeof framing.around === 'string' ? framing.around : 'hand'
    case 'fit': return framing.sides
    case 'split': return 'split'
  }
}

function pointOf(framing: Framing): { x: number, y: number } {
  return framing.how === 'fill' && typeof framing.around !== 'string' ? framing.around : middle
}

function splitOf(framing: Framing): Pick<Split, 'above' | 'below' | 'aboveShare'> {
  return framing.how === 'split' ? framing : usualSplit
}

/** Another shape or another way into it; what was set by hand stays where it still means something. */
export function framingWith(before: Framing, shape: Shape, how: How | null = howOf(before)): Framing {
  if (shape === 'whole') return { how: 'whole' }
  switch (how) {
    case null:
    case 'follow': return { how: 'fill', aspect: shape, around: 'follow' }
    case 'centre': return { how: 'fill', aspect: shape, around: 'centre' }
    case 'hand': return { how: 'fill', aspect: shape, around: pointOf(before) }
    case 'blurred':
    case 'black': return { how: 'fit', aspect: shape, sides: how }
    case 'split': {
      const { above, below, aboveShare } = splitOf(before)
      return { how: 'split', aspect: shape, above, below, aboveShare }
    }
  }
}

export interface Size { width: number, height: number }

const ratios: Record<Aspect, number> = { '9:16': 9 / 16, '4:5': 4 / 5, '1:1': 1, '16:9': 16 / 9 }

/** The largest part of a shape in a picture, in shares of the picture. */
function windowOf(picture: Size, ratio: number): Size {
  const own = picture.width / picture.height
  return own >= ratio ? { width: ratio / own, height: 1 } : { width: 1, height: own / ratio }
}

const within = (value: number, most: number): number => Math.min(Math.max(0, value), Math.max(0, most))

/** The part of a shape in the middle of a region, which is what is shown of it. */
function middleOf(picture: Size, region: Region, ratio: number): Region {
  const window = windowOf({ width: picture.width * region.width, height: picture.height * region.height }, ratio)
  const [width, height] = [window.width * region.width, window.height * region.height]
  return { x: region.x + (region.width - width) / 2, y: region.y + (region.height - height) / 2, width, height }
}

/** The parts of the picture that are in the clip, in shares of it; null where that is not known before it is made. */
export function keptParts(framing: Framing, picture: Size): Region[] | null {
  switch (framing.how) {
    case 'whole':
    case 'fit': return [{ x: 0, y: 0, width: 1, height: 1 }]
    case 'fill': {
      const window = windowOf(picture, ratios[framing.aspect])
      if (framing.around === 'follow' && (window.width < 1 || window.height < 1)) return null
      const { x, y } = pointOf(framing)
      return [{ x: within(x - window.width / 2, 1 - window.width), y: within(y - window.height / 2, 1 - window.height), ...window }]
    }
    case 'split': {
      const ratio = ratios[framing.aspect]
      return [middleOf(picture, framing.above, ratio / framing.aboveShare), middleOf(picture, framing.below, ratio / (1 - framing.aboveShare))]
    }
  }
}

/** The point in the middle of the window after it was moved by shares of the picture; no further than the window can go. */
export function pointMoved(framing: Framing, picture: Size, by: { x: number, y: number }): { x: number, y: number } {
  const part = keptParts(framing, picture)?.[0] ?? { ...middle, width: 0, height: 0 }
  return { x: within(part.x + by.x, 1 - part.width) + part.width / 2, y: within(part.y + by.y, 1 - part.height) + part.height / 2 }
}

const SMALLEST_REGION = 0.05

export function regionMoved(region: Region, by: { x: number, y: number }): Region {
  return { ...region, x: within(region.x + by.x, 1 - region.width), y: within(region.y + by.y, 1 - region.height) }
}

export interface Corner { x: 'left' | 'right', y: 'top' | 'bottom' }

function edgesMoved([from, to]: [number, number], edge: 'from' | 'to', by: number): [number, number] {
  return edge === 'from' ? [Math.min(Math.max(0, from + by), to - SMALLEST_REGION), to] : [from, Math.max(Math.min(1, to + by), from + SMALLEST_REGION)]
}

/** A corner is pulled, the opposite one stays; inside of the picture and never smaller than can be seen. */
export function regionResized({ x, y, width, height }: Region, corner: Corner, by: { x: number, y: number }): Region {
  const [left, right] = edgesMoved([x, x + width], corner.x === 'left' ? 'from' : 'to', by.x)
  const [top, bottom] = edgesMoved([y, y + height], corner.y === 'top' ? 'from' : 'to', by.y)
  return { x: left, y: top, width: right - left, height: bottom - top }
}
