import type { ReadDatabase } from '../ports.ts'
import type { IndexPhrase } from '../store/index-text.ts'
import { indexPhrase, textTokens } from '../store/index-text.ts'
import type { IndexedTerm } from '../store/word-index.ts'
import { indexedTerms } from '../store/word-index.ts'
import type { Term, WordField, WordsNode } from './query.ts'
import { editDistance, forgivenErrors } from './spelling.ts'
import { stem } from './stem.ts'

/** A form of a term as it is recognised in what is said or in a title. */
export interface ShownForm { tokens: string[], isPrefix: boolean }

/** A term with all forms it is looked for in. */
export interface TermForms {
  /** As an expression of FTS5. */
  match: string
  shown: ShownForm[]
  /** The words that were taken for a misspelt one. */
  corrected: string[]
}

// Words that begin like the stem; more than any library has under three letters that a person typed.
const MOST_RELATED = 5000
const MOST_CORRECTIONS = 3

function quoted(phrase: IndexPhrase): string {
  return `"${phrase.tokens.join(' ').replaceAll('"', '""')}"${phrase.isPrefix ? ' *' : ''}`
}

function shownForm(text: string, isPrefix: boolean): ShownForm {
  return { tokens: textTokens(text.normalize('NFKC')).map((token) => token.text), isPrefix }
}

/** English forms of the word that are in the library. */
function related(db: ReadDatabase, word: string): string[] {
  const base = stem(word)
  if (base.length < 3) return []
  // The last letter of the stem may be another one in some forms: "city", "cities"; "hope", "hoping".
  const beginning = base.length > 3 || /[ie]$/.test(base) ? base.slice(0, -1) : base
  return indexedTerms(db, beginning, MOST_RELATED).map(({ term }) => term).filter((term) => term !== word && stem(term) === base)
}

/** Words of the library that a word in none of its scenes may have been meant to be, the likeliest first. The first letter is hardly ever wrong. */
function corrections(db: ReadDatabase, word: string): string[] {
  const most = forgivenErrors(word)
  const [first] = word
  if (most === 0 || first === undefined) return []
  return indexedTerms(db, first, MOST_RELATED * 10)
    .map((entry: IndexedTerm) => ({ ...entry, errors: editDistance(word, entry.term, most) }))
    .filter(({ errors }) => errors <= most)
    .sort((a, b) => a.errors - b.errors || b.doc - a.doc || (a.term < b.term ? -1 : 1))
    .slice(0, MOST_CORRECTIONS)
    .map(({ term }) => term)
}

function isInIndex(db: ReadDatabase, word: string, isPrefix: boolean): boolean {
  const [first] = indexedTerms(db, word, 1)
  return first !== undefined && (isPrefix || first.term === word)
}

/** Other words of the library to look for instead of this one. */
function otherForms(db: ReadDatabase, word: string, isPrefix: boolean): { forms: string[], corrected: string[] } {
  const forms = related(db, word)
  const corrected = forms.length > 0 || isInIndex(db, word, isPrefix) ? [] : corrections(db, word)
  return { forms: [...forms, ...corrected], corrected }
}

/** The forms a term is looked for in: as written, as other English forms of it, and as what it may have been meant to be. */
export function formsOf(db: ReadDatabase, term: Term): TermForms {
  const phrase = indexPhrase(term.text)
  // One letter begins nearly everything, and the index keeps beginnings of two and more.
  const isPrefix = phrase.isPrefix || (term.isPrefix && (phrase.tokens.at(-1) ?? '').length > 1)
  const [word, second] = phrase.tokens
  const isOneWord = word !== undefined && second === undefined && !phrase.isPrefix && !term.isExact
  const { forms, corrected } = isOneWord ? otherForms(db, word, isPrefix) : { forms: [], corrected: [] }
  // A whole word ranks before one that only begins like it: it counts for both.
  const written = isPrefix && !phrase.isPrefix ? [quoted(phrase), quoted({ ...phrase, isPrefix })] : [quoted(phrase)]
  return {
    match: `(${[...written, ...forms.map((form) => quoted({ tokens: [form], isPrefix: false }))].join(' OR ')})`,
    shown: [shownForm(term.text, isPrefix), ...forms.map((form) => ({ tokens: [form], isPrefix: false }))],
    corrected,
  }
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
