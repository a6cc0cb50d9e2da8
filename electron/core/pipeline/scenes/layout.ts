import { SMALL_FRAME } from '../shots/detector.ts'

/** Mean colour of each cell of a picture: three numbers a cell, 0 to 255. */
export type Layout = Uint8Array

/** Cells of 4 x 3 pixels of the small frame: 12 x 9 of them, so that what moves a little stays where it is. */
const CELL = { width: 4, height: 3 }
const COLUMNS = SMALL_FRAME.width / CELL.width
const ROWS = SMALL_FRAME.height / CELL.height

/** What is where in a small rgb24 picture. */
export function layoutOf(pixels: Uint8Array): Layout {
  const sums = new Uint32Array(COLUMNS * ROWS * 3)
  for (let at = 0; at < SMALL_FRAME.width * SMALL_FRAME.height; at++) {
    const column = Math.floor(at % SMALL_FRAME.width / CELL.width)
    const row = Math.floor(at / SMALL_FRAME.width / CELL.height)
    const cell = (row * COLUMNS + column) * 3
    for (let channel = 0; channel < 3; channel++) sums[cell + channel] = (sums[cell + channel] ?? 0) + (pixels[at * 3 + channel] ?? 0)
  }
  return Uint8Array.from(sums, (sum) => sum / (CELL.width * CELL.height))
}

/** 0 (the same) to 1 (black and white) between two pictures. */
export function layoutDistance(a: Layout, b: Layout): number {
  return a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0) / (255 * Math.max(1, a.length))
}
