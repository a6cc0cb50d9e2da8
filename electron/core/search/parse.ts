import { indexPhrase } from '../store/index-text.ts'
import { isFilterName, readFilter } from './filters.ts'
import type { Lexeme } from './lexer.ts'
import { lexed } from './lexer.ts'
import type { Query, QueryNode, Term, WordField, WordsNode } from './query.ts'
import { joined } from './query.ts'

// Nobody types more; a pasted page still gets an answer.
const LONGEST_QUERY = 2000
const MOST_TERMS = 40
// SQLite allows expressions of 256 levels in the word index.
const DEEPEST = 20
const THEN_SECONDS = 30

// Words that say nothing about a scene. They are looked for only where they are all there is, or between quotation marks.
const STOP_WORDS = new Set((
  'a an and are as at be been but by did do does for from had has have how i in into is it its of on or our so that the '
  + 'their them then there these they this those to was we were what when where which who will with you your'
).split(' '))

/** What is named in design.md and nothing is there to search in yet. */
const LATER = new Set(['text', 'person', 'object'])

const CONTENT = new Set(['said', 'title', 'seen'])

type TextLexeme = Extract<Lexeme, { kind: 'text' }>
type Operator = Extract<Lexeme, { kind: 'operator' }>

function isWord(lexeme: Lexeme): lexeme is TextLexeme {
  return lexeme.kind === 'text' && lexeme.field === null && !lexeme.isQuoted
}

/** With everything in capitals, capitals say nothing: AND, OR and THEN are words then, unless THEN has its seconds. */
function withWordsForOperators(lexemes: Lexeme[], notes: string[]): Lexeme[] {
  const texts = lexemes.filter((lexeme) => lexeme.kind === 'text').map(({ text }) => text).join(' ')
  const isAllCapitals = /\p{Lu}/u.test(texts) && !/\p{Ll}/u.test(texts)
  const isDoubtful = (lexeme: Lexeme): lexeme is Operator => lexeme.kind === 'operator' && lexeme.withinSeconds === null
  if (!isAllCapitals || !lexemes.some(isDoubtful)) return lexemes
  notes.push('All of it is in capitals, so AND, OR and THEN were taken as words. Write the other words small to use them as operators.')
  return lexemes.map((lexeme) => isDoubtful(lexeme) ? { kind: 'text', text: lexeme.name, isQuoted: false, field: null, isLast: false } : lexeme)
}

class Parser {
  private at = 0
  private depth = 0
  private terms = 0
  private readonly lexemes: Lexeme[]
  private readonly notes: Set<string>

  constructor(lexemes: Lexeme[], notes: Set<string>) {
    this.lexemes = lexemes
    this.notes = notes
  }

  whole(): QueryNode | null {
    const nodes: (QueryNode | null)[] = []
    while (this.at < this.lexemes.length) {
      nodes.push(this.thens('any'))
      if (this.lexemes[this.at]?.kind === 'close') {
        this.at++
        this.notes.add('A closing bracket has no partner and was left out.')
      }
    }
    return joined('and', nodes)
  }

  /** THEN binds least: what stands on each side of it belongs together. */
  private thens(field: WordField): QueryNode | null {
    let node = this.ors(field)
    for (let operator = this.operator('THEN'); operator !== null; operator = this.operator('THEN')) {
      const second = this.ors(field)
      if (node === null || second === null) {
        this.stray(operator)
        node ??= second
      } else {
        node = { kind: 'then', first: node, second, withinSeconds: operator.withinSeconds ?? THEN_SECONDS }
      }
    }
    return node
  }

  private ors(field: WordField): QueryNode | null {
    const parts = [this.ands(field)]
    for (let operator = this.operator('OR'); operator !== null; operator = this.operator('OR')) {
      const next = this.ands(field)
      if (parts.at(-1) === null || next === null) this.stray(operator)
      parts.push(next)
    }
    return joined('or', parts)
  }

