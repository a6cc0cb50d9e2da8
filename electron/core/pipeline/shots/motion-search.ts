import { HALF_HEIGHT, HALF_PIXELS, HALF_WIDTH } from './frame-planes.ts'

// read once: in loops this hot, some module loaders make every look at an import a call
const [row, plane] = [HALF_WIDTH, HALF_PIXELS]

/** Blocks of 6 x 4 half-size pixels (the lowest row of blocks is 5 high): 4 x 3. */
export const BLOCKS = 12
const BLOCK_WIDTH = 6
const ROW_EDGES = Int32Array.of(0, 4, 8, HALF_HEIGHT)

/** Reach of the search in half-size pixels: an eighth of the width between two frames. */
const REACH = 3
/** A block whose pixels differ by less than this on average (of 255) needs no search: sensor noise. */
const STILL = 1.5

/** Where a block lies: the first and last half-size pixel row and column, and how far it may be shifted. */
interface Block {
  x: number
  y: number
  width: number
  height: number
  area: number
  /** every shift of the block within REACH that stays in the picture, as an offset in half-size pixels */
  shifts: Int32Array
}

const blocks: readonly Block[] = Array.from({ length: BLOCKS }, (_, i) => {
  const line = Math.floor(i / 4)
  const x = (i % 4) * BLOCK_WIDTH
  const y = ROW_EDGES[line] ?? 0
  const height = (ROW_EDGES[line + 1] ?? 0) - y
  return { x, y, width: BLOCK_WIDTH, height, area: BLOCK_WIDTH * height, shifts: shiftsOf(x, y, height) }
})

function shiftsOf(x: number, y: number, height: number): Int32Array {
  const shifts: number[] = []
  for (let dy = -REACH; dy <= REACH; dy++) {
    for (let dx = -REACH; dx <= REACH; dx++) {
      const inside = y + dy >= 0 && y + dy + height <= HALF_HEIGHT && x + dx >= 0 && x + dx + BLOCK_WIDTH <= HALF_WIDTH
      if (inside) shifts.push(dy * HALF_WIDTH + dx)
    }
  }
  return Int32Array.from(shifts)
}

/** Two pictures ([3 * 312] half-size planes) to compare block by block. */
interface Pair {
  a: Int16Array
  b: Int16Array
}

/**
 * What of picture `b` cannot be found in picture `a` nearby: for each of the 12 blocks of `b`, the smallest mean
 * absolute difference (luma plus half of both chroma, 0..255) over shifts of up to 3 half-size pixels, into `out` ([12]).
 */
export function motionCompensatedDifference(a: Int16Array, b: Int16Array, out: Float32Array): void {
  const pair = { a, b }
  for (const [k, block] of blocks.entries()) out[k] = bestMatch(pair, block)
}

function bestMatch(pair: Pair, block: Block): number {
  let best = lumaDifference(pair, block, 0)
  let shift = 0
  if (best > STILL * block.area) {
    for (let i = 0; i < block.shifts.length; i++) {
      const s = block.shifts[i] ?? 0
      const value = lumaDifference(pair, block, s)
      if (value >= best) continue
      best = value
      shift = s
    }
  }
  return (best + chromaDifference(pair, block, shift) / 2) / block.area
}

function lumaDifference({ a, b }: Pair, block: Block, shift: number): number {
  let sum = 0
  for (let y = block.y; y < block.y + block.height; y++) {
    const start = y * row + block.x
    for (let i = start; i < start + block.width; i++) {
      const d = (b[i] ?? 0) - (a[i + shift] ?? 0)
      sum += d < 0 ? -d : d
    }
  }
  return sum
}

function chromaDifference({ a, b }: Pair, block: Block, shift: number): number {
  let sum = 0
  for (let y = block.y; y < block.y + block.height; y++) {
    const start = y * row + block.x + plane
    for (let i = start; i < start + block.width; i++) {
      const d = (b[i] ?? 0) - (a[i + shift] ?? 0)
      const e = (b[i + plane] ?? 0) - (a[i + shift + plane] ?? 0)
      sum += (d < 0 ? -d : d) + (e < 0 ? -e : e)
    }
  }
  return sum
}

/** Mean luma of block `k` (0..11), 0..255. */
export function blockLuma(picture: Int16Array, k: number): number {
  const block = blocks[k]
  if (block === undefined) return 0
  let sum = 0
  for (let y = block.y; y < block.y + block.height; y++) {
    const start = y * row + block.x
    for (let i = start; i < start + block.width; i++) sum += picture[i] ?? 0
  }
  return sum / block.area
}

/** Pearson correlation of the luma of two half-size pictures, -1..1; flat pictures give about 0. */
export function lumaCorrelation(a: Int16Array, b: Int16Array): number {
  let [sumA, sumB, aa, bb, ab] = [0, 0, 0, 0, 0]
  for (let i = 0; i < plane; i++) {
    const x = a[i] ?? 0
    const y = b[i] ?? 0
    sumA += x
    sumB += y
    aa += x * x
    bb += y * y
    ab += x * y
  }
  const n = plane
  const [meanA, meanB] = [sumA / n, sumB / n]
  return (ab / n - meanA * meanB) / Math.sqrt((aa / n - meanA ** 2 + 1) * (bb / n - meanB ** 2 + 1))
}
