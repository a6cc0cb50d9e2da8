import type { PictureStream } from '../../facts.ts'
import type { FrameRate } from './reel-timeline.ts'

/** What is known of a clip before the reel is made. */
export interface PartShape {
  /** Of its picture as it comes out of the framing. */
  width: number
  height: number
  picture: Pick<PictureStream, 'frameRate' | 'isVariableRate'>
  seconds: number
}

export interface ReelTarget { width: number, height: number, frameRate: FrameRate }

// Rates that cameras, films and broadcasts have; more than 60 is shown by few screens.
const RATES: readonly FrameRate[] = [
  { num: 10, den: 1 }, { num: 12, den: 1 }, { num: 15, den: 1 }, { num: 20, den: 1 }, { num: 24_000, den: 1001 }, { num: 24, den: 1 }, { num: 25, den: 1 },
  { num: 30_000, den: 1001 }, { num: 30, den: 1 }, { num: 48, den: 1 }, { num: 50, den: 1 }, { num: 60_000, den: 1001 }, { num: 60, den: 1 },
]
/** Nearer than this it is the same rate: 29.97 and 30 are .1 % apart. */
const SAME_RATE = 0.0004
const HIGHEST_RATE = 60
/** Of pictures that come as they like: what telephones mean by it. */
const VARIABLE_RATE = { num: 30, den: 1 }

/** The rate a video has, as a fraction; for a variable one the usual rate that loses none of its pictures. */
export function rateOf({ frameRate, isVariableRate }: PartShape['picture']): FrameRate {
  if (frameRate === null) return VARIABLE_RATE
  const value = ({ num, den }: FrameRate): number => num / den
  const same = RATES.find((rate) => Math.abs(value(rate) / frameRate - 1) < SAME_RATE)
  if (same !== undefined) return same
  if (isVariableRate) return frameRate <= value(VARIABLE_RATE) * 1.01 ? VARIABLE_RATE : { num: HIGHEST_RATE, den: 1 }
  return { num: Math.round(Math.min(HIGHEST_RATE, Math.max(1, frameRate)) * 1000), den: 1000 }
}

/** What most of the time has; of two that have as much the one that is more. */
function mostOfTheTime<Value>(parts: readonly PartShape[], valueOf: (part: PartShape) => { key: string, value: Value, size: number }): Value | null {
  const sums = new Map<string, { value: Value, size: number, seconds: number }>()
  for (const part of parts) {
    const { key, value, size } = valueOf(part)
    sums.set(key, { value, size, seconds: (sums.get(key)?.seconds ?? 0) + part.seconds })
  }
  const [best] = [...sums.values()].toSorted((one, other) => Math.abs(other.seconds - one.seconds) < 1e-6 ? other.size - one.size : other.seconds - one.seconds)
  return best?.value ?? null
}

/** Sizes of one shape differ by rounding: 854x480 is 16:9 too. */
const SAME_SHAPE = 0.02
/** More is shown by few screens, and decoded by few telephones. */
const LARGEST = { longEdge: 3840, shortEdge: 2160 }
/** Of 59.94 and 30 neither is lower than half of the other's double. */
const HALF = 0.499

interface Size { width: number, height: number }

function orientationOf({ width, height }: Size): string {
  return Math.abs(width / height - 1) <= SAME_SHAPE ? 'square' : width > height ? 'wide' : 'tall'
}

function isSameShape(one: Size, other: Size): boolean {
  return Math.abs(one.width / one.height / (other.width / other.height) - 1) <= SAME_SHAPE
}

const even = (pixels: number): number => Math.max(2, 2 * Math.round(pixels / 2))

function scaled({ width, height }: Size, by: number): Size {
  return by === 1 ? { width, height } : { width: even(width * by), height: even(height * by) }
}

/** The clips of the shape that most of the time has: of the orientation first, so that wide clips of two shapes do not lose to one tall one. */
function ofUsualShape(parts: readonly PartShape[]): { alike: PartShape[], turnedAlike: PartShape[] } {
  const orientation = mostOfTheTime(parts, (part) => ({ key: orientationOf(part), value: orientationOf(part), size: part.width * part.height }))
  const turnedAlike = parts.filter((part) => orientationOf(part) === orientation)
  const shape = mostOfTheTime(turnedAlike, (part) => {
    const first = turnedAlike.find((other) => isSameShape(other, part)) ?? part
    return { key: `${String(first.width)}x${String(first.height)}`, value: first, size: part.width * part.height }
  })
  return { turnedAlike, alike: turnedAlike.filter((part) => shape !== null && isSameShape(part, shape)) }
}

/** Of the shape that most of the time has, large enough that no clip of that orientation loses pixels, up to 4K. */
function sizeOf(parts: readonly PartShape[]): Size | null {
  const { alike, turnedAlike } = ofUsualShape(parts)
  const [largest] = alike.toSorted((one, other) => other.width * other.height - one.width * one.height)
  if (largest === undefined) return null
  const whole = Math.max(1, ...turnedAlike.filter((part) => !alike.includes(part)).map(({ width, height }) => Math.max(width / largest.width, height / largest.height)))
  const { longEdge, shortEdge } = LARGEST
  const [long, short] = [Math.max(largest.width, largest.height), Math.min(largest.width, largest.height)]
  return scaled(largest, Math.min(whole, longEdge / long, shortEdge / short))
}

/** The rate that most of the time has, of those that are not lower than half of the highest constant one. */
function usualRate(parts: readonly PartShape[]): FrameRate | null {
  const perSecond = ({ picture }: PartShape): number => { const { num, den } = rateOf(picture); return num / den }
  const highest = Math.max(0, ...parts.filter(({ picture }) => !picture.isVariableRate).map(perSecond))
  return mostOfTheTime(parts.filter((part) => perSecond(part) >= highest * HALF), ({ picture }) => {
    const rate = rateOf(picture)
    return { key: `${String(rate.num)}/${String(rate.den)}`, value: rate, size: rate.num / rate.den }
  })
}

/** What all clips are brought to: the shape that most of the time has, in a size in which none of them loses pixels, and the usual rate. Null without clips. */
export function targetOf(parts: readonly PartShape[]): ReelTarget | null {
  const size = sizeOf(parts)
  const frameRate = usualRate(parts)
  return size === null || frameRate === null ? null : { ...size, frameRate }
}
