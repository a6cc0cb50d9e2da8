import { HALF_HEIGHT, HALF_PIXELS, HALF_WIDTH } from './frame-planes.ts'

/** Blocks of 6 x 4 half-size pixels (the lowest row of blocks is 5 high): 4 x 3. */
export const BLOCKS = 12
const BLOCK_WIDTH = 6
const ROW_EDGES = Int32Array.of(0, 4, 8, HALF_HEIGHT)

/** Reach of the search in half-size pixels: an eighth of the width between two frames. */
const REACH = 3
/** A block whose pixels differ by less than this on average (of 255) needs no search: sensor noise. */
const STILL = 1.5

interface Block {
  x: number
  y: number
  width: number
  height: number
}

const blocks: Block[] = Array.from({ length: BLOCKS }, (_, i) => {
  const row = Math.floor(i / 4)
  const y = ROW_EDGES[row] ?? 0
  return { x: (i % 4) * BLOCK_WIDTH, y, width: BLOCK_WIDTH, height: (ROW_EDGES[row + 1] ?? 0) - y }
})

/**
 * What of picture `b` cannot be found in picture `a` nearby: for each of the 12 blocks of `b`, the smallest mean
 * absolute difference (luma plus half of both chroma, 0..255) over shifts of up to 3 half-size pixels.
 * Pictures are [3 * 312] half-size planes; `out` is [12]. Returns the mean over the blocks.
 */
export function motionCompensatedDifference(a: Int16Array, b: Int16Array, out: Float32Array): number {
  let sum = 0
  for (let k = 0; k < BLOCKS; k++) {
    const block = blocks[k]
    if (block === undefined) continue
    const value = bestMatch(a, b, block)
    out[k] = value
    sum += value
  }
  return sum / BLOCKS
}

function bestMatch(a: Int16Array, b: Int16Array, block: Block): number {
  const area = block.width * block.height
  let best = lumaDifference(a, b, block, 0, Number.MAX_SAFE_INTEGER)
  let shift = 0
  if (best > STILL * area) {
    const top = Math.max(-REACH, -block.y)
    const bottom = Math.min(REACH, HALF_HEIGHT - block.height - block.y)
    const left = Math.max(-REACH, -block.x)
    const right = Math.min(REACH, HALF_WIDTH - block.width - block.x)
    for (let dy = top; dy <= bottom; dy++) {
      for (let dx = left; dx <= right; dx++) {
        const s = dy * HALF_WIDTH + dx
        const value = lumaDifference(a, b, block, s, best)
        if (value < best) {
          best = value
          shift = s
        }
      }
    }
  }
  return (best + chromaDifference(a, b, block, shift) / 2) / area
}

function lumaDifference(a: Int16Array, b: Int16Array, block: Block, shift: number, limit: number): number {
  let sum = 0
  for (let y = block.y; y < block.y + block.height; y++) {
    const start = y * HALF_WIDTH + block.x
    for (let i = start; i < start + block.width; i++) {
      const d = (b[i] ?? 0) - (a[i + shift] ?? 0)
      sum += d < 0 ? -d : d
    }
    if (sum >= limit) return sum
  }
  return sum
}

function chromaDifference(a: Int16Array, b: Int16Array, block: Block, shift: number): number {
  let sum = 0
  for (let y = block.y; y < block.y + block.height; y++) {
    const start = y * HALF_WIDTH + block.x + HALF_PIXELS
    for (let i = start; i < start + block.width; i++) {
      const d = (b[i] ?? 0) - (a[i + shift] ?? 0)
      const e = (b[i + HALF_PIXELS] ?? 0) - (a[i + shift + HALF_PIXELS] ?? 0)
      sum += (d < 0 ? -d : d) + (e < 0 ? -e : e)
    }
  }
  return sum
}
