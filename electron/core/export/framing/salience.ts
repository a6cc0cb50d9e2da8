import type { Cells } from './small-grid.ts'
import { GRID } from './small-grid.ts'

const { width, height } = GRID

/** A shaking or panning hand moves the picture by no more than this many cells from one compared picture to the next. */
const FURTHEST_SHIFT = { x: 14, y: 4 }
/** Above this a cell counts as changed, however much: what moves must not pull the search for how the camera moves. */
const MOST_DIFFERENCE = 24
/** Noise and compression of a still picture stay below, in levels of 255 (measured here, 2026-11-21, on eight of the real videos). */
const NOISE_LEVELS = 3
/** More than this is not more motion but more contrast: a dark man before a dark wall moves as much as a white door before a black one. */
const MOST_MOTION = 8
/** People put what matters into the middle (T. Judd et al., "Learning to predict where humans look", ICCV 2009); mild, in shares of the picture. */
const CENTRE_SIGMA = 0.42

/** How much a picture draws the eye, column by column or row by row. */
export interface Profiles {
  /** What moves against the background. */
  motion: Float32Array
  /** What stands out by its colour. */
  contrast: Float32Array
}

export type Axis = 'x' | 'y'

export function cellsAlong(axis: Axis): number {
  return axis === 'x' ? width : height
}

const centrePrior = Float32Array.from({ length: width * height }, (_, index) => {
  const x = (index % width + 0.5) / width - 0.5
  const y = (Math.floor(index / width) + 0.5) / height - 0.5
  return Math.exp(-(x * x + y * y) / (2 * CENTRE_SIGMA * CENTRE_SIGMA))
})

function meanDifference(before: Float32Array, now: Float32Array, { x: dx, y: dy }: { x: number, y: number }): number {
  let sum = 0
  let count = 0
  for (let y = Math.max(0, -dy); y < Math.min(height, height - dy); y += 2) {
    for (let x = Math.max(0, -dx); x < Math.min(width, width - dx); x += 2) {
      sum += Math.min(MOST_DIFFERENCE, Math.abs((now[y * width + x] ?? 0) - (before[(y + dy) * width + x + dx] ?? 0)))
      count++
    }
  }
  return sum / count
}

/** How far the background moved: a cell of `now` is found that far away in `before`. */
function cameraShift(before: Float32Array, now: Float32Array): { x: number, y: number } {
  let best = { x: 0, y: 0 }
  // Standing still is what cameras do: another answer must be clearly better.
  let least = meanDifference(before, now, best) * 0.97
  for (let y = -FURTHEST_SHIFT.y; y <= FURTHEST_SHIFT.y; y++) {
    for (let x = -FURTHEST_SHIFT.x; x <= FURTHEST_SHIFT.x; x++) {
      const difference = meanDifference(before, now, { x, y })
      if (difference < least) { least = difference; best = { x, y } }
    }
  }
  return best
}

/** How far a value lies outside of all that was around its place before: edges that tremble by less than a cell are no motion. */
function outside(before: Float32Array, value: number, at: { x: number, y: number }): number {
  let low = 255
  let high = 0
  for (let y = Math.max(0, at.y - 1); y <= Math.min(height - 1, at.y + 1); y++) {
    for (let x = Math.max(0, at.x - 1); x <= Math.min(width - 1, at.x + 1); x++) {
      const other = before[y * width + x] ?? 0
      if (other < low) low = other
      if (other > high) high = other
    }
  }
  return Math.max(0, value - high, low - value)
}

function motionMap(before: Cells, now: Cells): Float32Array {
  const shift = cameraShift(before.luma, now.luma)
  return now.luma.map((value, index) => {
    const at = { x: index % width + shift.x, y: Math.floor(index / width) + shift.y }
    if (at.x < 0 || at.y < 0 || at.x >= width || at.y >= height) return 0
    return Math.min(MOST_MOTION, Math.max(0, outside(before.luma, value, at) - NOISE_LEVELS))
  })
}

const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Distance of a cell's colour from the mean of the picture, squared (R. Achanta et al., "Frequency-tuned salient region detection", CVPR 2009; in plain opponent colours). */
function contrastMap({ luma, redGreen, blueYellow }: Cells): Float32Array {
  const [l, r, b] = [mean(luma), mean(redGreen), mean(blueYellow)]
  return luma.map((value, index) => (value - l) ** 2 + ((redGreen[index] ?? 0) - r) ** 2 + ((blueYellow[index] ?? 0) - b) ** 2)
}

function profileOf(map: Float32Array, axis: Axis): Float32Array {
  const profile = new Float32Array(cellsAlong(axis))
  for (const [index, value] of map.entries()) {
    const at = axis === 'x' ? index % width : Math.floor(index / width)
    profile[at] = (profile[at] ?? 0) + value * (centrePrior[index] ?? 0)
  }
  return profile
}

/** `before` is a picture of the same shot a moment earlier; null for the first. */
export function profilesOf(before: Cells | null, now: Cells, axis: Axis): Profiles {
  const motion = before === null ? new Float32Array(cellsAlong(axis)) : profileOf(motionMap(before, now), axis)
  return { motion, contrast: profileOf(contrastMap(now), axis) }
}
