import type { Cue } from './cues.ts'
import { linesOfCue } from './cues.ts'

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/gu
const letters = /\p{L}/gu

/** True for a text that is written from right to left: most of its letters are. */
function isRightToLeft(text: string): boolean {
  const those = text.match(rightToLeft)?.length ?? 0
  return those * 2 > (text.match(letters)?.length ?? 0)
}

const RIGHT_TO_LEFT_MARK = '\u200F'
const EMBEDDING = '\u202B'
const END_OF_EMBEDDING = '\u202C'

/**
 * The lines of a cue for players that take them for left to right whatever is in them, or look at the first letter (SubRip has no rule, WebVTT takes the first
 * letter): as embeddings their marks stand at the right side, also where they begin with a name in Latin letters (UAX 9).
 */
export function directedLines(cue: Cue): string[] {
  const lines = linesOfCue(cue)
  if (!isRightToLeft(lines.join(' '))) return lines
  return lines.map((line) => `${RIGHT_TO_LEFT_MARK}${EMBEDDING}${line}${END_OF_EMBEDDING}`)
}

/** What a line begins with for who looks at its first letter, as libass does when it is asked to. */
export function directionMark(cue: Cue): string {
  return isRightToLeft(linesOfCue(cue).join(' ')) ? RIGHT_TO_LEFT_MARK : ''
}
