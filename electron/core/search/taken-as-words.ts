import { isFilterName } from './filters.ts'
import type { Lexeme } from './lexer.ts'

type Operator = Extract<Lexeme, { kind: 'operator' }>
type Text = Extract<Lexeme, { kind: 'text' }>

/** What says where something is looked for. */
const CONTENT = new Set(['said', 'title', 'seen'])

/** Names that are kept for what is not there to search in yet, with what it will be. */
export const LATER: ReadonlyMap<string, string> = new Map([['text', 'words on the screen'], ['person', 'people'], ['object', 'objects']])

function isName(name: string): boolean {
  const known = name.toLowerCase()
  return isFilterName(known) || CONTENT.has(known) || LATER.has(known)
}

/** True for a text that is read as a filter. */
export function isFilterLike(text: string): boolean {
  const name = /^(\p{L}+):/u.exec(text)?.[1]
  return name !== undefined && isName(name)
}

function plain(text: string, of: Pick<Text, 'isQuoted' | 'isLast'> = { isQuoted: false, isLast: false }): Text {
  return { kind: 'text', text, field: null, isQuoted: of.isQuoted, isLast: of.isLast }
}

const SHORTEST_NOTED = 2

/** Names of filters are English: in other languages a colon is a colon, and so it is in addresses and paths. */
function isMeantAsFilter(name: string, text: string): boolean {
  return /^[a-z]+$/i.test(name) && text.length >= SHORTEST_NOTED && !/^[/\\]/.test(text)
}

function noteNoFilter(name: string, notes: Set<string>): void {
  notes.add(`There is no filter ${name}: so it was searched as words.`)
}

/** `foo:bar`, `http://...`, `Trek: Voyager`: what stands before the colon is no filter, and all of it is words. */
function withWordsForNames(lexeme: Lexeme, notes: Set<string>): Lexeme[] {
  if ((lexeme.kind !== 'text' && lexeme.kind !== 'open') || lexeme.field === null || isName(lexeme.field)) return [lexeme]
  const name = lexeme.field
  if (lexeme.kind === 'open') {
    noteNoFilter(name, notes)
    return [plain(name), { kind: 'open', field: null }]
  }
  if (isMeantAsFilter(name, lexeme.text)) noteNoFilter(name, notes)
  return lexeme.isQuoted ? [plain(name), plain(lexeme.text, lexeme)] : [plain(`${name}:${lexeme.text}`, lexeme)]
}

function isPlain(lexeme: Lexeme): lexeme is Text {
  return lexeme.kind === 'text' && lexeme.field === null && !lexeme.isQuoted
}

/** With everything in capitals, capitals say nothing: AND, OR and THEN are words then, unless something else shows that they are meant. */
function withWordsForOperators(lexemes: Lexeme[], notes: Set<string>): Lexeme[] {
  const isDoubtful = (lexeme: Lexeme): lexeme is Operator => lexeme.kind === 'operator' && lexeme.withinSeconds === null
  const text = lexemes.filter(isPlain).map((lexeme) => lexeme.text).join(' ')
  const isAllCapitals = /\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text)
  if (!isAllCapitals || !lexemes.every((lexeme) => isPlain(lexeme) || isDoubtful(lexeme)) || !lexemes.some(isDoubtful)) return lexemes
  notes.add('All of it is in capitals, so AND, OR and THEN were taken as words.')
  return lexemes.map((lexeme) => isDoubtful(lexeme) ? plain(lexeme.name) : lexeme)
}

/** NOT is what others write for a minus. Here it is a word, which nobody says who means that. */
function noteNot(lexemes: readonly Lexeme[], notes: Set<string>): void {
  const isNot = (lexeme: Lexeme): boolean => isPlain(lexeme) && lexeme.text === 'NOT'
  const hasSmall = lexemes.some((lexeme) => isPlain(lexeme) && /\p{Ll}/u.test(lexeme.text))
  if (hasSmall && lexemes.some(isNot)) notes.add('NOT was taken as a word: a minus before a word leaves out what has it.')
}

/** The lexemes with words for all that only looks like a filter or an operator. */
export function withoutAccidents(lexemes: readonly Lexeme[], notes: Set<string>): Lexeme[] {
  noteNot(lexemes, notes)
  return withWordsForOperators(lexemes.flatMap((lexeme) => withWordsForNames(lexeme, notes)), notes)
}
