/** What stands in a query as `name:value`, and where. */
export interface QueryChip {
  name: FilterName
  /** As it is looked for: without quotation marks. */
  value: string
  isNot: boolean
  /** Where it stands in the text, its minus included. */
  start: number
  end: number
}

export type FilterName = 'in' | 'lang' | 'after' | 'before' | 'longer' | 'shorter' | 'color' | 'tag' | 'bright' | 'motion' | 'said' | 'seen' | 'title'

const names: readonly FilterName[] = ['in', 'lang', 'after', 'before', 'longer', 'shorter', 'color', 'tag', 'bright', 'motion', 'said', 'seen', 'title']
// Several of these can hold for one scene; of the others a new one takes the place of the old one.
const several: readonly FilterName[] = ['color', 'tag', 'said', 'seen', 'title']

type TokenKind = 'word' | 'quoted' | 'open' | 'close' | 'operator'
interface Token { kind: TokenKind, start: number, end: number, chip: QueryChip | null }

const QUOTES = '"“”„‟«»＂'
const space = /\s+/y
const operator = /(?:AND|OR|THEN)(?:<\d+(?:\.\d+)?[sm]?)?(?=[\s()]|$)/y
const quoted = new RegExp(`[-−–]?[${QUOTES}][^${QUOTES}]*[${QUOTES}]?`, 'y')
const bracket = /[-−–]?(?:\p{L}+:)?\(/uy
const named = new RegExp(`([-−–]?)(\\p{L}+):(?:[${QUOTES}]([^${QUOTES}]*)[${QUOTES}]?|([^\\s()${QUOTES}]+))`, 'uy')
const bare = new RegExp(`[^\\s()${QUOTES}]+|.`, 'suy')

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function filterName(written: string): FilterName | null {
  const name = written.toLowerCase()
  return name === 'colour' ? 'color' : names.find((known) => known === name) ?? null
}

function namedToken(match: RegExpExecArray): Token {
  const [whole, minus = '', written = '', inQuotes, plain] = match
  const span = { start: match.index, end: match.index + whole.length }
  const [name, value] = [filterName(written), (inQuotes ?? plain ?? '').trim()]
  return { kind: 'word', ...span, chip: name === null || value === '' ? null : { name, value, isNot: minus !== '', ...span } }
}

function tokenAt(text: string, at: number): Token {
  const plain = (kind: TokenKind, match: RegExpExecArray): Token => ({ kind, start: at, end: at + match[0].length, chip: null })
  if (text[at] === ')') return { kind: 'close', start: at, end: at + 1, chip: null }
  const kinds: [TokenKind, RegExp][] = [['open', bracket], ['operator', operator], ['quoted', quoted]]
  for (const [kind, pattern] of kinds) {
    const match = matchAt(pattern, text, at)
    if (match !== null) return plain(kind, match)
  }
  const match = matchAt(named, text, at)
  if (match !== null) return namedToken(match)
  const rest = matchAt(bare, text, at)
  return rest === null ? { kind: 'word', start: at, end: text.length, chip: null } : plain('word', rest)
}

function tokens(text: string): Token[] {
  const found: Token[] = []
  for (let at = 0; at < text.length;) {
    const gap = matchAt(space, text, at)
    if (gap !== null) { at += gap[0].length; continue }
    const token = tokenAt(text, at)
    found.push(token)
    at = token.end
  }
  return found
}

/** The filters in a query, in the order in which they stand there. */
export function chipsOf(text: string): QueryChip[] {
  return tokens(text).flatMap(({ chip }) => chip === null ? [] : [chip])
}

/** The words of a query without its filters. */
export function wordsOf(text: string): string {
  return tokens(text).filter(({ chip }) => chip === null).map(({ start, end }) => text.slice(start, end)).join(' ')
}

/** Whether something is asked for that may be said, and that may be seen: not by what is only left out, nor by the other filters. */
export function asksForWords(text: string): { said: boolean, seen: boolean } {
  const all = tokens(text).filter(({ start }) => !/[-−–]/.test(text.charAt(start)))
  const isPlain = all.some(({ kind, chip }) => chip === null && (kind === 'word' || kind === 'quoted'))
  const hasChip = (...wanted: FilterName[]): boolean => all.some(({ chip }) => chip !== null && wanted.includes(chip.name))
  return { said: isPlain || hasChip('said'), seen: isPlain || hasChip('seen', 'tag') }
}

function binding(operator: Token, text: string): number {
  return ['THEN', 'OR', 'AND'].findIndex((name) => text.startsWith(name, operator.start))
}

// Of two operators side by side the one that belongs to what went binds closer.
function isLone(parts: Token[], at: number, text: string): boolean {
  const [before, token, after] = [parts[at - 1], parts[at], parts[at + 1]]
  if (token?.kind !== 'operator') return false
  if (before === undefined || before.kind === 'open' || after === undefined || after.kind === 'close') return true
  if (after.kind === 'operator') return binding(token, text) >= binding(after, text)
  return before.kind === 'operator'
}

// An operator that has lost one of its sides goes, and so do brackets around nothing, until nothing more goes.
function withoutLoneParts(parts: Token[], text: string): Token[] {
  const lone = parts.findIndex((_, at) => isLone(parts, at, text))
  if (lone >= 0) return withoutLoneParts(parts.toSpliced(lone, 1), text)
  const empty = parts.findIndex((token, at) => token.kind === 'open' && parts[at + 1]?.kind === 'close')
  return empty < 0 ? parts : withoutLoneParts(parts.toSpliced(empty, 2), text)
}

/** Without brackets around all of it, which were there for the sake of what is gone. */
function unwrapped(parts: Token[]): Token[] {
  const [first] = parts
  if (first?.kind !== 'open' || first.end - first.start !== 1) return parts
  let depth = 0
  const closing = parts.findIndex(({ kind }) => {
    depth += kind === 'open' ? 1 : kind === 'close' ? -1 : 0
    return depth === 0
  })
  return closing === parts.length - 1 ? unwrapped(parts.slice(1, -1)) : parts
}

function isBracket(token: Token | undefined, kind: 'open' | 'close'): boolean {
  return token?.kind === kind
}

function written(parts: Token[], text: string): string {
  return parts.reduce((all, token, at) => {
    const isTight = at === 0 || isBracket(parts[at - 1], 'open') || isBracket(token, 'close')
    return `${all}${isTight ? '' : ' '}${text.slice(token.start, token.end)}`
  }, '')
}

function keeping(text: string, isKept: (token: Token) => boolean): string {
  const all = tokens(text)
  const kept = all.filter(isKept)
  return kept.length === all.length ? text : written(unwrapped(withoutLoneParts(kept, text)), text)
}

/** The query without a filter, and without the AND, OR, THEN or brackets that only it needed. */
export function withoutChip(text: string, chip: QueryChip): string {
  return keeping(text, (token) => token.start !== chip.start || token.chip === null)
}

/** A filter as it is written in a query. */
export function filterText(name: FilterName, value: string): string {
  const plain = value.replace(new RegExp(`[${QUOTES}]`, 'g'), ' ').trim()
  return `${name}:${/[\s()]/.test(plain) ? `"${plain}"` : plain}`
}

function isQuoteOpen(text: string): boolean {
  const last = tokens(text).at(-1)
  if (last === undefined) return false
  const marks = text.slice(last.start, last.end).match(new RegExp(`[${QUOTES}]`, 'g'))
  return marks !== null && marks.length % 2 === 1
}

/** The rest of the query belongs to a new filter as a whole, so OR and THEN at its top go into brackets. */
function asOneThing(text: string): string {
  let depth = 0
  let isSplit = false
  for (const token of tokens(text)) {
    if (token.kind === 'open') depth++
    if (token.kind === 'close') depth--
    if (token.kind === 'operator' && depth === 0 && !text.startsWith('AND', token.start)) isSplit = true
  }
  return isSplit || depth > 0 ? `(${text}${')'.repeat(Math.max(0, depth))})` : text
}

/** The query with a filter at its end; it stands for all of the query, and takes the place of one of its kind where only one makes sense. */
export function withFilter(text: string, name: FilterName, value: string): string {
  const closed = (isQuoteOpen(text) ? `${text}"` : text).trim()
  const rest = keeping(closed, ({ chip }) => {
    if (chip === null || chip.isNot || chip.name !== name) return true
    return several.includes(name) && chip.value.toLowerCase() !== value.toLowerCase()
  })
  const filter = filterText(name, value)
  return rest === '' ? filter : `${asOneThing(rest)} ${filter}`
}
