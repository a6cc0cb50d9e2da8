import { cellDifference, structureCorrelation } from './cell-comparison.ts'
import { cellsOf, findOf, oldestSample, sampleSeconds, sampleSlot } from './sample-history.ts'
import type { GradualFind } from './boundary.ts'
import type { SampleHistory } from './sample-history.ts'

/** Luma deviation of a picture with nothing in it: black, white, with codec noise. */
const FLAT = 5
/** A dip also counts when this share of the contrast around it is left: short fades never get quite black. */
const DIP = 0.15
/** Longest way into or out of the flat picture and longest stay in it, seconds. */
const LONGEST_RAMP = 2
const LONGEST_HOLD = 1.5
/** Samples needed after the last flat one, seconds. */
export const FADE_CONTEXT = 2.4
/** Longest fade, seconds. */
export const LONGEST_FADE = 2 * LONGEST_RAMP + LONGEST_HOLD
/** A fade into the same picture again is a fade only when it takes this long, seconds; else it is a flash. */
const SAME_PICTURE_SECONDS = 0.8
/** One side must take at least this long; else it is two cuts or a flash. */
const LEAST_RAMP = 0.1

interface Ramp {
  /** sample number of the first sample (outwards) of the untouched picture */
  end: number
  /** share of the change made in the largest single step */
  jump: number
  seconds: number
}

/** The fade through a flat picture whose last flat sample is `n`, or undefined. */
export function findFade(history: SampleHistory, n: number): GradualFind | undefined {
  if (!isFlat(history, n) || isFlat(history, n + 1)) return undefined
  const at = sampleSeconds(history, n)
  let first = n
  while (first > oldestSample(history) && isFlat(history, first - 1) && at - sampleSeconds(history, first) < LONGEST_HOLD) first--
  const into = rampFrom(history, first, -1)
  const out = rampFrom(history, n, 1)
  if (into === undefined || out === undefined) return undefined
  if (Math.max(into.seconds, out.seconds) < LEAST_RAMP) return undefined
  const same = structureCorrelation(cellsOf(history, into.end), cellsOf(history, out.end)) > 0.85
  if (same && sampleSeconds(history, out.end) - sampleSeconds(history, into.end) < SAME_PICTURE_SECONDS) return undefined
  return findOf(history, { first: into.end + 1, last: out.end - 1 }, 'fade', 2)
}

function isFlat(history: SampleHistory, n: number): boolean {
  return n < history.count && (history.contrast[sampleSlot(n)] ?? 0) < FLAT
}

/** Walks from flat sample `flat` outwards while the picture goes on growing out of it. */
function rampFrom(history: SampleHistory, flat: number, direction: 1 | -1): Ramp | undefined {
  const base = cellsOf(history, flat)
  const start = sampleSeconds(history, flat)
  let end = flat
  let far = 0
  let jump = 0
  for (let k = flat + direction; k >= oldestSample(history) && k < history.count; k += direction) {
    if (Math.abs(sampleSeconds(history, k) - start) > LONGEST_RAMP) break
    const distance = cellDifference(base, cellsOf(history, k))
    if (distance < far * 1.02 + 0.3) break
    jump = Math.max(jump, distance - far)
    far = distance
    end = k
  }
  const contrast = history.contrast[sampleSlot(end)] ?? 0
  if (end === flat || contrast * DIP < (history.contrast[sampleSlot(flat)] ?? 0)) return undefined
  return { end, jump: jump / far, seconds: jump / far > 0.7 ? 0 : Math.abs(sampleSeconds(history, end) - start) }
}
