import { stem } from '../../electron/core/search/stem.ts'
import { textTokens } from '../../electron/core/store/index-text.ts'

// Words of a label that a caption need not have: "pot on a stove" is there where "pot" and "stove" are.
const SMALL_WORDS = new Set(['a', 'an', 'the', 'of', 'on', 'in', 'at', 'to', 'with', 'one'])

function stems(text: string): string[] {
  return textTokens(text).map((token) => stem(token.text)).filter((word) => !SMALL_WORDS.has(word))
}

/** The stems of all words that people wrote of a picture. */
export function saidOf(texts: readonly string[]): Set<string> {
  return new Set(texts.flatMap(stems))
}

/** True when all words of a label but the small ones are said, in whichever of their forms. */
export function isSaid(label: string, said: ReadonlySet<string>): boolean {
  const words = stems(label)
  return words.length > 0 && words.every((word) => said.has(word))
}
