/** What a query is made of, before its order is looked at. */
export type Lexeme =
  | { kind: 'open', field: string | null }
  | { kind: 'close' }
  | { kind: 'minus' }
  | { kind: 'operator', name: 'AND' | 'OR' | 'THEN', withinSeconds: number | null, written: string }
  /** `field` as written, without the colon. */
  | { kind: 'text', text: string, isQuoted: boolean, field: string | null, isLast: boolean }

export interface Lexed { lexemes: Lexeme[], notes: string[] }

const QUOTES = '"“”„‟«»＂'
const closing = new RegExp(`[${QUOTES}]`)
const opening = new RegExp(`^[${QUOTES}]`)
const field = /^(\p{L}+):/u
const operator = /^(AND|OR|THEN)(?:<(\d+(?:\.\d+)?)(s|m)?)?(?=[\s()]|$)/
const bare = new RegExp(`^[^\\s()${QUOTES}]+`)

class Scanner {
  private rest: string
  private isSpaceBefore = true
  readonly lexemes: Lexeme[] = []
  readonly notes: string[] = []

  constructor(text: string) { this.rest = text }

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

  private quoted(named: string | null): void {
    this.take(1)
    const end = this.rest.search(closing)
    if (end < 0) this.notes.push('A quotation mark has no partner: all after it was taken as the exact words.')
    const text = end < 0 ? this.take(this.rest.length) : this.take(end)
    this.take(end < 0 ? 0 : 1)
    this.lexemes.push({ kind: 'text', text, isQuoted: true, field: named, isLast: false })
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
    if (opening.test(this.rest)) this.quoted(name)
    else if (this.rest.startsWith('(')) this.open(name)
    else this.word(name)
  }

  private minus(): boolean {
    if (!/^[-−–](?=[^\s)\-−–])/.test(this.rest)) return false
    this.take(1)
    this.lexemes.push({ kind: 'minus' })
    return true
  }

  private operator(): boolean {
    const found = operator.exec(this.rest)
    if (found === null) return false
    const [written, name, amount, unit] = found
    if (name !== 'AND' && name !== 'OR' && name !== 'THEN') return false
    if (amount !== undefined && name !== 'THEN') return false
    this.take(written.length)
    const withinSeconds = amount === undefined ? null : Number(amount) * (unit === 'm' ? 60 : 1)
    this.lexemes.push({ kind: 'operator', name, withinSeconds, written })
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
