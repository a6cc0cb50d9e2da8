/** A piece of what is shown, and when it is said where the file knows; null: it goes on from the piece before. */
export interface CuePiece { text: string, atSeconds: number | null }

export type CueLine = CuePiece[]

/** What is shown at one time. Seconds from the first picture of the video. */
export interface Cue {
  startSeconds: number
  endSeconds: number
  lines: CueLine[]
}

/** The line as it is read. */
export function lineText(line: CueLine): string {
  return line.map((piece) => piece.text).join('')
}

/** How much of one cue is kept: far more than a screen holds, and little enough for any file. */
export const LONGEST_LINE = 2000
export const MOST_LINES = 20
