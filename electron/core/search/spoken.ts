import type { VideoId } from '../../contract/ids.ts'
import type { ReadDatabase } from '../ports.ts'
import { foldedWithPlaces } from '../store/folded-text.ts'
import { textTokens } from '../store/index-text.ts'
import type { SecondsSpan } from '../store/speech.ts'
import { partIn, segmentsIn } from '../store/speech.ts'
import type { ShownForm } from './terms.ts'

/** A word, or a piece of text whose words have no times; seconds from the first picture. */
export interface Piece { text: string, start: number, end: number }

/** A token with the piece it is in and where it stands there. */
interface PlacedToken { text: string, piece: number, from: number, to: number }

/** Text that is searched for matches, with its times. */
export interface Passage { pieces: Piece[], tokens: PlacedToken[] }

/** Tokens from `from` up to, not including, `to`; `part` is what was asked for of a single one that is a longer word. */
export interface Match { from: number, to: number, part: string | null }

export function passage(pieces: Piece[]): Passage {
  const tokens = pieces.flatMap(({ text }, piece) => textTokens(text).map((token) => ({ ...token, piece })))
  return { pieces, tokens }
}

/** What is said in the span, word by word. */
export function spokenIn(db: ReadDatabase, videoId: VideoId, span: SecondsSpan): Passage {
  const parts = segmentsIn(db, videoId, span).flatMap((segment) => partIn(segment, span) ?? [])
  return passage(parts.flatMap((part): Piece[] => {
    if (part.words.length > 0) return part.words.map((word) => ({ ...word, text: word.text.trim() }))
    return [{ text: part.text.replaceAll(/\s+/g, ' '), start: part.start, end: part.end }]
  }))
}

const SAME_SECONDS = 0.001
// A sentence or two.
const WORDS_FROM = 24

/** What is said in the span, its first two lines, in the language that begins there. */
export function spokenFrom(db: ReadDatabase, videoId: VideoId, { from: at, to }: SecondsSpan): string {
  const segments = segmentsIn(db, videoId, { from: at, to })
  const sources = [...new Set(segments.map(({ source }) => source))].map((source) => segments.filter((segment) => segment.source === source).flatMap((segment) => {
    if (segment.words.length === 0) return segment.endSeconds > at + SAME_SECONDS ? [{ text: segment.text.replaceAll(/\s+/g, ' '), start: segment.startSeconds }] : []
    return segment.words.filter(({ start }) => start >= at - SAME_SECONDS && start < to).map(({ text, start }) => ({ text: text.trim(), start }))
  }))
  const [nearest] = sources.filter((pieces) => pieces.length > 0).sort((a, b) => Math.abs((a[0]?.start ?? 0) - at) - Math.abs((b[0]?.start ?? 0) - at))
  if (nearest === undefined) return ''
  return [...nearest.slice(0, WORDS_FROM).map(({ text }) => text), ...nearest.length > WORDS_FROM ? ['…'] : []].join(' ')
}

function startsAt({ tokens }: Passage, at: number, form: ShownForm): boolean {
  return form.tokens.length > 0 && form.tokens.every((wanted, offset) => {
    const found = tokens[at + offset]?.text
    if (found === undefined) return false
    return offset === form.tokens.length - 1 && form.isPrefix ? found.startsWith(wanted) : found === wanted
  })
}

/** Where one of the forms stands in the passage, in order. */
export function matchesOf(text: Passage, forms: readonly ShownForm[]): Match[] {
  return text.tokens.flatMap((_, at): Match[] => {
    const found = forms.filter((form) => startsAt(text, at, form))
    const whole = found.some(({ part }) => part === null)
    return found.length === 0 ? [] : [{ from: at, to: at + Math.max(...found.map(({ tokens }) => tokens.length)), part: whole ? null : found[0]?.part ?? null }]
  })
}

/** In order, and those that overlap as one. */
export function withoutOverlaps(matches: Match[]): Match[] {
  const merged: Match[] = []
  for (const match of [...matches].sort((a, b) => a.from - b.from || b.to - a.to)) {
    const last = merged.at(-1)
    if (last !== undefined && match.from < last.to) Object.assign(last, { to: Math.max(last.to, match.to), part: null })
    else merged.push({ ...match })
  }
  return merged
}

/** When the match is said: its first word to its last. */
export function timesOf({ pieces, tokens }: Passage, { from, to }: Match): SecondsSpan {
  const [first, last] = [pieces[tokens[from]?.piece ?? 0], pieces[tokens[to - 1]?.piece ?? 0]]
  return { from: first?.start ?? 0, to: last?.end ?? 0 }
}

/** Where the letters of a part stand in the text of a longer word; the whole word where they can not be told. */
function placeOfPart({ text }: Piece, { from, to }: PlacedToken, part: string): { from: number, to: number } {
  const { text: plain, from: starts, to: ends } = foldedWithPlaces(text.slice(from, to))
  const at = plain.indexOf(part)
  const [start, end] = [starts[at], ends[at + part.length - 1]]
  return start === undefined || end === undefined ? { from, to } : { from: from + start, to: from + end }
}

function mark(text: Passage, matches: Match[]): string[] {
  const inserts = text.pieces.map((): { at: number, mark: string }[] => [])
  for (const { from, to, part } of matches) {
    const [first, last] = [text.tokens[from], text.tokens[to - 1]]
    const piece = text.pieces[first?.piece ?? 0]
    if (first === undefined || last === undefined || piece === undefined) continue
    const place = part === null ? { from: first.from, to: last.to } : placeOfPart(piece, first, part)
    inserts[first.piece]?.push({ at: place.from, mark: '«' })
    inserts[last.piece]?.push({ at: place.to, mark: '»' })
  }
  return text.pieces.map((piece, at) => {
    // From the end, so that the places before stay where they are.
    const ordered = [...inserts[at] ?? []].reverse()
    return ordered.reduce((marked, insert) => marked.slice(0, insert.at) + insert.mark + marked.slice(insert.at), piece.text)
  })
}

// Enough to know what it is about, and still one or two lines.
const WORDS_AROUND = 6
const MOST_WORDS = 30

/** The numbers of the pieces that are shown, in order. */
function shownPieces({ pieces, tokens }: Passage, matches: Match[]): number[] {
  const shown = new Set<number>()
  for (const { from, to } of matches) {
    const [first, last] = [tokens[from]?.piece ?? 0, tokens[to - 1]?.piece ?? 0]
    const end = Math.min(last + WORDS_AROUND, pieces.length - 1)
    for (let at = Math.max(0, first - WORDS_AROUND); at <= end && shown.size < MOST_WORDS; at++) shown.add(at)
  }
  return [...shown].sort((a, b) => a - b)
}

/** The text around the matches, which stand between « and »; what is left out is an ellipsis. */
export function snippet(text: Passage, matches: Match[]): string {
  const marked = mark(text, matches)
  let next = 0
  const parts = shownPieces(text, matches).flatMap((at) => {
    const gap = at > next ? ['…'] : []
    next = at + 1
    return [...gap, ...marked.slice(at, next)]
  })
  return [...parts, ...next < marked.length ? ['…'] : []].join(' ')
}
