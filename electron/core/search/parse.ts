import { indexPhrase } from '../store/index-text.ts'
import { isFilterLike, LATER, withoutAccidents } from './taken-as-words.ts'
import { isListFilter, readFilter } from './filters.ts'
import type { Lexeme } from './lexer.ts'
import { isOperator, lexed } from './lexer.ts'
import type { Query, QueryNode, Term, WordField, WordsNode } from './query.ts'
import { joined, valueText } from './query.ts'

// Nobody types more; a pasted page still gets an answer.
const LONGEST_QUERY = 2000
const MOST_TERMS = 40
const MOST_FILTERS = 40
// SQLite allows expressions of 256 levels in the word index.
const DEEPEST = 20
/** How far apart the sides of a THEN may be where nothing is said. */
export const THEN_SECONDS = 30
// As much of a value as a note repeats.
const LONGEST_SHOWN = 60

// Words that say nothing about a scene. They are looked for only where they are all there is, or between quotation marks.
const STOP_WORDS = new Set((
  'a an and are as at be been but by did do does for from had has have how i in into is it its of on or our so that the '
  + 'their them then there these they this those to was we were what when where which who will with you your'
).split(' '))

type TextLexeme = Extract<Lexeme, { kind: 'text' }>
type Operator = Extract<Lexeme, { kind: 'operator' }>

/** What plain words stand for: words in a field, how it looks, or values of a filter that has brackets after it. */
type Scope = { kind: 'words', field: WordField } | { kind: 'seen' } | { kind: 'filter', name: string }

const anywhere: Scope = { kind: 'words', field: 'any' }

function isWord(lexeme: Lexeme): lexeme is TextLexeme {
  return lexeme.kind === 'text' && lexeme.field === null && !lexeme.isQuoted
}

const OUTSIDE = /^[^\p{L}\p{N}\p{Co}\p{M}]+|[^\p{L}\p{N}\p{Co}\p{M}]+$/gu

/** The text of a plain word, as it is always a plain word: without signs around it, and without the look of a filter or an operator. */
function wordText(text: string): string {
  const bare = text.replace(OUTSIDE, '')
  if (isFilterLike(bare)) return bare.replaceAll(':', '-')
  return isOperator(bare) ? bare.toLowerCase() : bare
}

class Parser {
  private at = 0
  private depth = 0
  private terms = 0
  private filters = 0
  private readonly lexemes: Lexeme[]
  private readonly notes: Set<string>

  constructor(lexemes: Lexeme[], notes: Set<string>) {
    this.lexemes = lexemes
    this.notes = notes
  }

  whole(): QueryNode | null {
    const nodes: (QueryNode | null)[] = []
    while (this.at < this.lexemes.length) {
      nodes.push(this.thens(anywhere))
      if (this.lexemes[this.at]?.kind === 'close') {
        this.at++
        this.notes.add('A closing bracket has no partner and was left out.')
      }
    }
    return joined('and', nodes)
  }

  /** THEN binds least: what stands on each side of it belongs together. */
  private thens(scope: Scope): QueryNode | null {
    let node = this.ors(scope)
    for (let operator = this.operator('THEN'); operator !== null; operator = this.operator('THEN')) {
      const second = this.ors(scope)
      if (node === null || second === null) {
        this.stray(operator)
        node ??= second
      } else {
        node = { kind: 'then', first: node, second, withinSeconds: operator.withinSeconds ?? THEN_SECONDS }
      }
    }
    return node
  }

  private ors(scope: Scope): QueryNode | null {
    const parts = [this.ands(scope)]
    for (let operator = this.operator('OR'); operator !== null; operator = this.operator('OR')) {
      const next = this.ands(scope)
      if (parts.at(-1) === null || next === null) this.stray(operator)
      parts.push(next)
    }
    return joined('or', parts)
  }

  private ands(scope: Scope): QueryNode | null {
    const parts: (QueryNode | null)[] = []
    for (;;) {
      const operator = this.operator('AND')
      const [before, from] = [parts.length, this.at]
      if (this.isAtWord()) parts.push(this.words(scope))
      else if (this.isAtOperand()) parts.push(this.operand(scope))
      if (operator !== null && (before === 0 || this.at === from)) this.stray(operator)
      if (this.at === from && operator === null) return joined('and', parts)
    }
  }

  private isAtWord(): boolean {
    const lexeme = this.lexemes[this.at]
    return lexeme !== undefined && isWord(lexeme)
  }

  private isAtOperand(): boolean {
    const kind = this.lexemes[this.at]?.kind
    return kind === 'text' || kind === 'list' || kind === 'open' || kind === 'minus'
  }

  private operator(name: Operator['name']): Operator | null {
    const lexeme = this.lexemes[this.at]
    if (lexeme?.kind !== 'operator' || lexeme.name !== name) return null
    this.at++
    return lexeme
  }

  private stray(operator: Operator): void {
    this.notes.add(`${operator.written} stands without something on both sides and was left out.`)
  }

  /** All plain words in a row are one thing to look for. */
  private words(scope: Scope): QueryNode | null {
    const row: TextLexeme[] = []
    for (let lexeme = this.lexemes[this.at]; lexeme !== undefined && isWord(lexeme); lexeme = this.lexemes[this.at]) {
      this.at++
      row.push(lexeme)
    }
    if (scope.kind === 'seen') return this.seen(row.map(({ text }) => text).join(' '))
    if (scope.kind === 'filter') return joined('and', row.map(({ text }) => this.values(scope.name, text.split(','))))
    const terms = row.flatMap(({ text, isLast }) => this.term(wordText(text), { isExact: false, isPrefix: isLast }))
    const telling = terms.filter(({ text }) => !STOP_WORDS.has(text.toLowerCase()))
    const isAll = telling.length === 0 || telling.length === terms.length
    const node = this.wordsNode(scope.field, isAll ? terms : telling)
    return isAll || node === null ? node : { ...node, written: terms.map(({ text }) => text).join(' ') }
  }

