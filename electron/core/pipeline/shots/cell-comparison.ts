import { CELLS } from './frame-planes.ts'

/** Mean absolute difference over the cells, luma plus half of both chroma, 0..255 and a little. */
export function cellDifference(a: Float32Array, b: Float32Array): number {
  let luma = 0
  for (let i = 0; i < CELLS; i++) luma += Math.abs((a[i] ?? 0) - (b[i] ?? 0))
  let chroma = 0
  for (let i = CELLS; i < 3 * CELLS; i++) chroma += Math.abs((a[i] ?? 0) - (b[i] ?? 0))
  return (luma + chroma / 2) / CELLS
}

/**
 * Pearson correlation of the luma cells, -1..1: the same picture in other light gives 1, an unrelated one about 0.
 * Flat pictures have no structure to compare and give 0.
 */
export function structureCorrelation(a: Float32Array, b: Float32Array): number {
  let sumA = 0
  let sumB = 0
  let aa = 0
  let bb = 0
  let ab = 0
  for (let i = 0; i < CELLS; i++) {
    const x = a[i] ?? 0
    const y = b[i] ?? 0
    sumA += x
    sumB += y
    aa += x * x
    bb += y * y
    ab += x * y
  }
  const varA = aa / CELLS - (sumA / CELLS) ** 2
  const varB = bb / CELLS - (sumB / CELLS) ** 2
  const covariance = ab / CELLS - (sumA / CELLS) * (sumB / CELLS)
  return covariance / Math.sqrt((varA + 0.25) * (varB + 0.25))
}

/** How far picture `x` is on the straight way from `a` (0) to `b` (1): its projection on b - a, all planes. */
export function progressBetween(a: Float32Array, b: Float32Array, x: Float32Array): number {
  let along = 0
  let length = 0
  for (let i = 0; i < 3 * CELLS; i++) {
    const way = (b[i] ?? 0) - (a[i] ?? 0)
    along += way * ((x[i] ?? 0) - (a[i] ?? 0))
    length += way * way
  }
  return length === 0 ? 0 : along / length
}
