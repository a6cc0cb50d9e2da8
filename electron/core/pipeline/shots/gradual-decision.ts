import { cellDifference, changedShare, lumaDifference, mixedShare, progressBetween, shiftedDifference, structureCorrelation } from './cell-comparison.ts'
import { paletteDifference, unlitShare } from './colour-comparison.ts'
import { LONGEST_HOLD } from './fade-decision.ts'
import { isBlackOrWhite, isFlat } from './flat-picture.ts'
import { cellsOf, isAfterCut, oldestSample, SAMPLE_RATE, sampleSeconds, windowAround } from './sample-history.ts'
import type { TransitionKind } from './boundary.ts'
import type { SampledFind, SampleHistory, SampleSpan } from './sample-history.ts'

/** Lengths looked for, seconds, a factor of about 1.45 apart: 6 frames of 25 fps to a slow documentary dissolve. */
const LENGTHS = [0.25, 0.36, 0.52, 0.75, 1.1, 1.6, 2.3, 3.2]
/** Half of the longest window and what is looked at beside it, seconds: time needed after the centre. */
export const GRADUAL_CONTEXT = 1.7 + LONGEST_HOLD

// The thresholds below were chosen 2026-11-21 on made films (seeds 2 to 6), on transitions made between stretches of 20 real
// clips, and on those clips themselves, where nothing may be found. Palettes: what moves inside a shot, handheld cameras
// and rising light differ by 0 to 0.1, another picture by 0.7 to 1 unless it has the same colours.

/** Steps a window is walked in. Few, so that noise does not add up; enough to see a detour. */
const STEPS = 6
/** Shortest transition after trimming, seconds: five frames of 30 fps. Quicker changes are things moving. */
const SHORTEST = 0.13
/** Nobody cuts to a shot and dissolves out of it sooner than this, seconds. */
const SHORTEST_SHOT = 0.2
/** Least difference of the pictures before and after, 0..255. */
const LEAST_DIFFERENCE = 10
/** A single step with more than this share of the whole change is a jump (a cut, a caption), not a transition. */
const LARGEST_JUMP = 0.5
/** Least share of the picture that changed by half the mean: less is a thing or a title coming or going. */
const LEAST_CHANGED = 0.45
/** Correlation up to which two pictures are fully different ones, and from which they are the same in other light. */
const OTHER_PICTURE = 0.5
const SAME_PICTURE = 0.9
/** Palette difference up to which the colours are those of one shot (whatever moves), and from which they are others. */
const SAME_COLOURS = 0.3
const OTHER_COLOURS = 0.5
/** Share of the change up to which light alone may have made it, and from which it did not. */
const LIT = 0.2
const UNLIT = 0.4
/** Restlessness outside, as a share of the change inside, at which calm is 0: it simply goes on. */
const UNREST = 0.33
const LEAST_STRENGTH = 0.4
/** The same where the colours are others too: motion, which bends the way and unsettles the sides, does not make them so. */
const LEAST_STRENGTH_COLOURED = 0.27
/** A camera that drifts this far (cells) outside the window is calm; one that moved this far inside it explains the change. */
const DRIFT = { x: 2, y: 1 }
const PAN = { x: 5, y: 3 }
/** A quick pan moves this far (cells) in a step of a window. */
const STRIDE = { x: 4, y: 2 }
/** Least share of the luma change that a shift of the whole picture does not explain. */
const LEAST_UNSHIFTED = 0.3
/** Least share of the way walked that drifting from step to step does not explain. */
const LEAST_UNMOVED = 0.55
/** Share of the way at which a transition counts as begun, and 1 less it as ended. */
const EDGE = 0.04
/** Share of cells half-way at half time, below which the change was a wipe. */
const MIXED = 0.5

/** The strongest gradual transition centred at sample `centre`, or undefined. */
export function findGradual(history: SampleHistory, centre: number): SampledFind | undefined {
  const bucket = Math.floor(sampleSeconds(history, centre) * SAMPLE_RATE)
  let best: SampleSpan | undefined
  let strength = 0
  for (const length of LENGTHS) {
    // long windows need not be centred to the frame; the grid is tied to time so that a resumed scan has the same one
    if (bucket % Math.max(1, Math.floor(length * 3)) !== 0) continue
    const window = windowAround(history, centre, length)
    const value = window === undefined ? 0 : strengthOf(history, window)
    if (value <= strength) continue
    best = window
    strength = value
  }
  if (best === undefined || isShift(history, best) || isMotion(history, best)) return undefined
  const kind = kindOf(history, best)
  const span = trimmed(history, best)
  return kind === undefined || isImplausible(history, span) ? undefined : { ...span, kind, strength }
}

