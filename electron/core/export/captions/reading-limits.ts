import stringWidth from 'string-width'

/** How much of a text can be read at once. */
export interface ReadingLimits {
  /** Columns of a line: a letter is one, a full-width one of Chinese, Japanese or Korean two. */
  lineWidth: number
}

/** 42 characters a line, as Netflix's "Timed Text Style Guide" has it for Latin scripts; for full-width ones that is 21 (the guide: 16 to 23). */
export const MOST_COLUMNS = 42
export const MOST_LINES = 2

/** Adults read 20 characters of a caption in a second (the same guide); of full-width letters, which are two columns, that is 10. */
const COLUMNS_A_SECOND = 20

/** What is shown for less is gone before it was looked at (the same guide: 5/6 s). */
export const LEAST_MS = 1000
/** What stays for longer is read twice (the same guide). */
export const LONGEST_MS = 7000

export const sidecarLimits: ReadingLimits = { lineWidth: MOST_COLUMNS }

/** Columns that a text takes. */
export function widthOf(text: string): number {
  return stringWidth(text)
}

/** How long it takes to read so many columns, in milliseconds. */
export function readingMs(columns: number): number {
  return Math.ceil(columns * 1000 / COLUMNS_A_SECOND)
}
