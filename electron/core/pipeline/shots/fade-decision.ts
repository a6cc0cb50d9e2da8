import { cellDifference, structureCorrelation } from './cell-comparison.ts'
import { FLAT, isBlackOrWhite } from './flat-picture.ts'
import { cellsOf, oldestSample, sampleSeconds, sampleSlot } from './sample-history.ts'
import type { SampledFind, SampleHistory } from './sample-history.ts'

/** Longest way into or out of the flat picture and longest stay in it, seconds. */
const LONGEST_RAMP = 2
export const LONGEST_HOLD = 1.5
/** Longest fade, seconds. */
export const LONGEST_FADE = 2 * LONGEST_RAMP + LONGEST_HOLD
/** Time after the last flat sample that is looked at, seconds. */
export const FADE_CONTEXT = LONGEST_RAMP + 0.2

/** Between two frames a short fade may pass its darkest point: this much contrast may then be left, ... */
const BOTTOM = 14
/** ... and this share of the contrast of either side. */
const DIP = 0.15
/** Samples beside the lowest point that must not be lower. */
const ASIDE = 3
/** Flat pictures that differ by less than this (of 255) are one stay. */
const STILL = 3
/** One side must take at least this long, seconds; else it is two cuts or a flash. */
const LEAST_RAMP = 0.09
/** A side whose largest step is more than this share of it is a cut. */
const STEP = 0.7
/** A fade into the same picture again is a fade only when it takes this long, seconds; else it is a flash. */
const SAME_PICTURE_SECONDS = 0.8
const SAME_PICTURE = 0.85

interface Ramp {
  /** sample number of the untouched picture */
  end: number
  /** 0 for a cut */
  seconds: number
}

/** The fade through black or white whose last flattest sample is `n`, or undefined. */
export function findFade(history: SampleHistory, n: number): SampledFind | undefined {
  if (!isBottom(history, n) || !isBlackOrWhite(history, n)) return undefined
  const into = rampFrom(history, holdBefore(history, n), -1)
  const out = rampFrom(history, n, 1)
  if (into === undefined || out === undefined || Math.max(into.seconds, out.seconds) < LEAST_RAMP) return undefined
  const seconds = sampleSeconds(history, out.end) - sampleSeconds(history, into.end)
  const same = structureCorrelation(cellsOf(history, into.end), cellsOf(history, out.end)) > SAME_PICTURE
  if (same && seconds < SAME_PICTURE_SECONDS) return undefined
  return { kind: 'fade', first: into.end + 1, last: out.end - 1, strength: 2 }
}

/**
 * Whether the contrast is lowest at `n` and rises after it. In a long stay in black noise makes several such points;
 * they give the same fade, of which the queue keeps one.
 */
function isBottom(history: SampleHistory, n: number): boolean {
  const contrast = (k: number): number => history.contrast[sampleSlot(k)] ?? 0
  if (n < ASIDE || n + ASIDE >= history.count || contrast(n) > BOTTOM || contrast(n + ASIDE) < contrast(n) + 1) return false
  for (let k = n - ASIDE; k < n + ASIDE; k++) if (contrast(k) < contrast(n) - 0.3) return false
  return true
}

function holdBefore(history: SampleHistory, n: number): number {
  const at = sampleSeconds(history, n)
  const bottom = cellsOf(history, n)
  let first = n
  while (first > oldestSample(history) && at - sampleSeconds(history, first) < LONGEST_HOLD) {
    if (cellDifference(bottom, cellsOf(history, first - 1)) > STILL) break
    first--
  }
  return first
}

/** Walks from flat sample `flat` outwards as long as the picture goes on growing out of it. */
function rampFrom(history: SampleHistory, flat: number, direction: 1 | -1): Ramp | undefined {
  const base = cellsOf(history, flat)
  const start = sampleSeconds(history, flat)
  const inReach = (k: number): boolean => k >= oldestSample(history) && k < history.count && Math.abs(sampleSeconds(history, k) - start) <= LONGEST_RAMP
  const distance = (k: number): number => (inReach(k) ? cellDifference(base, cellsOf(history, k)) : 0)
  let end = flat
  let far = 0
  let step = 0
  for (let k = flat + direction; inReach(k); k += direction) {
    const here = distance(k)
    // noise can hide the growth of a slow fade for a frame or two
    if (Math.max(here, distance(k + direction), distance(k + 2 * direction)) < far * 1.01 + 0.4) break
    step = Math.max(step, here - far)
    far = Math.max(far, here)
    end = k
  }
  const contrast = history.contrast[sampleSlot(end)] ?? 0
  const bottom = history.contrast[sampleSlot(flat)] ?? 0
  if (end === flat || contrast < FLAT || bottom > contrast * DIP) return undefined
  return { end, seconds: step > STEP * far ? 0 : Math.abs(sampleSeconds(history, end) - start) }
}
