import type { CaptionWord } from './caption-words.ts'
import type { Cue } from './cues.ts'
import { linesOfCue } from './cues.ts'
import { widthOf } from './reading-limits.ts'

/** How many letters a note names: enough to see which script it is. */
const MOST_NAMED = 8

const isLetter = /[\p{L}\p{N}\p{M}]/u
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** What a reader takes for one sign, each. */
function signsOf(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment)
}

function named(signs: readonly string[]): string {
  const different = [...new Set(signs)]
  const some = different.slice(0, MOST_NAMED).join(' ')
  return different.length > MOST_NAMED ? `${some} ...` : some
}

type IsMissing = (sign: string) => boolean

function isMissingOf(codePoints: ReadonlySet<number>): IsMissing {
  return (sign) => Array.from(sign).some((letter) => codePoints.has(letter.codePointAt(0) ?? 0))
}

/** The word without signs that can not be drawn; null where nothing is left. */
function drawn(word: CaptionWord, isMissing: IsMissing): CaptionWord | null {
  const text = signsOf(word.text).filter((sign) => !isMissing(sign)).join('')
  return text.trim() === '' ? null : { ...word, text, columns: widthOf(text) }
}

function unreadableNote(unreadable: number, of: number, letters: readonly string[]): string {
  const which = unreadable === of ? 'The captions are' : `${String(unreadable)} of ${String(of)} captions are`
  return `${which} not on the picture: no font here has their letters (${named(letters)}). Install one, or put the captions beside the clip.`
}

/**
 * The captions without what no font here can draw, given as code points. A caption that lacks a letter would be read wrong: it is left out whole.
 * Other signs ("♪", a smiling face) are left out of theirs. What is left out is said.
 */
export function withoutLetters(cues: readonly Cue[], codePoints: ReadonlySet<number>): { cues: Cue[], notes: string[] } {
  const isMissing = isMissingOf(codePoints)
  const missingOf = (cue: Cue): string[] => signsOf(linesOfCue(cue).join('')).filter(isMissing)
  const unreadable = cues.filter((cue) => missingOf(cue).some((sign) => isLetter.test(sign)))
  const readable = cues.filter((cue) => !unreadable.includes(cue))
  const signs = readable.flatMap(missingOf)
  const left = readable
    .map((cue) => ({ ...cue, lines: cue.lines.map((line) => line.flatMap((word) => drawn(word, isMissing) ?? [])).filter((line) => line.length > 0) }))
    .filter((cue) => cue.lines.length > 0)
  return {
    cues: left,
    notes: [
      ...unreadable.length === 0 ? [] : [unreadableNote(unreadable.length, cues.length, unreadable.flatMap(missingOf))],
      ...signs.length === 0 ? [] : [`Left out of the captions, because no font here has them: ${named(signs)}`],
    ],
  }
}
