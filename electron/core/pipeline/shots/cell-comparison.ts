import { CELL_COLUMNS, CELL_ROWS, CELLS } from './frame-planes.ts'

// read once: in loops this hot, some module loaders make every look at an import a call
const [columns, rows, cells] = [CELL_COLUMNS, CELL_ROWS, CELLS]

/** Mean absolute difference over the cells, luma plus half of both chroma, 0..255 and a little. */
export function cellDifference(a: Float32Array, b: Float32Array): number {
  let luma = 0
  for (let i = 0; i < cells; i++) luma += Math.abs((a[i] ?? 0) - (b[i] ?? 0))
  let chroma = 0
  for (let i = cells; i < 3 * cells; i++) chroma += Math.abs((a[i] ?? 0) - (b[i] ?? 0))
  return (luma + chroma / 2) / cells
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
  for (let i = 0; i < cells; i++) {
    const x = a[i] ?? 0
    const y = b[i] ?? 0
    sumA += x
    sumB += y
    aa += x * x
    bb += y * y
    ab += x * y
  }
  const varA = aa / cells - (sumA / cells) ** 2
  const varB = bb / cells - (sumB / cells) ** 2
  const covariance = ab / cells - (sumA / cells) * (sumB / cells)
  return covariance / Math.sqrt((varA + 0.25) * (varB + 0.25))
}

/** How far picture `x` is on the straight way from `a` (0) to `b` (1): its projection on b - a, all planes. */
export function progressBetween(a: Float32Array, b: Float32Array, x: Float32Array): number {
  let along = 0
  let length = 0
  for (let i = 0; i < 3 * cells; i++) {
    const way = (b[i] ?? 0) - (a[i] ?? 0)
    along += way * ((x[i] ?? 0) - (a[i] ?? 0))
    length += way * way
  }
  return length === 0 ? 0 : along / length
}

/** Cells darker than this (of 255) in both pictures are bars beside the picture. */
const BAR = 20
/** A tall video in a wide frame fills a third of it; less is a title on black. */
const LEAST_SEEN = cells / 3

/** Share of the cells (0..1), without black bars, that differ by more than `least` in luma plus half of both chroma. */
export function changedShare(a: Float32Array, b: Float32Array, least: number): number {
  let changed = 0
  let seen = 0
  for (let i = 0; i < cells; i++) {
    if ((a[i] ?? 0) > BAR || (b[i] ?? 0) > BAR) seen++
    if (difference(a, b, i) > least) changed++
  }
  return Math.min(1, changed / Math.max(seen, LEAST_SEEN))
}

function difference(a: Float32Array, b: Float32Array, cell: number): number {
  const blue = cell + cells
  const red = blue + cells
  const chroma = Math.abs((a[blue] ?? 0) - (b[blue] ?? 0)) + Math.abs((a[red] ?? 0) - (b[red] ?? 0))
  return Math.abs((a[cell] ?? 0) - (b[cell] ?? 0)) + chroma / 2
}

/** Cells that change less than this (of 255) say nothing about how they change. */
const TELLING = 12

/** Share of the changing cells that are neither still as in `a` nor already as in `b` in picture `x`: high in a dissolve. */
export function mixedShare(a: Float32Array, b: Float32Array, x: Float32Array): number {
  let telling = 0
  let mixed = 0
  for (let i = 0; i < cells; i++) {
    const way = (b[i] ?? 0) - (a[i] ?? 0)
    if (Math.abs(way) < TELLING) continue
    telling++
    const progress = ((x[i] ?? 0) - (a[i] ?? 0)) / way
    if (progress > 0.2 && progress < 0.8) mixed++
  }
  return telling === 0 ? 1 : mixed / telling
}

/** Mean absolute luma difference over the cells, 0..255. */
export function lumaDifference(a: Float32Array, b: Float32Array): number {
  return differenceAt(a, b, { dx: 0, dy: 0 })
}

/** The least mean luma difference of `b` and `a` shifted as a whole by up to `reach` cells, where they overlap, 0..255. */
export function shiftedDifference(a: Float32Array, b: Float32Array, reach: { x: number; y: number }): number {
  let best = Number.POSITIVE_INFINITY
  for (let dy = -reach.y; dy <= reach.y; dy++) {
    for (let dx = -reach.x; dx <= reach.x; dx++) best = Math.min(best, differenceAt(a, b, { dx, dy }))
  }
  return best
}

function differenceAt(a: Float32Array, b: Float32Array, { dx, dy }: { dx: number; dy: number }): number {
  let sum = 0
  let count = 0
  for (let y = Math.max(0, -dy); y < Math.min(rows, rows - dy); y++) {
    for (let x = Math.max(0, -dx); x < Math.min(columns, columns - dx); x++) {
      sum += Math.abs((b[y * columns + x] ?? 0) - (a[(y + dy) * columns + x + dx] ?? 0))
      count++
    }
  }
  return sum / count
}
