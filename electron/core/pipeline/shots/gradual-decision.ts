import { cellDifference, progressBetween, structureCorrelation } from './cell-comparison.ts'
import { cellsOf, findOf, oldestSample, SAMPLE_RATE, sampleSeconds, sampleSlot } from './sample-history.ts'
import type { GradualFind } from './boundary.ts'
import type { SampleHistory, SampleSpan } from './sample-history.ts'

/** Lengths looked for, seconds, a factor of about 1.45 apart: 6 frames of 25 fps to a slow documentary dissolve. */
const LENGTHS = [0.25, 0.36, 0.52, 0.75, 1.1, 1.6, 2.3, 3.2]
/** Half of the longest window and what is looked at beside it, seconds: samples needed after the centre. */
export const GRADUAL_CONTEXT = 2.4

/** Steps a window is walked in. Few, so that noise does not add up; enough to see a detour. */
const STEPS = 6
/** Fewer samples than this show no transition, only a jump. */
const LEAST_SAMPLES = 4
/** Least difference of the pictures before and after, 0..255. */
const LEAST_DIFFERENCE = 10
/** A single step with more than this share of the whole change is a jump (a cut, a caption), not a transition. */
const LARGEST_JUMP = 0.5
/** Least strength: straight way (1) times other picture (1), less the unrest outside. */
const LEAST_STRENGTH = 0.5
/** Share of the way at which a transition counts as begun, and 1 less it as ended. */
const EDGE = 0.04

/** The strongest gradual transition centred at sample `centre`, or undefined. */
export function findGradual(history: SampleHistory, centre: number): GradualFind | undefined {
  const bucket = Math.floor(sampleSeconds(history, centre) * SAMPLE_RATE)
  let best: SampleSpan | undefined
  let most = LEAST_STRENGTH
  for (const length of LENGTHS) {
    // long windows need not be centred to the frame; the grid is tied to time so that a resumed scan has the same one
    const stride = Math.max(1, Math.floor(length * 3))
    if (bucket % stride !== 0) continue
    const window = windowAround(history, centre, length)
    if (window === undefined) continue
    const strength = strengthOf(history, window)
    if (strength <= most) continue
    best = window
    most = strength
  }
  return best === undefined ? undefined : findOf(history, trimmed(history, best), 'dissolve', most)
}

function windowAround(history: SampleHistory, centre: number, length: number): SampleSpan | undefined {
  const at = sampleSeconds(history, centre)
  const low = oldestSample(history)
  let first = centre
  while (first > low && at - sampleSeconds(history, first) < length / 2) first--
  let last = centre
  while (last < history.count - 1 && sampleSeconds(history, last) - at < length / 2) last++
  const span = sampleSeconds(history, last) - sampleSeconds(history, first)
  if (last - first < LEAST_SAMPLES || span < length * 0.95 || span > length * 1.6) return undefined
  return { first, last }
}

/**
 * 0..1: how much the window looks like one picture turning into another. In a dissolve, fade or wipe every part of the
 * picture goes straight from its old value to its new one, so the way walked is no longer than the net change; moving
 * cameras and things wander. The picture after must also be another one in structure: light that rises changes
 * every value and no structure. And it must be calm outside.
 */
function strengthOf(history: SampleHistory, { first, last }: SampleSpan): number {
  const from = cellsOf(history, first)
  const to = cellsOf(history, last)
  const net = cellDifference(from, to)
  if (net < LEAST_DIFFERENCE) return 0
  const otherness = 1 - Math.max(0, structureCorrelation(from, to))
  if (otherness < LEAST_STRENGTH) return 0
  let way = 0
  for (let k = 0, at = first; k < STEPS; k++) {
    const next = first + Math.round(((last - first) * (k + 1)) / STEPS)
    if (next > at) way += cellDifference(cellsOf(history, at), cellsOf(history, next))
    at = next
  }
  const straight = net / Math.max(net, way)
  if (straight * otherness < LEAST_STRENGTH || jumps(history, { first, last }, net)) return 0
  const reach = Math.max(3, Math.round((last - first) / 3))
  const before = Math.max(oldestSample(history), first - reach)
  const after = Math.min(history.count - 1, last + reach)
  const unrest = cellDifference(cellsOf(history, before), from) + cellDifference(to, cellsOf(history, after))
  return straight * otherness * (1 - Math.min(1, unrest / (2 * net)))
}

function jumps(history: SampleHistory, { first, last }: SampleSpan, net: number): boolean {
  for (let k = first + 1; k <= last; k++) {
    if (history.cut[sampleSlot(k)] === 1) return true
    if (cellDifference(cellsOf(history, k - 1), cellsOf(history, k)) > LARGEST_JUMP * net) return true
  }
  return false
}

/** The same window with its ends where the change really begins and ends. */
function trimmed(history: SampleHistory, find: SampleSpan): SampleSpan {
  const from = cellsOf(history, find.first)
  const to = cellsOf(history, find.last)
  let first = find.first
  let last = find.last
  while (first < find.last && progressBetween(from, to, cellsOf(history, first)) < EDGE) first++
  while (last > first && progressBetween(from, to, cellsOf(history, last)) > 1 - EDGE) last--
  return { first, last }
}
