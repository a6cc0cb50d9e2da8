import { ptsToSeconds } from '../../facts.ts'
import type { ClipPlan } from '../plan.ts'

/** When the pictures of the span are shown, and those beside it, in pts; null where there is none. */
export interface SourceTimes { before: number | null, pts: readonly number[], after: number | null }

/** What of the source becomes the clip, to the picture. */
export interface SurveyedSpan {
  startPts: number
  endPts: number
  firstPts: number
  lastPts: number
  /** The first picture is on screen since before the start. */
  isHeld: boolean
  /** Of every picture of the clip. */
  pts: number[]
  /** Those beside it; null where there is none. */
  before: number | null
  after: number | null
  /** When each picture is to be shown, in seconds of the clip. */
  timesSeconds: number[]
  durationSeconds: number
}

/**
 * A picture that stays on screen longer than this before the next one comes is part of a clip that begins in the middle of
 * it; else the clip begins with the next picture. Slower than any usual frame rate.
 */
export const HOLD_SECONDS = 0.1

/** A picture this much before either end counts as lying on it. */
export function askedSpan({ startPts, endPts, tolerancePts }: ClipPlan): { startPts: number, endPts: number } {
  return { startPts: startPts - tolerancePts, endPts: Math.max(endPts - tolerancePts, startPts) }
}

/** The picture that is on screen from before the start, when it stays for long; else null. */
function heldPicture(plan: ClipPlan, { before, pts: [first], after }: SourceTimes): number | null {
  // Behind the last picture: only up to an end that was seen, not up to one that a header claims.
  if (first === undefined) return after === null && plan.video.endPts === null ? null : before
  const { timeBase } = plan.video.facts.media.picture
  return (first - plan.startPts) * timeBase.num / timeBase.den > HOLD_SECONDS ? before : null
}

/** The clip as its source lets it be; null when there is no picture in it. */
export function spanOfClip(plan: ClipPlan, times: SourceTimes): SurveyedSpan | null {
  const held = heldPicture(plan, times)
  const pts = [...(held === null ? [] : [held]), ...times.pts]
  const [firstPts, lastPts] = [pts[0], pts.at(-1)]
  if (firstPts === undefined || lastPts === undefined) return null
  const startPts = held === null ? firstPts : plan.startPts
  // The next picture begins where the clip was meant to end, give or take the rounding.
  const endPts = times.after !== null && Math.abs(times.after - plan.endPts) <= plan.tolerancePts ? times.after : plan.endPts
  const { timeBase } = plan.video.facts.media.picture
  const seconds = (at: number): number => Math.max(0, ptsToSeconds({ timeBase, startPts }, at))
  return {
    startPts, endPts, firstPts, lastPts, isHeld: held !== null, pts, before: held === null ? times.before : null, after: times.after,
    timesSeconds: pts.map(seconds), durationSeconds: seconds(endPts),
  }
}
