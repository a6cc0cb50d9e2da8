import type { CaptionWord } from '../captions/caption-words.ts'
import { saidInClip } from '../captions/caption-words.ts'
import { lineWidthOf } from '../captions/lines.ts'
import { toAss } from '../captions/write-ass.ts'

const MOST_LINES = 4
/** Height of a line as a share of the picture's mean edge: words on a card are larger than captions. */
const LINE_SHARE = 0.075
const SMALLEST = 14
/** Width of a column in heights of a line, as captions have it. */
const COLUMN = 0.5
const SIDE_SHARE = 0.1
const LEAST_COLUMNS = 10

function inLines(words: readonly CaptionWord[], lineWidth: number): CaptionWord[][] {
  const lines: CaptionWord[][] = []
  for (const word of words) {
    const line = lines.at(-1)
    if (line === undefined || lineWidthOf([...line, word]) > lineWidth) lines.push([word])
    else line.push(word)
  }
  return lines
}

/** The line with an ellipsis behind it; a word goes where there is no room for it. */
function cutShort(line: readonly CaptionWord[], lineWidth: number): CaptionWord[] {
  const room = lineWidthOf(line) + 1 > lineWidth && line.length > 1 ? line.slice(0, -1) : line
  return room.map((word, index) => index === room.length - 1 ? { ...word, text: `${word.text}…`, columns: word.columns + 1 } : word)
}

/** The words in as few lines as they need; what is more than four lines ends with an ellipsis. */
export function cardLines(words: readonly CaptionWord[], lineWidth: number): CaptionWord[][] {
  const lines = inLines(words, lineWidth)
  return lines.slice(0, MOST_LINES).map((line, index) => index === MOST_LINES - 1 && lines.length > MOST_LINES ? cutShort(line, lineWidth) : line)
}

/** A title in the middle of a picture of this size, for so many seconds, as an ASS document: wrapped, in any script and direction, and no part of it can be a command. */
export function cardDocument(title: string, { width, height, seconds }: { width: number, height: number, seconds: number }): string {
  const fontSize = Math.max(SMALLEST, Math.round(Math.sqrt(width * height) * LINE_SHARE))
  const side = Math.round(width * SIDE_SHARE)
  const lineWidth = Math.max(LEAST_COLUMNS, Math.floor((width - 2 * side) / (fontSize * COLUMN)))
  const said = saidInClip({ startSeconds: 0, endSeconds: seconds, text: title, words: [] }, { start: 0, end: seconds }, lineWidth)
  const lines = cardLines(said?.words ?? [], lineWidth)
  const look = { width, height, font: 'Arial', fontSize, lineWidth, behind: 'nothing', position: 'middle', margins: { side: 0, vertical: 0 } } as const
  return toAss(lines.length === 0 ? [] : [{ startMs: 0, endMs: Math.ceil(seconds * 1000) + 1000, lines }], { look, highlight: false })
}
