import { folded, foldedWithPlaces } from './folded-text.ts'

/**
 * How text becomes the tokens of the word index, the same for what is stored and what is asked.
 *
 * SQLite's unicode61, as the library asks for it, splits at everything that is neither letter, digit nor a mark on one of
 * them. Scripts that put no spaces between words would become one token a sentence, so their runs are stored as overlapping
 * pairs of characters ("abc" as "ab bc c"): any part of a run is then a row of neighbouring tokens, and one character is the
 * beginning of a pair.
 */

// Thai, Lao, Khmer and Burmese are written without spaces too. Korean has them, but its endings hang on the word.
const UNSPACED = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー々〆\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}'
const unspacedRun = new RegExp(`[${UNSPACED}]+`, 'gu')
const hasUnspaced = new RegExp(`[${UNSPACED}]`, 'u')
const isUnspaced = new RegExp(`^[${UNSPACED}]+$`, 'u')
// A line break in a subtitle is no end of a word in these.
const NO_SPACES = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー々]'
const innerSpace = new RegExp(`(?<=${NO_SPACES})\\s+(?=${NO_SPACES})`, 'gu')
const run = new RegExp(`[${UNSPACED}]+|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{Co}\\p{Mn}\\p{Mc}])+`, 'gu')

function pairs(characters: string[]): string[] {
  return characters.map((character, at) => character + (characters[at + 1] ?? ''))
}

/** The text as it goes into the word index. */
export function indexedText(text: string): string {
  const plain = folded(text)
  if (!hasUnspaced.test(plain)) return plain
  return plain.replace(innerSpace, '').replace(unspacedRun, (found) => ` ${pairs(Array.from(found)).join(' ')} `)
}

/** A row of neighbouring tokens to ask the index for. */
export interface IndexPhrase {
  tokens: string[]
  /** The last token is only the beginning of one in the index. */
  isPrefix: boolean
}

/** What a piece of text is in the index; without tokens when it has no letter and no digit. */
export function indexPhrase(text: string): IndexPhrase {
  const runs = [...folded(text).replace(innerSpace, '').matchAll(run)].map(([found]) => found)
  let isPrefix = false
  const tokens = runs.flatMap((found, at) => {
    if (!isUnspaced.test(found)) return [found]
    const characters = Array.from(found)
    const isLast = at === runs.length - 1
    isPrefix = isLast && characters.length === 1
    // Within a phrase the run ends here; at its end more may follow in the index.
    return isLast && characters.length > 1 ? pairs(characters).slice(0, -1) : pairs(characters)
  })
  return { tokens, isPrefix }
}

/** A token and where it stands in the text it is from. */
export interface TextToken { text: string, from: number, to: number }

/** The words of a text as a person would point at them: a character is a word where there are no spaces. */
export function textTokens(text: string): TextToken[] {
  const { text: plain, from, to } = foldedWithPlaces(text)
  const token = (found: string, at: number): TextToken => ({ text: found, from: from[at] ?? 0, to: to[at + found.length - 1] ?? text.length })
  return [...plain.matchAll(run)].flatMap(({ 0: found, index }): TextToken[] => {
    if (!isUnspaced.test(found)) return [token(found, index)]
    let at = index
    return Array.from(found).map((character) => {
      at += character.length
      return token(character, at - character.length)
    })
  })
}

// Nobody types a longer word, and what is longer is none.
const LONGEST_WORD = 40
const SHORTEST_WORD = 3

/** The different words of texts of the index that are made of letters alone and have spaces around them. */
export function wordsOf(indexed: readonly string[]): string[] {
  const words = indexed.flatMap((text) => [...text.matchAll(run)].map(([found]) => found))
  return [...new Set(words)].filter((word) => word.length >= SHORTEST_WORD && word.length <= LONGEST_WORD && !hasUnspaced.test(word) && !/\p{N}/u.test(word))
}