  private ands(field: WordField): QueryNode | null {
    const parts: (QueryNode | null)[] = []
    for (;;) {
      const operator = this.operator('AND')
      const [before, from] = [parts.length, this.at]
      if (this.isAtWord()) parts.push(this.words(field))
      else if (this.isAtOperand()) parts.push(this.operand(field))
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
    return kind === 'text' || kind === 'open' || kind === 'minus'
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
  private words(field: WordField): QueryNode | null {
    const terms: Term[] = []
    for (let lexeme = this.lexemes[this.at]; lexeme !== undefined && isWord(lexeme); lexeme = this.lexemes[this.at]) {
      this.at++
      terms.push(...this.term(lexeme.text, { isExact: false, isPrefix: lexeme.isLast }))
    }
    const telling = terms.filter(({ text }) => !STOP_WORDS.has(text.toLowerCase()))
    const isAll = telling.length === 0 || telling.length === terms.length
    const node = this.wordsNode(field, isAll ? terms : telling)
    return isAll || node === null ? node : { ...node, written: terms.map(({ text }) => text).join(' ') }
  }

  private wordsNode(field: WordField, terms: Term[]): WordsNode | null {
    return terms.length === 0 ? null : { kind: 'words', field, terms, need: 'all' }
  }

  private term(text: string, how: Omit<Term, 'text'>): Term[] {
    if (indexPhrase(text).tokens.length === 0) return []
    this.terms++
    if (this.terms <= MOST_TERMS) return [{ text, ...how }]
    this.notes.add(`Only the first ${MOST_TERMS} words were looked for.`)
    return []
  }

  private operand(field: WordField): QueryNode | null {
    const lexeme = this.lexemes[this.at]
    this.at++
    switch (lexeme?.kind) {
      case 'minus': return this.not(field)
      case 'open': return this.bracket(lexeme.field, field)
      case 'text': return lexeme.field === null ? this.exact(lexeme.text, field) : this.named(lexeme, lexeme.field)
      case 'close': case 'operator': case undefined: return null
    }
  }

  private not(field: WordField): QueryNode | null {
    if (!this.isAtOperand()) return null
    const lexeme = this.lexemes[this.at]
    if (lexeme === undefined || !isWord(lexeme)) {
      const part = this.operand(field)
      return part === null ? null : { kind: 'not', part }
    }
    this.at++
    const part = this.wordsNode(field, this.term(lexeme.text, { isExact: false, isPrefix: false }))
    return part === null ? null : { kind: 'not', part }
  }

  private bracket(name: string | null, outer: WordField): QueryNode | null {
    const field = name === null ? outer : this.wordField(name)
    if (this.depth >= DEEPEST) {
      this.notes.add(`Brackets in more than ${DEEPEST} others were left out.`)
      return null
    }
    this.depth++
    const node = this.thens(field)
    this.depth--
    if (this.lexemes[this.at]?.kind === 'close') this.at++
    else this.notes.add('A bracket was not closed: it was taken to go to the end.')
    return node
  }

  private wordField(name: string): WordField {
    const known = name.toLowerCase()
    if (known === 'said' || known === 'title') return known
    this.notes.add(`${name}: can not stand before brackets, and was left out.`)
    return 'any'
  }

  private exact(text: string, field: WordField): QueryNode | null {
    return this.wordsNode(field, this.term(text, { isExact: true, isPrefix: false }))
  }

  private named({ text, isQuoted, isLast }: TextLexeme, written: string): QueryNode | null {
    const name = written.toLowerCase()
    if (!isFilterName(name) && !LATER.has(name) && !CONTENT.has(name)) return this.unknown(text, isQuoted, written)
    if (text.trim() === '') {
      this.notes.add(`${written}: has nothing after it and was left out.`)
      return null
    }
    if (name === 'said' || name === 'title') return this.wordsNode(name, this.term(text, { isExact: isQuoted, isPrefix: isLast && !isQuoted }))
    if (name === 'seen') return { kind: 'seen', text }
    if (LATER.has(name)) {
      this.notes.add(`${written}: can not be searched yet, and was left out.`)
      return null
    }
    return this.filter(name, text)
  }

  private filter(name: string, text: string): QueryNode | null {
    const read = readFilter(name, text)
    if ('filter' in read) return { kind: 'filter', filter: read.filter, written: `${name}:${text}` }
    this.notes.add(`${name}: ${read.note}; "${text}" was left out.`)
    return null
  }

  private unknown(text: string, isQuoted: boolean, name: string): QueryNode | null {
    if (text === '') return this.wordsNode('any', this.term(name, { isExact: false, isPrefix: false }))
    this.notes.add(`There is no filter ${name}: so it was searched as words.`)
    if (isQuoted) return joined('and', [this.wordsNode('any', this.term(name, { isExact: false, isPrefix: false })), this.exact(text, 'any')])
    return this.wordsNode('any', this.term(`${name} ${text}`, { isExact: false, isPrefix: false }))
  }
}

/** Understands any text as a query; what was understood differently from how it was written is in the notes. */
export function parseQuery(text: string): Query {
  const notes: string[] = []
  if (text.length > LONGEST_QUERY) notes.push(`Only the first ${LONGEST_QUERY} characters were looked at.`)
  const cut = lexed(text.slice(0, LONGEST_QUERY))
  notes.push(...cut.notes)
  const said = new Set(notes)
  const node = new Parser(withWordsForOperators(cut.lexemes, notes), said).whole()
  return { node, notes: [...new Set([...notes, ...said])] }
}
