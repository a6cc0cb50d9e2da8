/** Size of the frames the detector is fed with; ffmpeg scales to it with `flags=area`. */
export const SMALL_FRAME = { width: 48, height: 27 } as const

/** Half size, for motion search: 24x13 (the last row of 27 is left out). */
export const HALF_WIDTH = 24
export const HALF_HEIGHT = 13
export const HALF_PIXELS = HALF_WIDTH * HALF_HEIGHT

/** A third of the size, for everything slow: 16x9 cells of 3x3 pixels, which averages sensor noise away. */
export const CELL_COLUMNS = 16
export const CELL_ROWS = 9
export const CELLS = CELL_COLUMNS * CELL_ROWS

const FULL_PIXELS = SMALL_FRAME.width * SMALL_FRAME.height

/** One frame in the forms the decisions read. Luma 0..255; chroma is signed, about -128..127. */
export interface FramePlanes {
  /** [3 * 312] half-size Y, then Cb, then Cr */
  readonly half: Int16Array
  /** [3 * 144] cell means: Y, then Cb, then Cr */
  readonly cells: Float32Array
  /** scratch, [1296] each */
  readonly luma: Uint8Array
  readonly blue: Int16Array
  readonly red: Int16Array
}

/** Buffers for one frame; made once and filled again and again. */
export function createFramePlanes(): FramePlanes {
  return {
    half: new Int16Array(3 * HALF_PIXELS),
    cells: new Float32Array(3 * CELLS),
    luma: new Uint8Array(FULL_PIXELS),
    blue: new Int16Array(FULL_PIXELS),
    red: new Int16Array(FULL_PIXELS),
  }
}

/** Fills `planes` from rgb24 pixels. Full-range BT.601 weights (ITU-R BT.601-7, 2.5) in 8-bit fixed point. */
export function fillPlanes(pixels: Uint8Array, planes: FramePlanes): void {
  const { luma, blue, red } = planes
  for (let i = 0, p = 0; i < FULL_PIXELS; i++, p += 3) {
    const r = pixels[p] ?? 0
    const g = pixels[p + 1] ?? 0
    const b = pixels[p + 2] ?? 0
    luma[i] = (77 * r + 150 * g + 29 * b) >> 8
    blue[i] = (-43 * r - 85 * g + 128 * b) >> 8
    red[i] = (128 * r - 107 * g - 21 * b) >> 8
  }
  fillHalf(luma, planes.half, 0)
  fillHalf(blue, planes.half, HALF_PIXELS)
  fillHalf(red, planes.half, 2 * HALF_PIXELS)
  fillCells(luma, planes.cells, 0)
  fillCells(blue, planes.cells, CELLS)
  fillCells(red, planes.cells, 2 * CELLS)
}

function fillHalf(plane: Uint8Array | Int16Array, out: Int16Array, offset: number): void {
  let o = offset
  for (let y = 0; y < HALF_HEIGHT; y++) {
    let i = 2 * y * SMALL_FRAME.width
    for (let x = 0; x < HALF_WIDTH; x++, i += 2) {
      const below = i + SMALL_FRAME.width
      out[o++] = ((plane[i] ?? 0) + (plane[i + 1] ?? 0) + (plane[below] ?? 0) + (plane[below + 1] ?? 0)) >> 2
    }
  }
}

function fillCells(plane: Uint8Array | Int16Array, out: Float32Array, offset: number): void {
  const w = SMALL_FRAME.width
  let o = offset
  for (let y = 0; y < CELL_ROWS; y++) {
    let i = 3 * y * w
    for (let x = 0; x < CELL_COLUMNS; x++, i += 3) {
      let sum = 0
      for (let row = i; row < i + 3 * w; row += w) sum += (plane[row] ?? 0) + (plane[row + 1] ?? 0) + (plane[row + 2] ?? 0)
      out[o++] = sum / 9
    }
  }
}

/** Writes the mean luma of each column (48), then of each row (27), into `out`. */
export function fillProfile(luma: Uint8Array, out: Float32Array): void {
  const { width, height } = SMALL_FRAME
  out.fill(0)
  for (let y = 0, i = 0; y < height; y++) {
    let sum = 0
    for (let x = 0; x < width; x++, i++) {
      const value = luma[i] ?? 0
      sum += value
      out[x] = (out[x] ?? 0) + value / height
    }
    out[width + y] = sum / width
  }
}
