import type { PictureStream } from '../../facts.ts'

/** Pictures a second as a fraction: 30000/1001 and never 29.97. */
export interface FrameRate { num: number, den: number }

const NTSC = [24, 30, 48, 60, 120]

/** Rates that cameras and editors have. */
const USUAL: FrameRate[] = [
  ...[10, 12, 15, 20, 24, 25, 30, 48, 50, 60, 100, 120].map((num) => ({ num, den: 1 })),
  ...NTSC.map((whole) => ({ num: whole * 1000, den: 1001 })),
]

/** Rates that a sequence can have in every editor that reads these lists. */
const OF_SEQUENCES: FrameRate[] = [
  ...[24, 25, 30, 50, 60].map((num) => ({ num, den: 1 })), ...[24, 30, 60].map((whole) => ({ num: whole * 1000, den: 1001 })),
]

export const perSecond = ({ num, den }: FrameRate): number => num / den

export function isSameRate(one: FrameRate, other: FrameRate): boolean {
  return one.num * other.den === other.num * one.den
}

/** As a number for people: 25, 29.97, 23.976. */
export function rateText(rate: FrameRate): string {
  return String(Number(perSecond(rate).toFixed(3)))
}

/** Pictures that are counted in a second of timecode: 30 for 29.97. */
export const counted = (rate: FrameRate): number => Math.round(perSecond(rate))

const away = (rate: FrameRate, from: number): number => Math.abs(perSecond(rate) / from - 1)

function nearestOf(rates: readonly FrameRate[], to: number): FrameRate {
  return rates.reduce((best, rate) => away(rate, to) < away(best, to) ? rate : best)
}

// 23.976 and 24 are a thousandth apart; what a file says is rounded far finer.
const SAME = 0.0002

/** Whole numbers, and those that are a thousandth slower: the only ones for which there is timecode. */
function exactly(said: FrameRate): FrameRate | null {
  const rate = perSecond(said)
  const usual = nearestOf(USUAL, rate)
  if (away(usual, rate) < SAME) return usual
  return Number.isInteger(rate) && rate > 0 && rate <= 1000 ? { num: rate, den: 1 } : null
}

/**
 * The constant rate of the pictures, exactly; null where they have none, or one for which there is no timecode (12.5). Rows of older
 * libraries only know an average: then it is the nearest usual rate within half a percent.
 */
export function constantRate({ isVariableRate, gridRate, frameRate }: PictureStream): FrameRate | null {
  if (isVariableRate || frameRate === null) return null
  if (gridRate !== undefined) return exactly(gridRate)
  const usual = nearestOf(USUAL, frameRate)
  return away(usual, frameRate) < 0.005 ? usual : null
}

/**
 * What pictures that have no constant rate are brought to: the grid that has a place for each of them, where sequences have that rate; else what is nearest to
 * their average; 30 where not even that is known.
 */
export function conformedRate({ gridRate, frameRate }: PictureStream): FrameRate {
  const grid = gridRate === undefined ? null : exactly(gridRate)
  return OF_SEQUENCES.find((rate) => grid !== null && isSameRate(rate, grid)) ?? nearestOf(OF_SEQUENCES, frameRate ?? 30)
}

/** A rate for a sequence of such clips: their own, or the lowest that shows each of their pictures equally long, or the nearest. */
export function sequenceRate(rate: FrameRate): FrameRate {
  const whole = OF_SEQUENCES.filter((of) => Number.isInteger(of.num * rate.den / (of.den * rate.num)))
  return whole.length === 0 ? nearestOf(OF_SEQUENCES, perSecond(rate)) : whole.reduce((best, of) => perSecond(of) < perSecond(best) ? of : best)
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other)
}

/** How long so many pictures last: whole seconds as a fraction in lowest terms. Exact up to 2^53 / 1001 pictures. */
export function lengthOf(frames: number, rate: FrameRate): { num: number, den: number } {
  const num = frames * rate.den
  const shared = greatestCommonDivisor(num, rate.num) || 1
  return { num: num / shared, den: rate.num / shared }
}
