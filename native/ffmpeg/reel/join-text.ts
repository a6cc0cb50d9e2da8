import path from 'node:path'
import type { PieceOfPart, ReelJoin } from '../../../electron/core/reel-ports.ts'

/** A path in a list of files: in single quotes nothing has a meaning but the quote itself. */
function quoted(file: string): string {
  return `'file:${path.resolve(file).replaceAll('\'', String.raw`'\''`)}'`
}

/**
 * The list that ffmpeg's `concat` reads. Places are half a picture off, so that no rounding can take a picture too many or too few: it jumps to the last picture that can
 * be cut at before `inpoint`, and stops at the first one behind `outpoint`. When pictures are shown is counted anew in the join.
 */
export function listOfPieces(pieces: readonly PieceOfPart[], { num, den }: ReelJoin['frameRate']): string {
  const seconds = (frames: number): string => (frames * den / num).toFixed(6)
  const lines = pieces.map(({ path: file, from, frames }) => [
    `file ${quoted(file)}`,
    ...from === 0 ? [] : [`inpoint ${seconds(from + 0.5)}`],
    `outpoint ${seconds(from + frames - 0.5)}`,
  ].join('\n'))
  return `ffconcat version 1.0\n${lines.join('\n')}\n`
}

function escaped(text: string): string {
  return text.replaceAll('\0', '').replaceAll(/[=;#\\\n]/g, (sign) => `\\${sign}`)
}

/** Chapters as ffmpeg's own metadata format has them, in milliseconds. */
export function chaptersText(chapters: ReelJoin['chapters']): string {
  const milliseconds = (seconds: number): string => String(Math.round(seconds * 1000))
  const blocks = chapters.map(({ startSeconds, endSeconds, title }) =>
    ['[CHAPTER]', 'TIMEBASE=1/1000', `START=${milliseconds(startSeconds)}`, `END=${milliseconds(endSeconds)}`, `title=${escaped(title)}`].join('\n'))
  return `;FFMETADATA1\n${blocks.join('\n')}\n`
}
