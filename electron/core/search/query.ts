/** Where words are looked for; `any` is all that there is, pictures included. */
export type WordField = 'any' | 'said' | 'title'

/** A word, or words that stand side by side. */
export interface Term {
  text: string
  /** As it is written: no other forms of the word, no correction of its spelling. */
  isExact: boolean
  /** Still being typed: its beginning is enough. */
  isPrefix: boolean
}

/** A number of seconds or a share of 1, from `from` to `to`. */
export interface Range { from: number, to: number }

export type Filter =
  | { kind: 'video', text: string }
  | { kind: 'language', text: string }
  /** `text` is the beginning of an ISO 8601 date. */
  | { kind: 'recorded', side: 'before' | 'after', text: string }
  | { kind: 'duration', range: Range }
  | { kind: 'colour', text: string }
  | { kind: 'tag', text: string }
  | { kind: 'brightness', range: Range }
  | { kind: 'motion', range: Range }

/** A query, understood. */
export type QueryNode =
  /** `written` has the small words too, where some were left out: models were taught with sentences. */
  | { kind: 'words', field: WordField, terms: Term[], need: 'all' | 'some', written?: string }
  | { kind: 'seen', text: string }
  /** `written` is the filter as a query has it. */
  | { kind: 'filter', filter: Filter, written: string }
  | { kind: 'and', parts: QueryNode[] }
  | { kind: 'or', parts: QueryNode[] }
  | { kind: 'not', part: QueryNode }
  | { kind: 'then', first: QueryNode, second: QueryNode, withinSeconds: number }

export interface Query {
  /** Null when nothing is asked. */
  node: QueryNode | null
  notes: string[]
}

export type WordsNode = Extract<QueryNode, { kind: 'words' }>

function partsOf(node: QueryNode): QueryNode[] {
  switch (node.kind) {
    case 'and': case 'or': return node.parts
    case 'then': return [node.first, node.second]
    case 'not': return [node.part]
    case 'words': case 'seen': case 'filter': return []
  }
}

/** All nodes that a hit is to match; what it must not match is left out. */
export function wantedNodes(node: QueryNode): QueryNode[] {
  return node.kind === 'not' ? [] : [node, ...partsOf(node).flatMap(wantedNodes)]
}

/** All leaves, also those that a hit must not match. */
export function allLeaves(node: QueryNode): QueryNode[] {
  const parts = partsOf(node)
  return parts.length === 0 ? [node] : parts.flatMap(allLeaves)
}

export function wantedWords(node: QueryNode): WordsNode[] {
  return wantedNodes(node).filter((wanted) => wanted.kind === 'words')
}

export function hasThen(node: QueryNode): boolean {
  return node.kind === 'then' || partsOf(node).some(hasThen)
}

/** The value of a filter as it is written in a query: between quotation marks where it would end too early. */
export function valueText(value: string): string {
  return value === '' || /[\s(),]/.test(value) ? `"${value}"` : value
}

/** Joins nodes; one alone needs no joining. */
export function joined(kind: 'and' | 'or', parts: (QueryNode | null)[]): QueryNode | null {
  const there = parts.filter((part) => part !== null)
  const [first] = there
  if (first === undefined) return null
  return there.length === 1 ? first : { kind, parts: there }
}

/** The query with each leaf replaced; a leaf replaced by null is left out. */
export function mapLeaves(node: QueryNode, replace: (leaf: QueryNode, isWanted: boolean) => QueryNode | null, isWanted = true): QueryNode | null {
  const mapped = (part: QueryNode): QueryNode | null => mapLeaves(part, replace, isWanted)
  if (node.kind === 'and' || node.kind === 'or') return joined(node.kind, node.parts.map(mapped))
  if (node.kind === 'not') {
    const part = mapLeaves(node.part, replace, !isWanted)
    return part === null ? null : { kind: 'not', part }
  }
  if (node.kind !== 'then') return replace(node, isWanted)
  const [first, second] = [mapped(node.first), mapped(node.second)]
  return first === null || second === null ? first ?? second : { ...node, first, second }
}
