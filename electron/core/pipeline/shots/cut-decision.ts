import { oldest, pictureOf, slotOf } from './frame-history.ts'
import { blockLuma, BLOCKS, lumaCorrelation, motionCompensatedDifference } from './motion-search.ts'
import type { FrameHistory } from './frame-history.ts'

/** Frames this near (seconds) show how much the shot moves anyway. */
const NEIGHBOURHOOD = 0.27
/** A picture that comes back within this time (seconds) was covered by a flash or a glitch, not left. */
const FLASH = 0.3
/** A cut is decided once frames up to this many seconds after it are known. */
export const CUT_CONTEXT = 0.31

// Measured 2026-11-21 on made films (seeds 2 to 6) and on cuts between stretches of 20 real clips: true cuts change by 12
// or more and stand 3.4 times or more above their neighbours; nothing else that stays stands above 1.4 times.

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

/** Shots are not shorter than this, seconds: three frames of 30 fps. */
const SHORTEST_SHOT = 0.09
/** Share of the picture that may stay as it was. */
const MAY_STAY = 0.25
/** A block darker than this (mean luma of 255) in both pictures that changes less than this is a bar beside the picture. */
const DARK = 20
const STILL = 2
/** At most this many of the 12 blocks count as bars: a tall video in a wide frame has 6. */
const MOST_BARS = 6
/** Correlation from which two pictures are the same in other light: lamps, lightning, exposure. */
const RELIT = 0.93

const scratch = new Float32Array(BLOCKS)

/**
 * Unexplained change, 0..255, that about two thirds of the 12 blocks reach, bars left out: a caption or a person
 * walking by does not count.
 */
export function wholePictureChange(a: Int16Array, b: Int16Array): number {
  motionCompensatedDifference(a, b, scratch)
  let bars = 0
  for (let k = 0; k < BLOCKS && bars < MOST_BARS; k++) {
    if ((scratch[k] ?? 0) < STILL && blockLuma(a, k) < DARK && blockLuma(b, k) < DARK) bars++
  }
  scratch.sort()
  return scratch[bars + Math.floor(MAY_STAY * (BLOCKS - bars))] ?? 0
}

/** Whether frame number `n` is the first of a new shot. Looks at frames within CUT_CONTEXT seconds only. */
export function isCut(history: FrameHistory, n: number): boolean {
  const change = history.change[slotOf(n)] ?? 0
  if (n <= oldest(history) || change < LEAST_CHANGE) return false
  if (change < LEAST_RATIO * (usualChange(history, n) + STILL_FLOOR)) return false
  return isLargestNear(history, n) && !isRelit(history, n) && staysGone(history, n, change * LASTING)
}

/** Of several changes within SHORTEST_SHOT the largest is the cut, of equal ones the first. */
function isLargestNear(history: FrameHistory, n: number): boolean {
  const change = history.change[slotOf(n)] ?? 0
  for (let k = n - 1; isWithin(history, k, { of: n, seconds: SHORTEST_SHOT }); k--) {
    if ((history.change[slotOf(k)] ?? 0) >= change) return false
  }
  for (let k = n + 1; isWithin(history, k, { of: n, seconds: SHORTEST_SHOT }); k++) {
    if ((history.change[slotOf(k)] ?? 0) > change) return false
  }
  return true
}

function isWithin(history: FrameHistory, k: number, { of, seconds }: { of: number; seconds: number }): boolean {
  if (k < oldest(history) || k >= history.count) return false
  return Math.abs((history.seconds[slotOf(k)] ?? 0) - (history.seconds[slotOf(of)] ?? 0)) <= seconds
}

/** Whether frame `n` and the last within SHORTEST_SHOT after it are the one before in other light; at a fade's start only `n` is. */
function isRelit(history: FrameHistory, n: number): boolean {
  const before = pictureOf(history, n - 1)
  if (lumaCorrelation(before, pictureOf(history, n)) <= RELIT) return false
  let later = n
  while (isWithin(history, later + 1, { of: n, seconds: SHORTEST_SHOT })) later++
  return lumaCorrelation(before, pictureOf(history, later)) > RELIT
}

/** The second largest change near frame `n`: one other cut or flash nearby does not hide this one. */
function usualChange(history: FrameHistory, n: number): number {
  const near = { of: n, seconds: NEIGHBOURHOOD }
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
  for (let k = n - 1; k > oldest(history) && isWithin(history, k, near); k--) look(k)
  const before = seen
  for (let k = n + 1; isWithin(history, k, near); k++) look(k)
  if (before === 0 || seen === before) return Math.max(second, UNKNOWN_MOTION)
  return second
}

/** Whether what was seen just before stays away, and what is seen now was not there just before. */
function staysGone(history: FrameHistory, n: number, least: number): boolean {
  const before = pictureOf(history, n - 1)
  const now = pictureOf(history, n)
  return differsFrom(history, { picture: before, from: n, direction: 1 }, least) && differsFrom(history, { picture: now, from: n - 1, direction: -1 }, least)
}

interface Side {
  picture: Int16Array
  from: number
  direction: 1 | -1
}

/** Whether the frames within FLASH seconds beyond frame `from` all differ from `picture` by at least `least`. */
function differsFrom(history: FrameHistory, { picture, from, direction }: Side, least: number): boolean {
  const near = (k: number): boolean => isWithin(history, k, { of: from, seconds: FLASH })
  let far = from
  while (near(far + direction)) far += direction
  const stride = Math.max(1, Math.ceil(Math.abs(far - from) / PROBES)) * direction
  for (let k = from + direction; near(k); k += stride) {
    const other = pictureOf(history, k)
    // always what is new in the later picture, as in the change it is measured against
    if ((direction === 1 ? wholePictureChange(picture, other) : wholePictureChange(other, picture)) < least) return false
  }
  return true
}
