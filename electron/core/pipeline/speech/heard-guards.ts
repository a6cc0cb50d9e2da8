import type { HeardPiece, HeardWord } from '../../ports.ts'
import { isClosingLine, isEmptyMark } from './known-junk.ts'
import { repeatedLines } from './repetition.ts'

export type HeardSegment = HeardPiece['segments'][number]
export type RefusalReason = 'repeated' | 'on-silence' | 'backwards' | 'beyond-the-end' | 'known-junk' | 'too-fast'

/** Something the model said that nobody did. Seconds as the model has them. */
export interface HeardRefusal { reason: RefusalReason, text: string, start: number, end: number }

export interface HeardFacts {
  /** How long the piece is. */
  pieceSeconds: number
  /** Where a detector hears speech, in seconds of the piece; null where none was asked. */
  speech: { start: number, end: number }[] | null
}

export interface Judged { kept: HeardSegment[], refusals: HeardRefusal[] }

/**
 * Letters a second that nobody says: the fastest speaker on record (Steve Woodmore, 637 words a minute) says 50, at 4.7 letters an English
 * word. In the real outputs that the tests replay, what is right has at most 31.
 */
const MOST_LETTERS_PER_SECOND = 50
/** Of less, the times are too rough to tell: those of Whisper come in steps of 20 ms and are off by some of them. */
const FEWEST_LETTERS = 10
/** A syllable is about three letters; it is one character in Chinese and Korean, and two letters in Japanese are one. */
const LETTERS_OF_SYLLABLE = 3
const LETTERS_OF_KANA = 2
/** Times of Whisper may be off by this much, so that speech this near counts for a segment, and times that go back by less are mended. */
const ROUGHLY_SECONDS = 0.5
/**
 * Below this geometric mean of the probabilities of its words a line counts as unsure. Measured here: the real "Thanks for watching!" of a silent
 * file has 0.37; the 38 lines that a medium model hears in a clear talk have 0.67 and more.
 */
const SURE = 0.6

/** Temperatures at which a piece is decoded until it passes, of the six of Whisper's own fallback (0, 0.2, ... 1) those that differ most: each costs a whole decoding. */
const TEMPERATURES = [0, 0.4, 0.8]

/** The temperature to try after this one; null after the last: then what is refused is dropped. */
export function nextTemperature(temperature: number): number | null {
  return TEMPERATURES.find((next) => next > temperature) ?? null
}

function lettersOf(text: string): number {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0
  const syllables = count(/[\p{Script=Han}\p{Script=Hangul}]/gu)
  const kana = count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu)
  return count(/[\p{L}\p{N}]/gu) + syllables * (LETTERS_OF_SYLLABLE - 1) + kana * (LETTERS_OF_KANA - 1)
}

function isTooMuchFor(text: string, seconds: number): boolean {
  const letters = lettersOf(text)
  return letters >= FEWEST_LETTERS && letters > seconds * MOST_LETTERS_PER_SECOND
}

function speechBetween(speech: { start: number, end: number }[], from: number, to: number): number {
  return speech.reduce((sum, span) => sum + Math.max(0, Math.min(span.end, to) - Math.max(span.start, from)), 0)
}

function isOnSilence({ text, start, end }: HeardSegment, speech: HeardFacts['speech']): boolean {
  if (speech === null) return false
  const heard = speechBetween(speech, start - ROUGHLY_SECONDS, end + ROUGHLY_SECONDS)
  return heard === 0 || isTooMuchFor(text, heard)
}

function isSure(words: HeardWord[]): boolean {
  const logarithms = words.reduce((sum, { confidence }) => sum + Math.log(Math.max(confidence, Number.MIN_VALUE)), 0)
  return words.length > 0 && Math.exp(logarithms / words.length) >= SURE
}

function isJunk({ text, start, end, words }: HeardSegment, speech: HeardFacts['speech']): boolean {
  if (isEmptyMark(text)) return true
  if (!isClosingLine(text)) return false
  return !isSure(words) || (speech !== null && speechBetween(speech, start, end) < (end - start) / 2)
}

const clamp = (time: number, from: number, to: number): number => Math.min(Math.max(time, from), Math.max(from, to))

/** Words inside their segment, none before the one it follows. */
function wordsWithin(words: HeardWord[], start: number, end: number): HeardWord[] {
  let latest = start
  return words.map((word) => {
    latest = clamp(Number.isFinite(word.start) ? word.start : latest, latest, end)
    return { ...word, start: latest, end: clamp(Number.isFinite(word.end) ? word.end : latest, latest, end) }
  })
}

/** The segment with times that can be, where it is plain how they are meant; else what is wrong with them. */
function mended(segment: HeardSegment, earliest: number, pieceSeconds: number): HeardSegment | 'backwards' | 'beyond-the-end' {
  const { start, end, words } = segment
  if (!Number.isFinite(start) || !Number.isFinite(end)) return 'backwards'
  if (start < earliest - ROUGHLY_SECONDS || end < start - ROUGHLY_SECONDS) return 'backwards'
  const isBeyond = start >= pieceSeconds || words.filter((word) => word.start >= pieceSeconds).length > words.length / 2
  if (isBeyond) return 'beyond-the-end'
  const from = clamp(start, earliest, pieceSeconds)
  const to = clamp(end, from, pieceSeconds)
  return { ...segment, start: from, end: to, words: wordsWithin(words, from, to) }
}

function reasonAgainst(segment: HeardSegment, { speech }: HeardFacts): RefusalReason | null {
  if (isTooMuchFor(segment.text, segment.end - segment.start)) return 'too-fast'
  if (isJunk(segment, speech)) return 'known-junk'
  return isOnSilence(segment, speech) ? 'on-silence' : null
}

/**
 * Takes what the model made up out of what it heard in a piece. What is kept lies inside the piece, and neither its segments nor its words
 * begin before what they follow; its texts are untouched. What is refused says why, for the first reason there is.
 */
export function judge(piece: HeardPiece, facts: HeardFacts): Judged {
  const segments = piece.segments.filter(({ text }) => text.trim() !== '')
  const repeated = repeatedLines(segments.map(({ text }) => text.trim()))
  const judged: Judged = { kept: [], refusals: [] }
  let latest = 0
  for (const [index, segment] of segments.entries()) {
    const { text, start, end } = segment
    const timed = repeated.has(index) ? 'repeated' : mended(segment, latest, facts.pieceSeconds)
    const reason = typeof timed === 'string' ? timed : reasonAgainst(timed, facts)
    if (reason !== null || typeof timed === 'string') {
      judged.refusals.push({ reason: reason ?? 'repeated', text, start, end })
      continue
    }
    judged.kept.push(timed)
    latest = timed.words.at(-1)?.start ?? timed.start
  }
  return judged
}
