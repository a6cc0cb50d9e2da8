import type { FileFacts } from '../../../electron/contract/cards.ts'

/** How the pictures of a video follow each other. */
export interface FrameTiming {
  /** Of one picture; the mean where they differ. */
  frameSeconds: number
  /** Every picture lasts as long as the others, so that they can be counted from times. */
  isConstant: boolean
}

const USUAL_RATE = 25

export function frameTimingOf(facts: FileFacts | null): FrameTiming {
  const rate = facts?.frameRate ?? null
  return { frameSeconds: 1 / (rate === null || rate <= 0 ? USUAL_RATE : rate), isConstant: rate !== null && facts?.isVariableRate === false }
}

// Containers round times to milliseconds, or to less: a moment a little before a picture's time belongs to it.
const ROUNDING = 0.1

/** The number of the picture that is shown at a second, from 0. */
export function frameAt(second: number, { frameSeconds }: FrameTiming): number {
  return Math.max(0, Math.floor(second / frameSeconds + ROUNDING))
}

export function frameStart(frame: number, { frameSeconds }: FrameTiming): number {
  return Math.max(0, frame) * frameSeconds
}

/** The number of the last picture of a video. */
export function lastFrame(duration: number, { frameSeconds }: FrameTiming): number {
  return Math.max(0, Math.ceil(duration / frameSeconds - ROUNDING) - 1)
}

/** Where the picture begins that is shown at a second, as far as it can be said without looking; the end of the video stays its end. */
export function pictureStart(second: number, duration: number, timing: FrameTiming): number {
  if (second >= duration - 0.001) return duration
  return timing.isConstant ? frameStart(Math.min(frameAt(second, timing), lastFrame(duration, timing)), timing) : Math.max(0, second)
}

/**
 * The edge of a picture where a point is meant: what is shown at an in point is the first picture of the export, and what is
 * said at an out point is not cut. As it is where pictures last differently long.
 */
export function pictureEdge(second: number, end: 'in' | 'out', timing: FrameTiming): number {
  if (!timing.isConstant) return second
  return frameStart(end === 'in' ? frameAt(second, timing) : Math.ceil(second / timing.frameSeconds - ROUNDING), timing)
}

const two = (value: number): string => String(value).padStart(2, '0')

/** A moment to the millisecond, always with its hours, so that nothing moves while it counts: 0:01:02.345. */
export function timeCode(second: number): string {
  const all = Math.round(Math.max(0, second) * 1000)
  const [hours, minutes, seconds] = [Math.floor(all / 3_600_000), Math.floor(all / 60_000) % 60, Math.floor(all / 1000) % 60]
  return `${hours}:${two(minutes)}:${two(seconds)}.${String(all % 1000).padStart(3, '0')}`
}

const CLOCK = /^(?:(?:(\d+):)?(\d+):)?(\d+(?:[.,]\d*)?)$/
const FRAMES = /^([+-]\d+)f?$/i

/** What a person typed, in seconds: `75.5`, `1:15.5`, `1:02:03,25`, or `+3` and `-12` frames from where it was. Null for anything else. */
export function parseTime(text: string, now: number, { frameSeconds }: FrameTiming): number | null {
  const plain = text.trim()
  const steps = FRAMES.exec(plain)?.[1]
  if (steps !== undefined) return Math.max(0, now + Number(steps) * frameSeconds)
  const clock = CLOCK.exec(plain)
  if (clock === null) return null
  const [, hours = '0', minutes = '0', seconds = ''] = clock
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(',', '.'))
}

/** Seconds a part into the picture that is shown at a second, so that rounding never shows the one before; and never so far as the end. */
export function insidePicture(second: number, duration: number, timing: FrameTiming): number {
  const lastStart = timing.isConstant ? frameStart(lastFrame(duration, timing), timing) : duration - timing.frameSeconds * 0.5
  return Math.max(0, Math.min(second, lastStart)) + Math.min(timing.frameSeconds * 0.25, 0.01)
}
