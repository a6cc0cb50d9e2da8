import { HALF_PIXELS } from './frame-planes.ts'

/** 2 s at 1000 fps. Faster input simply sees a shorter window. */
const SLOTS = 2048
const VALUES = 3 * HALF_PIXELS

/** The last frames at full rate, oldest overwritten first. Frames are named by their running number. */
export interface FrameHistory {
  /** frames ever pushed; the newest is `count - 1` */
  count: number
  readonly pts: Float64Array
  readonly seconds: Float64Array
  /** change from the frame before that motion does not explain, 0..255, of the block at the lower third */
  readonly change: Float32Array
  /** mean luma, 0..255 */
  readonly level: Float32Array
  readonly pictures: readonly Int16Array[]
}

/** An empty history, about 4 MB whatever the length of the video. */
export function createFrameHistory(): FrameHistory {
  const all = new Int16Array(SLOTS * VALUES)
  return {
    count: 0,
    pts: new Float64Array(SLOTS),
    seconds: new Float64Array(SLOTS),
    change: new Float32Array(SLOTS),
    level: new Float32Array(SLOTS),
    pictures: Array.from({ length: SLOTS }, (_, i) => all.subarray(i * VALUES, (i + 1) * VALUES)),
  }
}

/** Slot of frame number `n`. */
export function slotOf(n: number): number {
  return n & (SLOTS - 1)
}

/** The oldest frame number still held. */
export function oldest(history: FrameHistory): number {
  return Math.max(0, history.count - SLOTS)
}

/** The half-size planes of frame number `n`. */
export function pictureOf(history: FrameHistory, n: number): Int16Array {
  const picture = history.pictures[slotOf(n)]
  if (picture === undefined) throw new RangeError(`frame ${n} is not in the history`)
  return picture
}
