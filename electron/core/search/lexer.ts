import { isListFilter } from './filters.ts'

/** What a query is made of, before its order is looked at. */
export type Lexeme =
  | { kind: 'open', field: string | null }
  | { kind: 'close' }
  | { kind: 'minus' }
  | { kind: 'operator', name: 'AND' | 'OR' | 'THEN', withinSeconds: number | null, written: string }
  /** The values of a filter that takes several. */
  | { kind: 'list', field: string, values: string[] }
  /** `field` as written, without the colon. */
  | { kind: 'text', text: string, isQuoted: boolean, field: string | null, isLast: boolean }

export interface Lexed { lexemes: Lexeme[], notes: string[] }

const QUOTES = '"“”„‟«»＂'
const closing = new RegExp(`[${QUOTES}]`)
const opening = new RegExp(`^[${QUOTES}]`)
const field = /^(\p{L}+):/u
const operator = /^(AND|OR|THEN)(?=[\s()]|$)/
// "<20s", "<2m"; what else stands there is no time.
const timedThen = /^THEN<([^\s()]*)(?=[\s()]|$)/
const time = /^=?(\d+(?:[.,]\d+)?)(s|secs?|m|mins?)?$/i
const bare = new RegExp(`^[^\\s()${QUOTES}]+`)
const listed = new RegExp(`^[^\\s(),${QUOTES}]+`)
const MINUS = '\\-−–'
const minus = new RegExp(`^[${MINUS}](?=[^\\s)${MINUS}])`)

// Four days: no longer video is known, and no number of seconds is written with an exponent.
const LONGEST_SECONDS = 345_600

// As keyboards for Chinese, Japanese and Korean write them.
const WIDE = new Map([['（', '('], ['）', ')'], ['－', '-'], ['：', ':']])

function withNarrowSigns(text: string): string {
  return text.replace(/[（）－：]/g, (sign) => WIDE.get(sign) ?? sign)
}

/** True for what is read as an operator where it stands by itself. */
export function isOperator(text: string): boolean {
  return operator.test(text) || timedThen.test(text)
}

class Scanner {
  private rest: string
  private isSpaceBefore = true
  readonly lexemes: Lexeme[] = []
  readonly notes: string[] = []

  constructor(text: string) { this.rest = withNarrowSigns(text) }

  scan(): Lexed {
    while (this.rest !== '') this.next()
    return { lexemes: this.lexemes, notes: this.notes }
  }

  private take(length: number): string {
    const taken = this.rest.slice(0, length)
    this.rest = this.rest.slice(length)
    this.isSpaceBefore = /\s$/.test(taken)
    return taken
  }

  private next(): void {
    const space = /^\s+/.exec(this.rest)
    if (space !== null) this.take(space[0].length)
    else if (this.rest.startsWith('(')) this.open(null)
    else if (this.rest.startsWith(')')) { this.take(1); this.lexemes.push({ kind: 'close' }) }
    else if (opening.test(this.rest)) this.quoted(null)
    else this.unquoted()
  }

  private open(named: string | null): void {
    this.take(1)
    this.lexemes.push({ kind: 'open', field: named })
  }

  /** What stands between quotation marks. */
  private inQuotes(): string {
    this.take(1)
    const end = this.rest.search(closing)
    if (end < 0) this.notes.push('A quotation mark has no partner: all after it was taken as the exact words.')
    const text = end < 0 ? this.take(this.rest.length) : this.take(end)
    this.take(end < 0 ? 0 : 1)
    return text
  }

  private quoted(named: string | null): void {
    this.lexemes.push({ kind: 'text', text: this.inQuotes(), isQuoted: true, field: named, isLast: false })
  }

  /** `blue,teal`, `"hot dog",beach`. */
  private list(name: string): void {
    const values: string[] = []
    do {
      if (this.rest.startsWith(',')) this.take(1)
      values.push(opening.test(this.rest) ? this.inQuotes() : this.take(listed.exec(this.rest)?.[0].length ?? 0))
    } while (this.rest.startsWith(','))
    this.lexemes.push({ kind: 'list', field: name, values: values.map((value) => value.trim()).filter((value) => value !== '') })
  }

  private unquoted(): void {
    if (this.isSpaceBefore || this.lexemes.at(-1)?.kind === 'open') {
      if (this.minus() || this.operator()) return
    }
    const name = field.exec(this.rest)?.[1]
    if (name === undefined) this.word(null)
    else this.named(name)
  }

  private named(name: string): void {
    this.take(name.length + 1)
    if (this.rest.startsWith('(')) this.open(name)
    else if (isListFilter(name)) this.list(name)
    else if (opening.test(this.rest)) this.quoted(name)
    else this.word(name)
  }

  private minus(): boolean {
    if (!minus.test(this.rest)) return false
    this.take(1)
    this.lexemes.push({ kind: 'minus' })
    return true
  }

  private operator(): boolean {
    const [written, name] = operator.exec(this.rest) ?? []
    if (written === undefined || (name !== 'AND' && name !== 'OR' && name !== 'THEN')) return this.timedThen()
    this.take(written.length)
    this.lexemes.push({ kind: 'operator', name, withinSeconds: null, written })
    return true
  }

  private timedThen(): boolean {
    const found = timedThen.exec(this.rest)
    if (found === null) return false
    const [written, limit = ''] = found
    const [, amount, unit = 's'] = time.exec(limit) ?? []
    if (amount === undefined) this.notes.push(`${written} has no time such as 20s or 2m after it, so 30 seconds were taken.`)
    this.take(written.length)
    const seconds = Number((amount ?? '30').replace(',', '.')) * (unit.toLowerCase().startsWith('m') ? 60 : 1)
    this.lexemes.push({ kind: 'operator', name: 'THEN', withinSeconds: Math.min(Math.round(seconds * 1000) / 1000, LONGEST_SECONDS), written })
    return true
  }

  private word(named: string | null): void {
    const text = this.take(bare.exec(this.rest)?.[0].length ?? 0)
    this.lexemes.push({ kind: 'text', text, isQuoted: false, field: named, isLast: this.rest === '' })
  }
}

/** Cuts a query into words, quoted words, brackets, minus signs and operators. Any text is cut into something. */
export function lexed(text: string): Lexed {
  return new Scanner(text).scan()
}
