import { CELLS, SMALL_FRAME } from './frame-planes.ts'
import type { GradualFind, TransitionKind } from './boundary.ts'

/** Samples a second for everything gradual: the first frame of each 1/32 s, so 24 to 30 fps keep every frame. */
export const SAMPLE_RATE = 32
const SLOTS = 512
const VALUES = 3 * CELLS

/** The last 16 s or more at up to 32 samples a second, oldest overwritten first. */
export interface SampleHistory {
  /** samples ever taken; the newest is `count - 1` */
  count: number
  readonly pts: Float64Array
  readonly seconds: Float64Array
  /** standard deviation of the luma cells, 0..127: how much there is to see */
  readonly contrast: Float32Array
  /** mean luma, 0..255 */
  readonly level: Float32Array
  /** 1 where a hard cut lies between this sample and the one before */
  readonly cut: Uint8Array
  /** mean absolute chroma, 0..127 */
  readonly colour: Float32Array
  readonly pictures: readonly Float32Array[]
  /** [1296] luma of the whole small frame */
  readonly lumas: readonly Uint8Array[]
  /** [48 + 27] mean luma of each column, then of each row */
  readonly profiles: readonly Float32Array[]
}

/** An empty history, about 1.8 MB. */
export function createSampleHistory(): SampleHistory {
  const all = new Float32Array(SLOTS * VALUES)
  return {
    count: 0,
    pts: new Float64Array(SLOTS),
    seconds: new Float64Array(SLOTS),
    contrast: new Float32Array(SLOTS),
    level: new Float32Array(SLOTS),
    cut: new Uint8Array(SLOTS),
    colour: new Float32Array(SLOTS),
    pictures: Array.from({ length: SLOTS }, (_, i) => all.subarray(i * VALUES, (i + 1) * VALUES)),
    lumas: Array.from({ length: SLOTS }, () => new Uint8Array(SMALL_FRAME.width * SMALL_FRAME.height)),
    profiles: Array.from({ length: SLOTS }, () => new Float32Array(SMALL_FRAME.width + SMALL_FRAME.height)),
  }
}

/** Slot of sample number `n`. */
export function sampleSlot(n: number): number {
  return n & (SLOTS - 1)
}

/** The oldest sample number still held. */
export function oldestSample(history: SampleHistory): number {
  return Math.max(0, history.count - SLOTS)
}

/** The cell means ([3 * 144]: Y, Cb, Cr) of sample number `n`. */
export function cellsOf(history: SampleHistory, n: number): Float32Array {
  const cells = history.pictures[sampleSlot(n)]
  if (cells === undefined) throw new RangeError(`sample ${n} is not in the history`)
  return cells
}

/** The luma ([1296]) of sample number `n`. */
export function lumaOf(history: SampleHistory, n: number): Uint8Array {
  const luma = history.lumas[sampleSlot(n)]
  if (luma === undefined) throw new RangeError(`sample ${n} is not in the history`)
  return luma
}

/** The column and row means ([48 + 27]) of sample number `n`. */
export function profileOf(history: SampleHistory, n: number): Float32Array {
  const profile = history.profiles[sampleSlot(n)]
  if (profile === undefined) throw new RangeError(`sample ${n} is not in the history`)
  return profile
}

/** Seconds of sample number `n`. */
export function sampleSeconds(history: SampleHistory, n: number): number {
  return history.seconds[sampleSlot(n)] ?? 0
}

/** Whether sample number `n` is the first after a hard cut. */
export function isAfterCut(history: SampleHistory, n: number): boolean {
  return history.cut[sampleSlot(n)] === 1
}

/** Sample numbers of the first and last frame of something. */
export interface SampleSpan {
  first: number
  last: number
}

/** Fewer samples than this show no transition, only a jump. */
const LEAST_SAMPLES = 4

/** The samples `length` seconds around sample `centre`, or undefined where there are too few or a gap. */
export function windowAround(history: SampleHistory, centre: number, length: number): SampleSpan | undefined {
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

/** A gradual transition in sample numbers, and how sure it is. */
export interface SampledFind extends SampleSpan {
  kind: TransitionKind
  strength: number
}

/** The same find in stream time. */
export function inStreamTime(history: SampleHistory, { first, last, kind, strength }: SampledFind): GradualFind {
  return {
    kind,
    strength,
    startPts: history.pts[sampleSlot(first)] ?? 0,
    endPts: history.pts[sampleSlot(last)] ?? 0,
    begin: sampleSeconds(history, first),
    end: sampleSeconds(history, last),
  }
}
