import type { CaptionWord } from './caption-words.ts'
import { inLines, lineWidthOf } from './lines.ts'
import { LEAST_MS, LONGEST_MS, readingMs } from './reading-limits.ts'

/** What is shown at one time, not in lines yet. Whole milliseconds from the start of the clip. */
export interface Piece { startMs: number, endMs: number, words: CaptionWord[] }

export interface PacingOf { lineWidth: number, lengthMs: number }

/** What is said behind such a pause does not belong to what was before. */
const MOST_PAUSE_MS = 600

/** The two as one, where they can be read at once; else null. */
function together(one: Piece, other: Piece, lineWidth: number): Piece | null {
  const [first, ...others] = other.words
  const words = [...one.words, ...(first === undefined ? [] : [{ ...first, hasSpaceBefore: true }, ...others])]
  return inLines(words, lineWidth) === null ? null : { startMs: one.startMs, endMs: Math.max(one.endMs, other.endMs), words }
}

function columnsOf({ words }: Piece): number {
  return lineWidthOf(words)
}

/**
 * Two that are said at the same time: one after the other when the first can still be read, as one where both fit, else each has its
 * share of the time that both have.
 */
function apart(before: Piece, piece: Piece, lineWidth: number): Piece[] {
  const enough = Math.min(before.endMs - before.startMs, Math.max(LEAST_MS, readingMs(columnsOf(before))))
  if (piece.startMs - before.startMs >= enough) return [{ ...before, endMs: piece.startMs }, piece]
  const both = together(before, piece, lineWidth)
  if (both !== null) return [both]
  const endMs = Math.max(before.endMs, piece.endMs)
  const share = columnsOf(before) / (columnsOf(before) + columnsOf(piece))
  const parted = Math.round(before.startMs + (endMs - before.startMs) * share)
  return [{ ...before, endMs: parted }, { ...piece, startMs: parted, endMs }]
}

function withoutOverlaps(pieces: readonly Piece[], lineWidth: number): Piece[] {
  const clear: Piece[] = []
  for (const piece of pieces.toSorted((one, other) => one.startMs - other.startMs)) {
    const before = clear.at(-1)
    if (before === undefined || piece.startMs >= before.endMs) clear.push(piece)
    else clear.splice(-1, 1, ...apart(before, piece, lineWidth))
  }
  return clear
}

/** True when there is no room to show it for as long as it takes to read. */
function isHurried(piece: Piece, next: Piece | undefined, lengthMs: number): boolean {
  return (next?.startMs ?? lengthMs) - piece.startMs < LEAST_MS
}

/** True when both gain by being one: what is shown too short to be looked at, or to be read, and said in the same breath. */
function gainTogether(both: Piece, [one, other]: [Piece, Piece], { isOneHurried, isOtherHurried }: { isOneHurried: boolean, isOtherHurried: boolean }): boolean {
  if (other.startMs - one.endMs > MOST_PAUSE_MS || both.endMs - both.startMs > LONGEST_MS) return false
  const isReadable = (piece: Piece): boolean => readingMs(columnsOf(piece)) <= piece.endMs - piece.startMs
  return isOneHurried || isOtherHurried || (isReadable(both) && !isReadable(one))
}

function withShortOnesTogether(pieces: readonly Piece[], { lineWidth, lengthMs }: PacingOf): Piece[] {
  const paced: Piece[] = []
  for (const [index, piece] of pieces.entries()) {
    const before = paced.at(-1)
    const both = before === undefined ? null : together(before, piece, lineWidth)
    if (before === undefined || both === null) {
      paced.push(piece)
      continue
    }
    const hurried = { isOneHurried: isHurried(before, piece, lengthMs), isOtherHurried: isHurried(piece, pieces[index + 1], lengthMs) }
    if (gainTogether(both, [before, piece], hurried)) paced.splice(-1, 1, both)
    else paced.push(piece)
  }
  return paced
}

/** Each stays until it can be read, where there is room before the next. */
function longEnough(pieces: readonly Piece[], lengthMs: number): Piece[] {
  return pieces.map((piece, index) => {
    const wanted = piece.startMs + Math.max(LEAST_MS, readingMs(columnsOf(piece)))
    const room = pieces[index + 1]?.startMs ?? lengthMs
    return { ...piece, endMs: Math.max(piece.endMs, Math.min(wanted, room)) }
  })
}

/**
 * The pieces one after the other, none over another, each for as long as it takes to read where there is room. Only what has no time at all,
 * in a clip of a few milliseconds, is left out.
 */
export function paced(pieces: readonly Piece[], of: PacingOf): Piece[] {
  const clear = withShortOnesTogether(withoutOverlaps(pieces, of.lineWidth), of)
  return longEnough(clear, of.lengthMs).filter(({ startMs, endMs }) => endMs > startMs)
}
