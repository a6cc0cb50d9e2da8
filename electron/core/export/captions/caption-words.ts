import type { SpokenSegment } from '../clip-lookup.ts'
import { belongsBefore, belongsBehind, mayNotBegin, mayNotEnd } from './line-ends.ts'
import { widthOf } from './reading-limits.ts'

/** A piece of text that no line break may part. Whole milliseconds from the start of the clip. */
export interface CaptionWord {
  text: string
  /** How wide it is (`widthOf`); counting is slow, so once. */
  columns: number
  /** A space stands before it, unless it begins a line. */
  hasSpaceBefore: boolean
  startMs: number
  endMs: number
  /** When it is said is known, and not only when its whole segment is. */
  isTimed: boolean
}

/** A piece of text that no line break may part, and where in the text it stands. */
interface Atom { text: string, hasSpaceBefore: boolean, from: number, to: number }

const denseScript = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const onlyHiragana = /^\p{Script=Hiragana}+$/u
/** A Japanese word with what hangs on it (particles, endings) is hardly longer. */
const LONGEST_PHRASE = 14

const words = new Intl.Segmenter(undefined, { granularity: 'word' })
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** True when both belong on one line. In Japanese what hangs on a word is written in hiragana, and most words begin with something else. */
function belongTogether(before: string, after: string): boolean {
  if (mayNotBegin(after) || mayNotEnd(before)) return true
  return onlyHiragana.test(after) && widthOf(before + after) <= LONGEST_PHRASE
}

/** Of a script without spaces: word by word, with the marks where they belong. A space that is there all the same goes to what follows. */
function denseAtoms(text: string): string[] {
  const atoms: string[] = []
  let space = ''
  for (const { segment } of words.segment(text)) {
    if (segment.trim() === '') {
      space += segment
      continue
    }
    const last = atoms.at(-1)
    if (last !== undefined && belongTogether(last, segment)) atoms[atoms.length - 1] = last + space + segment
    else atoms.push(space + segment)
    space = ''
  }
  return atoms
}

/** The last letters of a piece that have to go with what follows them, so that it begins with something that may begin a line. Taken off the piece. */
function takenAlong(piece: string[], next: string): string[] {
  let from = piece.length
  while (from > 1 && mayNotBegin((piece[from] ?? next).trim())) from -= 1
  return piece.splice(from)
}

/** What is longer than a line (an address, a hum) in pieces that are not. */
function fitting(text: string, lineWidth: number): string[] {
  if (widthOf(text) <= lineWidth) return [text]
  const pieces: string[] = []
  let piece: string[] = []
  let space = ''
  for (const { segment } of graphemes.segment(text)) {
    if (segment.trim() === '') {
      space += segment
      continue
    }
    const next = space + segment
    space = ''
    if (piece.length > 0 && widthOf(piece.join('') + next) > lineWidth) {
      const along = takenAlong(piece, next)
      pieces.push(piece.join(''))
      piece = along
    }
    piece.push(next)
  }
  return [...pieces, piece.join('')]
}

/** "well—known" may be parted behind the dash. */
function atDashes(text: string): string[] {
  return text.split(/(?<=[\p{L}\p{N}][—]+)(?=[\p{L}\p{N}])/u)
}

/** What stands between spaces, with the marks that stand alone where they belong. */
function chunksOf(text: string): { text: string, from: number }[] {
  const chunks: { text: string, from: number }[] = []
  for (const { 0: chunk, index } of text.matchAll(/\S+/gu)) {
    const last = chunks.at(-1)
    if (last !== undefined && (belongsBefore(chunk) || belongsBehind(last.text.split(' ').at(-1) ?? ''))) last.text = text.slice(last.from, index + chunk.length)
    else chunks.push({ text: chunk, from: index })
  }
  return chunks
}

/** The text in pieces that no line break may part. */
function atomsOf(text: string, lineWidth: number): Atom[] {
  return chunksOf(text).flatMap((chunk) => {
    const pieces = denseScript.test(chunk.text) ? denseAtoms(chunk.text) : atDashes(chunk.text)
    let from = chunk.from
    return pieces.flatMap((piece) => fitting(piece, lineWidth)).map((piece, index) => {
      const atom = { text: piece.trim(), hasSpaceBefore: index === 0 || /^\s/u.test(piece), from, to: from + piece.length }
      from = atom.to
      return atom
    })
  }).filter((atom) => atom.text !== '')
}

interface PlacedWord { from: number, to: number, start: number, end: number }