/** Whether nobody would edit so: a transition of an instant, or one right beside a cut. */
function isImplausible(history: SampleHistory, span: SampleSpan): boolean {
  return sampleSeconds(history, span.last) - sampleSeconds(history, span.first) < SHORTEST || isBesideCut(history, span)
}

/** Whether a hard cut lies within SHORTEST_SHOT before or after: then it is the new shot that gets going or its light settles. */
function isBesideCut(history: SampleHistory, { first, last }: SampleSpan): boolean {
  for (let k = first; k > oldestSample(history) && sampleSeconds(history, first) - sampleSeconds(history, k) < SHORTEST_SHOT; k--) {
    if (isAfterCut(history, k)) return true
  }
  for (let k = last + 1; k < history.count && sampleSeconds(history, k) - sampleSeconds(history, last) < SHORTEST_SHOT; k++) {
    if (isAfterCut(history, k)) return true
  }
  return false
}

/**
 * 0..1: how much the window looks like one picture turning into another. In a dissolve, fade or wipe every part of the
 * picture goes straight from its old value to its new one, so the way walked is no longer than the net change; moving
 * cameras and things wander. The picture after must also be another one in structure: light that rises changes
 * every value and no structure. Or another one in colours: two pictures may be bright and dark in the same places by
 * chance. And it must be calm outside. 0 for what is no transition.
 */
function strengthOf(history: SampleHistory, window: SampleSpan): number {
  const from = cellsOf(history, window.first)
  const to = cellsOf(history, window.last)
  const net = cellDifference(from, to)
  if (net < LEAST_DIFFERENCE) return 0
  const colours = otherColours(from, to)
  const other = Math.max(colours, risen(SAME_PICTURE - structureCorrelation(from, to), 0, SAME_PICTURE - OTHER_PICTURE))
  const least = LEAST_STRENGTH - colours * (LEAST_STRENGTH - LEAST_STRENGTH_COLOURED)
  if (other < least) return 0
  const straight = net / Math.max(net, wayWalked(history, window))
  if (straight * other < least) return 0
  const strength = straight * other * calmOutside(history, window, net)
  if (strength < least || changedShare(from, to, net / 2) < LEAST_CHANGED || jumps(history, window, net)) return 0
  return strength
}

/** 0..1: how surely the colours after are not those before, wherever they are and in whatever light. */
function otherColours(from: Float32Array, to: Float32Array): number {
  const colours = risen(paletteDifference(from, to), SAME_COLOURS, OTHER_COLOURS)
  if (colours === 0) return 0
  return Math.min(colours, risen(Math.min(unlitShare(from, to), unlitShare(to, from)), LIT, UNLIT))
}

/** 0 up to `low`, 1 from `high`, evenly between. */
function risen(value: number, low: number, high: number): number {
  return Math.min(1, Math.max(0, (value - low) / (high - low)))
}

function wayWalked(history: SampleHistory, { first, last }: SampleSpan): number {
  let way = 0
  for (let k = 0, at = first; k < STEPS; k++) {
    const next = first + Math.round(((last - first) * (k + 1)) / STEPS)
    if (next > at) way += cellDifference(cellsOf(history, at), cellsOf(history, next))
    at = next
  }
  return way
}

/** 1 when nothing changes just outside the window, 0 when it changes there as fast as inside. Looks no further than a cut. */
function calmOutside(history: SampleHistory, { first, last }: SampleSpan, net: number): number {
  const reach = Math.max(3, Math.round((last - first) / 3))
  let before = first
  while (before > oldestSample(history) && first - before < reach && !isAfterCut(history, before)) before--
  let after = last
  while (after < history.count - 1 && after - last < reach && !isAfterCut(history, after + 1)) after++
  const changeBefore = restlessness(cellsOf(history, before), cellsOf(history, first))
  const changeAfter = restlessness(cellsOf(history, last), cellsOf(history, after))
  // a side cut short counts as if it went on as it was; one that cannot be seen at all as moving on
  const unrestBefore = first - before < 2 ? net / 3 : (changeBefore * reach) / (first - before)
  const unrestAfter = after - last < 2 ? net / 3 : (changeAfter * reach) / (after - last)
  return Math.max(0, 1 - (unrestBefore + unrestAfter) / (2 * UNREST * net))
}

