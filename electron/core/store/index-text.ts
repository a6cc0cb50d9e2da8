/**
 * How text becomes the tokens of the word index, the same for what is stored and what is asked.
 *
 * SQLite's unicode61 splits at everything that is neither letter nor digit. Scripts that put no spaces between words
 * would become one token a sentence, so their runs are stored as overlapping pairs of characters ("abc" as "ab bc c"):
 * any part of a run is then a row of neighbouring tokens, and one character is the beginning of a pair.
 */

// Thai, Lao, Khmer and Burmese are written without spaces too. Korean has them, but its endings hang on the word.
const UNSPACED = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー々〆\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}'
const unspacedRun = new RegExp(`[${UNSPACED}]+`, 'gu')
const hasUnspaced = new RegExp(`[${UNSPACED}]`, 'u')
const isUnspaced = new RegExp(`^[${UNSPACED}]+$`, 'u')
// A line break in a subtitle is no end of a word in these.
const NO_SPACES = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー々]'
const innerSpace = new RegExp(`(?<=${NO_SPACES})\\s+(?=${NO_SPACES})`, 'gu')
const run = new RegExp(`[${UNSPACED}]+|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{Co}\\u0300-\\u036f])+`, 'gu')

/** Lower case, without accents, wide letters as usual ones: what is equal here is equal to the index. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '').normalize('NFC')
}

function pairs(characters: string[]): string[] {
  return characters.map((character, at) => character + (characters[at + 1] ?? ''))
}

/** The text as it goes into the word index. */
export function indexedText(text: string): string {
  const plain = text.normalize('NFKC')
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
  return [...text.matchAll(run)].flatMap((match): TextToken[] => {
    const [found] = match
    if (!isUnspaced.test(found)) return [{ text: folded(found), from: match.index, to: match.index + found.length }]
    let from = match.index
    return Array.from(found).map((character) => {
      const token = { text: folded(character), from, to: from + character.length }
      from = token.to
      return token
    })
  })
}
