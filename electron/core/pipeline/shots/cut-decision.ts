import { oldest, pictureOf, slotOf } from './frame-history.ts'
import { BLOCKS, motionCompensatedDifference } from './motion-search.ts'
import type { FrameHistory } from './frame-history.ts'

/** Frames this near (seconds) show how much the shot moves anyway. */
const NEIGHBOURHOOD = 0.27
/** A picture that comes back within this time (seconds) was covered by a flash or a glitch, not left. */
export const FLASH = 0.3
/** A cut is decided once frames up to this many seconds after it are known. */
export const CUT_CONTEXT = 0.31

/** Least unexplained change of a cut, 0..255: above sensor noise and compression in dark pictures. */
const LEAST_CHANGE = 5
/** A cut stands this many times above its neighbours (plus `STILL_FLOOR`). */
const LEAST_RATIO = 2.4
const STILL_FLOOR = 1
/** Change to expect in a shot when no neighbour is near enough to tell (key frames seconds apart). */
const UNKNOWN_MOTION = 6
/** The picture from before must stay gone: at least this share of the change must remain. */
const LASTING = 0.45
/** Frames looked at on each side for a picture that comes back. */
const PROBES = 9

const scratch = new Float32Array(BLOCKS)

/**
 * Unexplained change in the 5th quietest of 12 blocks, 0..255: two thirds of the picture changed at least this much,
 * so a caption or a person walking by does not count.
 */
export function wholePictureChange(a: Int16Array, b: Int16Array): number {
  motionCompensatedDifference(a, b, scratch)
  scratch.sort()
  return scratch[4] ?? 0
}

/** Whether frame number `n` is the first of a new shot. Looks at frames within CUT_CONTEXT seconds only. */
export function isCut(history: FrameHistory, n: number): boolean {
  const change = history.change[slotOf(n)] ?? 0
  if (n <= oldest(history) || change < LEAST_CHANGE) return false
  if (change < LEAST_RATIO * (usualChange(history, n) + STILL_FLOOR)) return false
  return staysGone(history, n, change * LASTING)
}

/** The second largest change near frame `n`: one other cut or flash nearby does not hide this one. */
function usualChange(history: FrameHistory, n: number): number {
  const at = history.seconds[slotOf(n)] ?? 0
  let first = 0
  let second = 0
  let seen = 0
  const look = (k: number): void => {
    const value = history.change[slotOf(k)] ?? 0
    seen++
    if (value > first) {
      second = first
      first = value
    } else if (value > second) second = value
  }
  for (let k = n - 1; k > oldest(history) && at - (history.seconds[slotOf(k)] ?? 0) <= NEIGHBOURHOOD; k--) look(k)
  const before = seen
  for (let k = n + 1; k < history.count && (history.seconds[slotOf(k)] ?? 0) - at <= NEIGHBOURHOOD; k++) look(k)
  if (before === 0 || seen === before) return Math.max(second, UNKNOWN_MOTION)
  return second
}

function staysGone(history: FrameHistory, n: number, least: number): boolean {
  const at = history.seconds[slotOf(n)] ?? 0
  let after = n
  while (after + 1 < history.count && (history.seconds[slotOf(after + 1)] ?? 0) - at <= FLASH) after++
  let before = n - 1
  while (before - 1 >= oldest(history) && at - (history.seconds[slotOf(before - 1)] ?? 0) <= FLASH) before--
  const last = pictureOf(history, n - 1)
  const stepAfter = Math.max(1, Math.ceil((after - n) / PROBES))
  for (let k = n + 1; k <= after; k += stepAfter) {
    if (wholePictureChange(last, pictureOf(history, k)) < least) return false
  }
  const first = pictureOf(history, n)
  const stepBefore = Math.max(1, Math.ceil((n - 1 - before) / PROBES))
  for (let k = n - 2; k >= before; k -= stepBefore) {
    if (wholePictureChange(pictureOf(history, k), first) < least) return false
  }
  return true
}
