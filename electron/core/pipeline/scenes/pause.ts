import type { FrameLook } from '../shots/detector.ts'
import type { Loudness } from './loudness.ts'
import { LOUDNESS_RATE } from './loudness.ts'

/** Share of the sound in the choice; the rest is the picture's. People pause between sentences more than between gestures. */
const SOUND_SHARE = 0.6
/** Tenths of a second on each side that must be quiet, and still. */
const QUIET_REACH = 1
const STILL_REACH = 3
/** How much a piece of half or twice the usual length costs against a perfect pause. */
const LENGTH_SHARE = 0.08
const USUAL_SECONDS = 16

export interface PauseSearch {
  /** Seconds; the piece begins at `start`, its end is looked for from `from` to `to`. */
  start: number
  from: number
  to: number
  /** All pictures of `from` to `to`, and some around. */
  looks: readonly FrameLook[]
  loudness: Pick<Loudness, 'levelAt'>
}

/** Mean motion per tenth of a second. */
function motionByWindow(looks: readonly FrameLook[]): Map<number, { sum: number, count: number }> {
  const windows = new Map<number, { sum: number, count: number }>()
  for (const { seconds, motion } of looks) {
    const index = Math.floor(seconds * LOUDNESS_RATE)
    const window = windows.get(index) ?? { sum: 0, count: 0 }
    windows.set(index, { sum: window.sum + motion, count: window.count + 1 })
  }
  return windows
}

function around(index: number, reach: number): number[] {
  return Array.from({ length: 2 * reach + 1 }, (_, at) => index - reach + at)
}

/**
 * The stillest and quietest moment, in seconds: the loudest of 0.3 s and the mean motion of 0.7 s around it, each against
 * its own middle value in the search. The first of equal ones. Without sound the picture decides alone.
 */
export function bestPause({ start, from, to, looks, loudness }: PauseSearch): number {
  const motions = motionByWindow(looks)
  const usual = looks.reduce((sum, { motion }) => sum + motion, 0) / Math.max(1, looks.length)
  const motionAt = (index: number): number => {
    const near = around(index, STILL_REACH).flatMap((at) => motions.get(at) ?? [])
    const sum = near.reduce((total, window) => total + window.sum, 0)
    const count = near.reduce((total, window) => total + window.count, 0)
    const mean = count === 0 ? 0 : sum / count
    return mean === 0 ? 0 : mean / (mean + usual)
  }
  const soundAt = (index: number): number => {
    const levels = around(index, QUIET_REACH).flatMap((at) => loudness.levelAt(at) ?? [])
    return levels.length === 0 ? 0 : Math.max(...levels) / 60 + 1
  }
  const costAt = (index: number): number => {
    const tooLong = Math.abs(Math.log2((index / LOUDNESS_RATE - start) / USUAL_SECONDS))
    return SOUND_SHARE * soundAt(index) + (1 - SOUND_SHARE) * motionAt(index) + LENGTH_SHARE * tooLong
  }
  let best = { cost: Number.POSITIVE_INFINITY, index: Math.ceil(from * LOUDNESS_RATE) }
  for (let index = best.index; index <= Math.floor(to * LOUDNESS_RATE); index++) {
    const cost = costAt(index)
    if (cost < best.cost - 1e-9) best = { cost, index }
  }
  // the middle of its tenth of a second
  return Math.min(to, (best.index + 0.5) / LOUDNESS_RATE)
}