  private wordsNode(field: WordField, terms: Term[]): WordsNode | null {
    return terms.length === 0 ? null : { kind: 'words', field, terms, need: 'all' }
  }

  private term(text: string, how: Omit<Term, 'text'>): Term[] {
    if (indexPhrase(text).tokens.length === 0) return []
    return this.isRoom() ? [{ text, ...how }] : []
  }

  private isRoom(): boolean {
    this.terms++
    if (this.terms > MOST_TERMS) this.notes.add(`Only the first ${MOST_TERMS} words were looked for.`)
    return this.terms <= MOST_TERMS
  }

  private operand(scope: Scope): QueryNode | null {
    const lexeme = this.lexemes[this.at]
    this.at++
    switch (lexeme?.kind) {
      case 'minus': return this.not(scope)
      case 'open': return this.bracket(lexeme.field, scope)
      case 'list': return this.list(lexeme.field, lexeme.values)
      case 'text': return lexeme.field === null ? this.exact(lexeme.text, scope) : this.named(lexeme, lexeme.field)
      case 'close': case 'operator': case undefined: return null
    }
  }

  private not(scope: Scope): QueryNode | null {
    const lexeme = this.lexemes[this.at]
    if (!this.isAtOperand() || lexeme === undefined) return null
    const part = isWord(lexeme) && scope.kind === 'words' ? this.oneWord(lexeme, scope.field) : this.operand(scope)
    return part === null ? null : { kind: 'not', part }
  }

  private oneWord({ text }: TextLexeme, field: WordField): QueryNode | null {
    this.at++
    return this.wordsNode(field, this.term(wordText(text), { isExact: false, isPrefix: false }))
  }

  private bracket(name: string | null, outer: Scope): QueryNode | null {
    if (this.depth >= DEEPEST) {
      this.notes.add(`Brackets in more than ${DEEPEST} others were left out.`)
      return null
    }
    this.depth++
    const node = this.thens(name === null ? outer : this.scopeOf(name, outer))
    this.depth--
    if (this.lexemes[this.at]?.kind === 'close') this.at++
    else this.notes.add('A bracket was not closed: it was taken to go to the end.')
    return name !== null && this.isLater(name) ? null : node
  }

  private scopeOf(written: string, outer: Scope): Scope {
    const name = written.toLowerCase()
    if (name === 'said' || name === 'title') return { kind: 'words', field: name }
    if (name === 'seen') return { kind: 'seen' }
    if (isListFilter(name)) return { kind: 'filter', name }
    if (!LATER.has(name)) this.notes.add(`${name}: can not stand before brackets, and was left out.`)
    return outer
  }

  private exact(text: string, scope: Scope): QueryNode | null {
    if (scope.kind === 'seen') return this.seen(text)
    if (scope.kind === 'filter') return this.values(scope.name, [text])
    return this.wordsNode(scope.field, this.term(text, { isExact: true, isPrefix: false }))
  }

  private seen(text: string): QueryNode | null {
    return text.trim() !== '' && this.isRoom() ? { kind: 'seen', text: text.trim() } : null
  }

  private isLater(written: string): boolean {
    const what = LATER.get(written.toLowerCase())
    if (what !== undefined) this.notes.add(`${written.toLowerCase()}: (${what}) can not be searched yet and was left out.`)
    return what !== undefined
  }

  private empty(written: string): null {
    this.notes.add(`${written.toLowerCase()}: has nothing after it and was left out.`)
    return null
  }

  private named({ text, isQuoted, isLast }: TextLexeme, written: string): QueryNode | null {
    const name = written.toLowerCase()
    if (text.trim() === '') return this.empty(written)
    if (this.isLater(name)) return null
    if (name === 'seen') return this.seen(text)
    if (name !== 'said' && name !== 'title') return this.filter(name, text)
    if (isQuoted) return this.exact(text, { kind: 'words', field: name })
    return this.wordsNode(name, this.term(wordText(text), { isExact: false, isPrefix: isLast }))
  }

  private list(written: string, values: string[]): QueryNode | null {
    return values.length === 0 ? this.empty(written) : this.values(written.toLowerCase(), values)
  }

  private values(name: string, values: string[]): QueryNode | null {
    return joined('or', values.map((value) => value.trim() === '' ? null : this.filter(name, value)))
  }

  private filter(name: string, text: string): QueryNode | null {
    const read = readFilter(name, text)
    const shown = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text
    if ('note' in read) this.notes.add(`${name}: ${read.note}; "${shown}" was left out.`)
    else if (++this.filters > MOST_FILTERS) this.notes.add(`Only the first ${MOST_FILTERS} filters were looked at.`)
    else return { kind: 'filter', filter: read.filter, written: `${name}:${valueText(text.trim())}` }
    return null
  }
}

/** Understands any text as a query; what was understood differently from how it was written is in the notes. */
export function parseQuery(text: string): Query {
  const notes = new Set<string>()
  if (text.length > LONGEST_QUERY) notes.add(`Only the first ${LONGEST_QUERY} characters were looked at.`)
  const cut = lexed(text.slice(0, LONGEST_QUERY))
  for (const note of cut.notes) notes.add(note)
  const node = new Parser(withoutAccidents(cut.lexemes, notes), notes).whole()
  return { node, notes: [...notes] }
}
