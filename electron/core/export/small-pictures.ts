import type { SmallPicture } from '../ports.ts'

/** A picture, and those beside it in the source which the clip must not show instead. */
export interface ExpectedPicture { picture: SmallPicture, neighbours: SmallPicture[] }

/**
 * Mean difference of two 64x36 pictures above which they do not show the same, in levels of 255. Measured 2026-11-21 on
 * 12 sources at CRF 18: the same picture 0.04 to 1.2 for SDR, up to 2.4 for tone-mapped HDR; another shot 20 to 80.
 */
const SAME_PICTURE_LEVELS = 6

/** Two neighbours differ where a value changes by this much; less is lost in the compression. */
const VISIBLE_LEVELS = 5
/** So many values (of 6912) must differ before it can be told which of two neighbours is shown. */
const VISIBLE_VALUES = 24

/** Mean absolute difference in levels of 255. */
export function difference(one: Uint8Array, other: Uint8Array): number {
  let sum = 0
  for (const [index, value] of one.entries()) sum += Math.abs(value - (other[index] ?? 0))
  return sum / Math.max(1, one.length)
}

/** True when `shown` is nearer to `right` than to `wrong`, looking only where these two differ; true when they do not. */
export function isNearer(shown: Uint8Array, right: Uint8Array, wrong: Uint8Array): boolean {
  let values = 0
  let toRight = 0
  let toWrong = 0
  for (const [index, value] of shown.entries()) {
    const rightValue = right[index] ?? 0
    const wrongValue = wrong[index] ?? 0
    if (Math.abs(rightValue - wrongValue) < VISIBLE_LEVELS) continue
    values += 1
    toRight += Math.abs(value - rightValue)
    toWrong += Math.abs(value - wrongValue)
  }
  return values < VISIBLE_VALUES || toRight < toWrong
}

/** True when the clip shows the expected picture, and not the one beside it. */
export function showsExpected(shown: Uint8Array, { picture, neighbours }: ExpectedPicture): boolean {
  if (difference(shown, picture.pixels) > SAME_PICTURE_LEVELS) return false
  return neighbours.every((other) => isNearer(shown, picture.pixels, other.pixels))
}
