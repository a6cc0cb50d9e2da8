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

/** What all clips are brought to: the size and the rate that most of the time has. Null without clips. */
export function targetOf(parts: readonly PartShape[]): ReelTarget | null {
  const size = mostOfTheTime(parts, ({ width, height }) => ({ key: `${String(width)}x${String(height)}`, value: { width, height }, size: width * height }))
  const frameRate = mostOfTheTime(parts, ({ picture }) => {
    const rate = rateOf(picture)
    return { key: `${String(rate.num)}/${String(rate.den)}`, value: rate, size: rate.num / rate.den }
  })
  return size === null || frameRate === null ? null : { ...size, frameRate }
}
