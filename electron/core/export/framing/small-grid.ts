import type { PictureStream } from '../../facts.ts'

/** What a picture is looked at in: enough for a person in the distance, little enough for a film. Upright, squeezed, whatever its shape. */
export const GRID = { width: 96, height: 54 } as const

/** The size in which the decoder gives it: as the picture lies in the file. */
export function codedGrid({ rotationDegrees }: Pick<PictureStream, 'rotationDegrees'>): { width: number, height: number } {
  return rotationDegrees === 90 || rotationDegrees === 270 ? { width: GRID.height, height: GRID.width } : { ...GRID }
}

/** Brightness and two differences of colours of each cell, 0 to 255, upright. */
export interface Cells { luma: Float32Array, redGreen: Float32Array, blueYellow: Float32Array }

type Turn = Pick<PictureStream, 'rotationDegrees' | 'isMirrored'>

/** Where the cell at (x, y) of the upright picture lies in the coded one. */
function codedIndex({ rotationDegrees, isMirrored }: Turn, x: number, y: number): number {
  const { width, height } = codedGrid({ rotationDegrees })
  const [column, row] = ((): [number, number] => {
    switch (rotationDegrees) {
      case 0: return [x, y]
      case 90: return [y, height - 1 - x]
      case 180: return [width - 1 - x, height - 1 - y]
      case 270: return [width - 1 - y, x]
    }
  })()
  return (isMirrored ? height - 1 - row : row) * width + column
}

/** A picture of the decoder (rgb24) as cells. */
export function cellsOf(pixels: Uint8Array, turn: Turn): Cells {
  const count = GRID.width * GRID.height
  const cells = { luma: new Float32Array(count), redGreen: new Float32Array(count), blueYellow: new Float32Array(count) }
  for (let index = 0; index < count; index++) {
    const at = 3 * codedIndex(turn, index % GRID.width, Math.floor(index / GRID.width))
    const [red, green, blue] = [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0]
    cells.luma[index] = 0.299 * red + 0.587 * green + 0.114 * blue
    cells.redGreen[index] = red - green
    cells.blueYellow[index] = blue - (red + green) / 2
  }
  return cells
}
