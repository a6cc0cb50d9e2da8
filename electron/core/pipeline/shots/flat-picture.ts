import { sampleSlot } from './sample-history.ts'
import type { SampleHistory } from './sample-history.ts'

/** Luma deviation of a picture with nothing in it: black or white with codec noise. */
export const FLAT = 5

/** How far from black or white (of 255) and from grey (of 127) a picture may be that is faded through. */
const NEAR_BLACK = 32
const NEAR_WHITE = 224
const NEAR_GREY = 14

/** Whether sample `n` is all black or all white, or near enough for the middle of a short fade. */
export function isBlackOrWhite(history: SampleHistory, n: number): boolean {
  const slot = sampleSlot(n)
  const level = history.level[slot] ?? 0
  return (level < NEAR_BLACK || level > NEAR_WHITE) && (history.colour[slot] ?? 0) < NEAR_GREY
}

/** Whether nothing can be seen in sample `n`, whatever its colour. */
export function isFlat(history: SampleHistory, n: number): boolean {
  return (history.contrast[sampleSlot(n)] ?? 0) < FLAT
}
