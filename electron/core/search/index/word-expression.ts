/** A column of the word index. */
export type WordColumn = 'said' | 'title'

/** A word of the index, or the beginning of some. */
export interface AskedWord { word: string, isPrefix: boolean, columns: readonly WordColumn[] }

/** An expression of FTS5 over single words. */
export type WordExpression = { kind: 'word' } & AskedWord | { kind: 'and' | 'or' | 'not', left: WordExpression, right: WordExpression }

const EVERYWHERE: readonly WordColumn[] = ['said', 'title']
const part = /\s*(?:(?<word>"(?:[^"]|"")*")|(?<mark>[(){}:*])|(?<name>\w+))/y

const ONE_WORD = /^[\p{L}\p{N}\p{Co}\p{Mn}\p{Mc}]+$/u

type Part = { kind: 'word' | 'mark' | 'name', text: string }

function partsOf(match: string): Part[] | null {
  const parts: Part[] = []
  for (let at = 0; at < match.trimEnd().length;) {
    part.lastIndex = at
    const { word, mark, name } = part.exec(match)?.groups ?? {}
    if (word !== undefined) parts.push({ kind: 'word', text: word.slice(1, -1).replaceAll('""', '"') })
    else if (mark !== undefined) parts.push({ kind: 'mark', text: mark })
    else if (name !== undefined) parts.push({ kind: 'name', text: name })
    else return null
    at = part.lastIndex
  }
  return parts
}

/** Thrown within this file for what is no expression over single words. */
class OtherExpression extends Error {}

// Which one binds most: https://sqlite.org/fts5.html#fts5_boolean_operators
const OPERATORS = [['OR', 'or'], ['AND', 'and'], ['NOT', 'not']] as const

class Reader {
  private readonly parts: readonly Part[]
  private at = 0

  constructor(parts: readonly Part[]) { this.parts = parts }

  get isAtEnd(): boolean { return this.at === this.parts.length }

  private takes(kind: Part['kind'], text: string): boolean {
    const next = this.parts[this.at]
    if (next?.kind !== kind || next.text !== text) return false
    this.at++
    return true
  }

  private demand(text: string): void {
    if (!this.takes('mark', text)) throw new OtherExpression()
  }

  expression(columns: readonly WordColumn[], level = 0): WordExpression {
    const operator = OPERATORS[level]
    if (operator === undefined) return this.single(columns)
    const [name, kind] = operator
    let left = this.expression(columns, level + 1)
    while (this.takes('name', name)) left = { kind, left, right: this.expression(columns, level + 1) }
    return left
  }

  private single(columns: readonly WordColumn[]): WordExpression {
    if (this.takes('mark', '(')) {
      const inner = this.expression(columns)
      this.demand(')')
      return inner
    }
    if (this.takes('mark', '{')) {
      const column = EVERYWHERE.filter((name) => this.takes('name', name))
      this.demand('}')
      this.demand(':')
      return this.single(columns.filter((name) => column.includes(name)))
    }
    return this.word(columns)
  }

  private word(columns: readonly WordColumn[]): WordExpression {
    const next = this.parts[this.at++]
    // Whether words stand side by side is not known here.
    if (next?.kind !== 'word' || !ONE_WORD.test(next.text)) throw new OtherExpression()
    return { kind: 'word', word: next.text, isPrefix: this.takes('mark', '*'), columns }
  }
}

/** The expression as search/terms.ts and search/compile.ts write it; null where it asks for words that stand side by side, or is written in another way. */
export function wordExpression(match: string): WordExpression | null {
  const parts = partsOf(match)
  if (parts === null) return null
  const reader = new Reader(parts)
  try {
    const expression = reader.expression(EVERYWHERE)
    return reader.isAtEnd ? expression : null
  } catch (error) {
    if (error instanceof OtherExpression) return null
    throw error
  }
}
