/** How far apart they may be: less than a picture at any usual rate. */
const WINDOW_SECONDS = 0.5
const FARTHEST_SECONDS = 0.06
/** Quieter than this (mean square) nothing can be compared; a whisper is 100 times as loud. */
const SILENCE = 1e-8
/** The right place must be as good as this share of the best one: a tone is as good one wave later. */
const AS_GOOD = 0.98
/** Less than this is no likeness: what AAC leaves of a beep in the silence around it is like nothing. */
const ALIKE = 0.5
/** Nothing can be clearly more alike. */
const CLEARLY = 0.99

/** Samples of one channel. */
export interface Heard { samples: Float32Array, rateHz: number }

function product(one: Float32Array, other: Float32Array, { at, count, lag }: { at: number, count: number, lag: number }): number {
  let sum = 0
  for (let index = 0; index < count; index++) sum += (one[at + index] ?? 0) * (other[at + index + lag] ?? 0)
  return sum
}

/** From 0 to 1 for how alike they are; what is only loud is not. */
function likeness(one: Float32Array, other: Float32Array, { at, count, lag }: { at: number, count: number, lag: number }): number {
  const energy = product(other, other, { at: at + lag, count, lag: 0 })
  return energy / count < SILENCE ? 0 : product(one, other, { at, count, lag }) / Math.sqrt(energy * product(one, one, { at, count, lag: 0 }))
}

/**
 * By how many seconds `heard` is later (+) or earlier (-) than `meant`; null where there is nothing to compare by: silence, or no likeness at all. Both begin at the same
 * time. 0 wherever that place is as good as the best one.
 */
export function secondsOutOfStep(meant: Heard, heard: Heard): number | null {
  const { rateHz } = meant
  const farthest = Math.round(FARTHEST_SECONDS * rateHz)
  const count = Math.min(Math.round(WINDOW_SECONDS * rateHz), meant.samples.length - 2 * farthest, heard.samples.length - 2 * farthest)
  if (count <= 0) return null
  const at = farthest
  if (product(meant.samples, meant.samples, { at, count, lag: 0 }) / count < SILENCE) return null
  const here = likeness(meant.samples, heard.samples, { at, count, lag: 0 })
  if (here >= CLEARLY) return 0
  let best = { lag: 0, value: here }
  for (let lag = -farthest; lag <= farthest; lag++) {
    const value = likeness(meant.samples, heard.samples, { at, count, lag })
    if (value > best.value) best = { lag, value }
  }
  if (best.value <= ALIKE) return null
  return here >= best.value * AS_GOOD ? 0 : best.lag / rateHz
}
