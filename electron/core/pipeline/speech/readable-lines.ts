import type { HeardWord } from '../../ports.ts'

/** What is said in one go. Seconds, from wherever its words are counted. */
export interface HeardLine { text: string, start: number, end: number, words: HeardWord[] }

/** Two lines of 42 characters, which is what a viewer reads at once (Netflix's and the BBC's guidelines for subtitles say 42 and 37 a line). */
const MOST_CHARACTERS = 84
const LONGEST_SECONDS = 12
/** Between words of one sentence spoken in one breath it is less. */
const LEAST_PAUSE_SECONDS = 0.3

const SENTENCE_ENDS = /[.?!\u2026。！？｡؟۔।]/
const CLAUSE_ENDS = /[,;:—–،؛、，；：]/

interface Place { word: number, offset: number, worth: number }

/** Where each word begins and ends in the text; null when it can not be told. */
function offsetsOf({ text, words }: HeardLine): { from: number, to: number }[] | null {
  const offsets: { from: number, to: number }[] = []
  let at = 0
  for (const word of words) {
    const from = text.indexOf(word.text, at)
    if (from < 0) return null
    at = from + word.text.length
    offsets.push({ from, to: at })
  }
  return offsets
}

function worthOf(between: string, pauseSeconds: number, offMiddle: number): number | null {
  const mark = SENTENCE_ENDS.test(between) ? 2 : CLAUSE_ENDS.test(between) ? 1 : 0
  if (mark === 0 && pauseSeconds < LEAST_PAUSE_SECONDS) return null
  return mark + 2 * Math.min(1, pauseSeconds) - 2 * offMiddle
}

/** Where to part a line: at the end of a sentence, of a clause, at a pause, the nearer the middle the better. Null where there is none. */
function bestPlace(line: HeardLine): Place | null {
  const offsets = offsetsOf(line)
  if (offsets === null) return null
  const places = line.words.slice(1).flatMap((word, index): Place[] => {
    const [before, after, last] = [offsets[index], offsets[index + 1], line.words[index]]
    if (before === undefined || after === undefined || last === undefined) return []
    const between = line.text.slice(before.to, after.from)
    const space = between.search(/\s\S*$/)
    const offset = space < 0 ? after.from : before.to + space
    const worth = worthOf(between, word.start - last.end, Math.abs(after.from / line.text.length - 0.5))
    return worth === null ? [] : [{ word: index + 1, offset, worth }]
  })
  return places.reduce<Place | null>((best, place) => best === null || place.worth > best.worth ? place : best, null)
}

/**
 * Parts what is too long for a viewer to read at once (84 characters, 12 s) where it can be parted: at punctuation and pauses.
 * What has neither stays whole.
 */
export function readableLines(line: HeardLine): HeardLine[] {
  if (line.text.length <= MOST_CHARACTERS && line.end - line.start <= LONGEST_SECONDS) return [line]
  const place = bestPlace(line)
  const [last, next] = [line.words[(place?.word ?? 0) - 1], line.words[place?.word ?? 0]]
  if (place === null || last === undefined || next === undefined) return [line]
  const before = { text: line.text.slice(0, place.offset).trim(), start: line.start, end: Math.max(line.start, last.end), words: line.words.slice(0, place.word) }
  const after = { text: line.text.slice(place.offset).trim(), start: next.start, end: Math.max(next.start, line.end), words: line.words.slice(place.word) }
  return [...readableLines(before), ...readableLines(after)]
}
