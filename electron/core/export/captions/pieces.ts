import type { CaptionWord } from './caption-words.ts'
import { endingOf } from './line-ends.ts'
import { inLines, lineWidthOf } from './lines.ts'
import { LEAST_MS, LONGEST_MS, MOST_LINES } from './reading-limits.ts'

// What one more caption costs, what it costs to end it where it ends, and what is bad in it: chosen so that what is said in one breath stays together,
// and long speech is parted at sentences, then clauses, then pauses, and only then anywhere (tried on the transcripts of LibriSpeech and real subtitles).
const ONE_MORE = 2
const END_COST = { sentence: 0, clause: 1, nothing: 4 }
const PAUSE_MS = 300
const SHORT_COLUMNS = 12
const TOO_SHORT = 1.5
const A_SECOND_TOO_LONG = 2
/** Who is silent for so long has come to an end. */
const SILENCE_MS = 2000
const SILENCE_INSIDE = 4
/** Of one that is full: several that are about as long are better than a full one and a rest. */
const FULL = 3

function costOfEnd(last: CaptionWord, next: CaptionWord | undefined): number {
  if (next === undefined) return 0
  const pauseMs = next.startMs - last.endMs
  const atMark = END_COST[endingOf(last.text)]
  return pauseMs < PAUSE_MS ? atMark : Math.min(atMark, 2 - Math.min(1.5, pauseMs / 1000))
}

function costInside(words: readonly CaptionWord[], lineWidth: number): number {
  const [first, last] = [words[0], words.at(-1)]
  if (first === undefined || last === undefined) return 0
  const ms = last.endMs - first.startMs
  const columns = lineWidthOf(words)
  const silences = words.filter((word, index) => index > 0 && word.startMs - (words[index - 1]?.endMs ?? 0) >= SILENCE_MS).length
  return FULL * (columns / (MOST_LINES * lineWidth)) ** 2 + (columns < SHORT_COLUMNS ? TOO_SHORT : 0) + (ms < LEAST_MS ? TOO_SHORT : 0)
    + A_SECOND_TOO_LONG * Math.max(0, ms - LONGEST_MS) / 1000 + silences * SILENCE_INSIDE
}

interface Parted { cost: number, from: number }

/** What the words [from, end) can be as one caption, from the shortest to the longest that can be read at once; one word always can. */
function* piecesBefore(words: readonly CaptionWord[], end: number, lineWidth: number): Generator<{ from: number, piece: CaptionWord[] }> {
  yield { from: end - 1, piece: words.slice(end - 1, end) }
  for (let from = end - 2; from >= 0; from -= 1) {
    const piece = words.slice(from, end)
    if (lineWidthOf(piece) > MOST_LINES * lineWidth + 1) return
    // Two lines may be filled so badly that fewer words do not fit and more do not either: the next ones are tried all the same.
    if (inLines(piece, lineWidth) !== null) yield { from, piece }
  }
}

/** For each number of words the cheapest way to part so many: what it costs, and where its last caption begins. */
function cheapestWays(words: readonly CaptionWord[], lineWidth: number): Parted[] {
  const ways: Parted[] = [{ cost: 0, from: 0 }]
  for (const [index, last] of words.entries()) {
    let cheapest: Parted = { cost: Infinity, from: index }
    for (const { from, piece } of piecesBefore(words, index + 1, lineWidth)) {
      const cost = (ways[from]?.cost ?? Infinity) + ONE_MORE + costInside(piece, lineWidth) + costOfEnd(last, words[index + 1])
      if (cost < cheapest.cost) cheapest = { cost, from }
    }
    ways.push(cheapest)
  }
  return ways
}

/**
 * Parts words that are said one after the other into captions that can be read at once: two lines, some seconds. Of all ways to
 * part them it takes the cheapest (as TeX breaks a paragraph: Knuth and Plass, 1981). Each word is in one piece, in order.
 */
export function readablePieces(words: readonly CaptionWord[], lineWidth: number): CaptionWord[][] {
  const ways = cheapestWays(words, lineWidth)
  const pieces: CaptionWord[][] = []
  for (let end = words.length; end > 0;) {
    const from = ways[end]?.from ?? 0
    pieces.push(words.slice(from, end))
    end = from
  }
  return pieces.toReversed()
}