/** Change between two pictures of one shot: half forgiven where a drifting camera explains it, all counted where things move. */
function restlessness(a: Float32Array, b: Float32Array): number {
  return (cellDifference(a, b) + shiftedDifference(a, b, DRIFT)) / 2
}

function jumps(history: SampleHistory, { first, last }: SampleSpan, net: number): boolean {
  for (let k = first + 1; k <= last; k++) {
    if (isAfterCut(history, k)) return true
    if (cellDifference(cellsOf(history, k - 1), cellsOf(history, k)) > LARGEST_JUMP * net) return true
  }
  return false
}

/** Whether the picture after is the one before, moved: a pan that starts and stops. */
function isShift(history: SampleHistory, { first, last }: SampleSpan): boolean {
  const from = cellsOf(history, first)
  const to = cellsOf(history, last)
  return shiftedDifference(from, to, PAN) < LEAST_UNSHIFTED * lumaDifference(from, to)
}

/** Whether the picture moves on from step to step: a pan over more than its width, of which no shift explains the whole. */
function isMotion(history: SampleHistory, { first, last }: SampleSpan): boolean {
  let way = 0
  let unexplained = 0
  for (let k = 0, at = first; k < STEPS; k++) {
    const next = first + Math.round(((last - first) * (k + 1)) / STEPS)
    way += lumaDifference(cellsOf(history, at), cellsOf(history, next))
    unexplained += shiftedDifference(cellsOf(history, at), cellsOf(history, next), STRIDE)
    at = next
  }
  return unexplained < LEAST_UNMOVED * way
}

/** The kind, or undefined when there is no picture on either side, or only the one after a video's own black start. */
function kindOf(history: SampleHistory, window: SampleSpan): TransitionKind | undefined {
  const { first, last } = window
  const flatFirst = isFlat(history, first)
  const flatLast = isFlat(history, last)
  if (flatFirst && flatLast) return undefined
  if (flatFirst) return reachesEnd(history, first, -1) ? undefined : kindFromFlat(history, first)
  if (flatLast) return reachesEnd(history, last, 1) ? undefined : kindFromFlat(history, last)
  return dissolveOrWipe(history, window)
}

/** A fade whose other half is more than LONGEST_HOLD away, or a picture mixing with a plain colour. */
function kindFromFlat(history: SampleHistory, flat: number): TransitionKind {
  return isBlackOrWhite(history, flat) ? 'fade' : 'dissolve'
}

function dissolveOrWipe(history: SampleHistory, { first, last }: SampleSpan): TransitionKind {
  const from = cellsOf(history, first)
  const to = cellsOf(history, last)
  let half = first
  while (half < last && progressBetween(from, to, cellsOf(history, half)) < 0.45) half++
  return mixedShare(from, to, cellsOf(history, half)) < MIXED ? 'wipe' : 'dissolve'
}

/** Whether all from sample `n` on is flat, to the start or end of the video: a lead-in or lead-out has no shot before it. */
function reachesEnd(history: SampleHistory, n: number, direction: 1 | -1): boolean {
  const at = sampleSeconds(history, n)
  for (let k = n; k > oldestSample(history) - 1 && k < history.count; k += direction) {
    if (!isFlat(history, k) || Math.abs(sampleSeconds(history, k) - at) > LONGEST_HOLD) return false
  }
  return true
}

/** The same window with its ends where the change really begins and ends. */
function trimmed(history: SampleHistory, window: SampleSpan): SampleSpan {
  const from = cellsOf(history, window.first)
  const to = cellsOf(history, window.last)
  let { first, last } = window
  while (first < window.last && progressBetween(from, to, cellsOf(history, first)) < EDGE) first++
  while (last > first && progressBetween(from, to, cellsOf(history, last)) > 1 - EDGE) last--
  return { first, last }
}
