import type { ReadDatabase } from '../ports.ts'
import type { IndexPhrase } from '../store/index-text.ts'
import { indexPhrase, textTokens } from '../store/index-text.ts'
import { scenesWith, wordsBeginning } from '../store/vocabulary.ts'
import type { Correction } from './corrections.ts'
import { corrections } from './corrections.ts'
import { longerWords } from './longer-words.ts'
import type { Term, WordField, WordsNode } from './query.ts'
import { stem } from './stem.ts'

/** A form of a term as it is recognised in what is said or in a title. */
export interface ShownForm {
  tokens: string[]
  isPrefix: boolean
  /** The part of a longer word that was asked for; null where the word itself was. */
  part: string | null
}

/** A term with all forms it is looked for in. */
export interface TermForms {
  /** As an expression of FTS5. */
  match: string
  /** The same without the weaker forms, which come after the others: longer words that have it as a part, and corrections of a word that is there. */
  firm: string
  shown: ShownForm[]
  /** What a person is to know of it; null when it was looked for as it is written. */
  note: string | null
}

// With fewer scenes than this that have a word, weaker forms of it are looked for too.
const FEW_SCENES = 3
// A word with so few scenes is taken for a slip of one that has so many times more, if it is long enough to be no other word.
const TIMES_MORE = 10
const SHORTEST_SLIP = 6
// How much longer than its stem an English form may be.
const LONGEST_ENDING = 5

function quoted(phrase: IndexPhrase): string {
  return `"${phrase.tokens.join(' ').replaceAll('"', '""')}"${phrase.isPrefix ? ' *' : ''}`
}

function shownForm(text: string, isPrefix: boolean): ShownForm {
  return { tokens: textTokens(text).map((token) => token.text), isPrefix, part: null }
}

const oneWord = (word: string): string => quoted({ tokens: [word], isPrefix: false })
const shownWord = (word: string, part: string | null = null): ShownForm => ({ tokens: [word], isPrefix: false, part })

/** English forms of the word that are in the library. */
function related(db: ReadDatabase, word: string): string[] {
  const base = stem(word)
  if (base.length < 3) return []
  // The last letter of the stem may be another one in some forms: "city", "cities"; "hope", "hoping".
  const beginning = base.length > 3 || /[ie]$/.test(base) ? base.slice(0, -1) : base
  return wordsBeginning(db, [beginning], { least: beginning.length, most: base.length + LONGEST_ENDING }).filter((other) => other !== word && stem(other) === base)
}

function listed(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(', ')
}

type Weaker = Pick<TermForms, 'note'> & { forms: ShownForm[], isInstead: boolean }

const nothingWeaker: Weaker = { forms: [], isInstead: false, note: null }

/** What else a word is looked for as, where few scenes have it. */
function weakerForms(db: ReadDatabase, { word, written, scenes }: { word: string, written: string, scenes: number }): Weaker {
  // Words of videos that were removed stay known.
  const parts = longerWords(db, word).filter((longer) => scenesWith(db, oneWord(longer), 1) > 0)
  if (parts.length > 0) {
    const forms = parts.map((longer) => shownWord(longer, word))
    return { forms, isInstead: scenes === 0, note: `${scenes === 0 ? 'Nothing has' : 'Few scenes have'} the word "${written}": longer words that have it as a part count too.` }
  }
  // What somebody has said is another word sooner than one with two slips.
  const isLikelier = (other: Correction): boolean => scenes === 0 || (word.length >= SHORTEST_SLIP && other.scenes >= scenes * TIMES_MORE)
  const meant = corrections(db, word, scenes === 0 ? 2 : 1).filter(isLikelier).map((other) => other.word)
  if (meant.length === 0) return nothingWeaker
  const note = scenes === 0 ? `Nothing has "${written}" in it: searched for ${listed(meant)}.` : `Few scenes have "${written}": searched for ${listed(meant)} too.`
  return { forms: meant.map((other) => shownWord(other)), isInstead: scenes === 0, note }
}

/** The word that may be looked for in other forms; null for several words, for exact ones and in scripts without spaces. */
function looseWord({ tokens: [word, second], isPrefix }: IndexPhrase, { isExact }: Term): string | null {
  return word === undefined || second !== undefined || isPrefix || isExact ? null : word
}

/** "email" for "e-mail": what stands on both sides of a hyphen is often written as one word. */
function withoutHyphens(text: string, { tokens }: IndexPhrase): string[] {
  return tokens.length > 1 && /^[\p{L}\p{M}]+(?:[-‐‑][\p{L}\p{M}]+)+$/u.test(text) ? [tokens.join('')] : []
}

function isBeginning({ tokens, isPrefix }: IndexPhrase, term: Term): boolean {
  // One letter begins nearly everything, and the index keeps beginnings of two and more.
  return isPrefix || (term.isPrefix && Array.from(tokens.at(-1) ?? '').length > 1)
}

/** Other ways to write it that are as good. */
function alike(db: ReadDatabase, term: Term, phrase: IndexPhrase): string[] {
  const word = looseWord(phrase, term)
  if (word !== null) return related(db, word)
  return term.isExact ? [] : withoutHyphens(term.text, phrase)
}

/**
 * The forms a term is looked for in: as written, as other English forms of it, and, where it is to be loose and that is in few scenes, as what has
 * it as a part or may have been meant.
 */
export function formsOf(db: ReadDatabase, term: Term, { isLoose }: { isLoose: boolean }): TermForms {
  const phrase = indexPhrase(term.text)
  const isPrefix = isBeginning(phrase, term)
  // A whole word ranks before one that only begins like it: it counts for both.
  const written = isPrefix && !phrase.isPrefix ? [quoted(phrase), quoted({ ...phrase, isPrefix })] : [quoted(phrase)]
  const others = alike(db, term, phrase)
  const firm = [...written, ...others.map(oneWord)]
  const word = looseWord(phrase, term)
  const scenes = word === null || !isLoose ? FEW_SCENES : scenesWith(db, firm.join(' OR '), FEW_SCENES)
  const weaker = word === null || scenes >= FEW_SCENES ? nothingWeaker : weakerForms(db, { word, written: term.text, scenes })
  const match = `(${[...firm, ...weaker.forms.map(({ tokens: [other = ''] }) => oneWord(other))].join(' OR ')})`
  return {
    match,
    firm: weaker.isInstead ? match : `(${firm.join(' OR ')})`,
    shown: [shownForm(term.text, isPrefix), ...others.map((other) => shownWord(other)), ...weaker.forms],
    note: weaker.note,
  }
}

/** The forms without the weaker ones; null where there are none of these. */
export function firmForms(forms: ReadonlyMap<Term, TermForms>): ReadonlyMap<Term, TermForms> | null {
  if ([...forms.values()].every(({ match, firm }) => match === firm)) return null
  return new Map([...forms].map(([term, of]) => [term, { ...of, match: of.firm }]))
}

/** The FTS5 expression for terms in a field. */
export function wordsMatch({ field, terms, need }: WordsNode, forms: ReadonlyMap<Term, TermForms>): string {
  const all = terms.map((term) => forms.get(term)?.match ?? '""').join(need === 'all' ? ' AND ' : ' OR ')
  return field === 'any' ? `(${all})` : inColumn(all, field)
}

/** The expression, looked for in one column. */
function inColumn(match: string, field: Exclude<WordField, 'any'>): string {
  return `({${field}} : (${match}))`
}