/** Where the words stand in the text. Null where they are not those of the text. */
function placedWords(text: string, said: SpokenSegment['words']): PlacedWord[] | null {
  const placed: PlacedWord[] = []
  let at = 0
  for (const word of said) {
    const wanted = word.text.trim()
    const from = text.indexOf(wanted, at)
    if (from < 0) return null
    at = from + wanted.length
    placed.push({ from, to: at, start: word.start, end: Math.max(word.start, word.end) })
  }
  return placed
}

/** Text and words that fit together: where the words are others than those of the text, they are the text, because their times are worth more. */
function textAndWords({ text, words: said }: SpokenSegment): { text: string, placed: PlacedWord[] } {
  const tidy = (raw: string): string => raw.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
  const spoken = said.map((word) => ({ ...word, text: tidy(word.text) })).filter((word) => word.text !== '')
  const written = tidy(text)
  const placed = placedWords(written, spoken)
  if (placed !== null) return { text: written, placed }
  const joined = spoken.map((word) => word.text).join(' ')
  return { text: joined, placed: placedWords(joined, spoken) ?? [] }
}

/** A word in seconds of the video. */
interface SaidAtom extends Atom { start: number, end: number, isTimed: boolean }

/** A mark without a word of its own ("♪") is there when what stands before it has been said. */
function withWordTimes(atoms: Atom[], placed: PlacedWord[]): SaidAtom[] {
  let before = placed[0]?.start ?? 0
  return atoms.map((atom) => {
    const own = placed.filter((word) => word.from < atom.to && word.to > atom.from)
    const [first, last] = [own[0], own.at(-1)]
    if (first === undefined || last === undefined) return { ...atom, start: before, end: before, isTimed: false }
    // A word that is longer than a line stands in several atoms: its time is shared by its letters.
    const within = (word: PlacedWord, at: number): number => word.start + (word.end - word.start) * Math.min(1, Math.max(0, (at - word.from) / (word.to - word.from)))
    const start = within(first, atom.from)
    const end = Math.max(start, within(last, atom.to))
    before = end
    return { ...atom, start, end, isTimed: true }
  })
}

function withSharedTimes(atoms: Atom[], { start, end }: { start: number, end: number }): SaidAtom[] {
  const columns = atoms.reduce((sum, atom) => sum + widthOf(atom.text) + 1, 0)
  let passed = 0
  return atoms.map((atom) => {
    const from = passed
    passed += widthOf(atom.text) + 1
    return { ...atom, start: start + (end - start) * from / columns, end: start + (end - start) * passed / columns, isTimed: false }
  })
}

/** Seconds of the video. */
export interface ClipSpan { start: number, end: number }

/**
 * Of a segment whose words have no times the letters share its time. Where most of it is in the clip all of it is, in the time that is there:
 * better a sentence that is whole than one that was cut by a guess.
 */
function sharedTimeOf({ startSeconds, endSeconds }: SpokenSegment, clip: ClipSpan): { start: number, end: number } {
  const inside = { start: Math.max(startSeconds, clip.start), end: Math.min(endSeconds, clip.end) }
  return (inside.end - inside.start) * 2 >= endSeconds - startSeconds ? inside : { start: startSeconds, end: endSeconds }
}

/** What of a segment is said in a clip, in order; `startMs` and `endMs` are those of all of it: a segment that is whole is shown for as long as it says itself. */
export interface SaidInClip { startMs: number, endMs: number, words: CaptionWord[] }

/**
 * The words of a segment that are said in a clip: those that have their middle in it. Null when there is none.
 * No word is wider than `lineWidth`.
 */
export function saidInClip(segment: SpokenSegment, clip: ClipSpan, lineWidth: number): SaidInClip | null {
  const { text, placed } = textAndWords(segment)
  const atoms = atomsOf(text, lineWidth)
  const said = placed.length > 0 ? withWordTimes(atoms, placed) : withSharedTimes(atoms, sharedTimeOf(segment, clip))
  const kept = said.filter(({ start, end }) => (start + end) / 2 >= clip.start && (start + end) / 2 < clip.end)
  const [first, last] = [kept[0], kept.at(-1)]
  if (first === undefined || last === undefined) return null
  const lengthMs = Math.round((clip.end - clip.start) * 1000)
  const toMs = (seconds: number): number => Math.min(lengthMs, Math.max(0, Math.round((seconds - clip.start) * 1000)))
  return {
    startMs: toMs(first === said[0] ? Math.min(segment.startSeconds, first.start) : first.start),
    endMs: toMs(last === said.at(-1) ? Math.max(segment.endSeconds, last.end) : last.end),
    words: kept.map(({ text, hasSpaceBefore, start, end, isTimed }) => ({ text, columns: widthOf(text), hasSpaceBefore, startMs: toMs(start), endMs: toMs(end), isTimed })),
  }
}
