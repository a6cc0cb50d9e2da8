import { parseQuery, THEN_SECONDS } from './parse.ts'
import type { QueryNode, WordsNode } from './query.ts'

type Compound = Extract<QueryNode, { kind: 'and' | 'or' | 'then' }>

/** Whether brackets are put around everything that may have them, or only where the query would be another one without. */
interface Style { isGuarded: boolean }

function isPlainWords(node: QueryNode): boolean {
  return node.kind === 'words' && node.field === 'any' && node.terms.every(({ isExact }) => !isExact)
}

function wordsText({ field, terms, written }: WordsNode): string {
  const [first] = terms
  if (first?.isExact === true) return `${field === 'any' ? '' : `${field}:`}"${first.text}"`
  const text = written ?? terms.map((term) => term.text).join(' ')
  if (field === 'any') return text
  return terms.length === 1 && written === undefined ? `${field}:${text}` : `${field}:(${text})`
}

function bracketed(node: QueryNode, style: Style, isNeeded: boolean): string {
  const text = printed(node, style)
  return isNeeded || (style.isGuarded && isPlainWords(node)) ? `(${text})` : text
}

function andText({ parts }: Extract<Compound, { kind: 'and' }>, style: Style): string {
  return parts.map((part, at) => {
    const before = parts[at - 1]
    const isJoined = !style.isGuarded && before !== undefined && isPlainWords(before) && isPlainWords(part)
    return `${at === 0 ? '' : isJoined ? ' AND ' : ' '}${bracketed(part, style, ['and', 'or', 'then'].includes(part.kind))}`
  }).join('')
}

function thenText({ first, second, withinSeconds }: Extract<Compound, { kind: 'then' }>, style: Style): string {
  const operator = withinSeconds === THEN_SECONDS ? 'THEN' : `THEN<${withinSeconds}s`
  return `${bracketed(first, style, false)} ${operator} ${bracketed(second, style, second.kind === 'then')}`
}

function notText(part: QueryNode, style: Style): string {
  const isOne = part.kind === 'filter' || part.kind === 'seen' || (part.kind === 'words' && part.terms.length === 1 && part.written === undefined)
  // A word after a minus is never one that is still being typed.
  const isTyped = part.kind === 'words' && part.terms.at(-1)?.isPrefix === true
  return isOne && !(isTyped && isPlainWords(part)) ? `-${printed(part, style)}` : `-(${printed(part, style)})`
}

function printed(node: QueryNode, style: Style): string {
  switch (node.kind) {
    case 'words': return wordsText(node)
    case 'seen': return `seen:"${node.text}"`
    case 'filter': return node.written
    case 'not': return notText(node.part, style)
    case 'and': return andText(node, style)
    case 'or': return node.parts.map((part) => bracketed(part, style, part.kind === 'or' || part.kind === 'then')).join(' OR ')
    case 'then': return thenText(node, style)
  }
}

function lastLeaf(node: QueryNode): QueryNode {
  switch (node.kind) {
    case 'and': case 'or': return lastLeaf(node.parts.at(-1) ?? node)
    case 'then': return lastLeaf(node.second)
    case 'not': return lastLeaf(node.part)
    case 'words': case 'seen': case 'filter': return node
  }
}

/** A last word that is still being typed is at the very end; after one that is not there is a space. */
function withEnd(text: string, node: QueryNode): string {
  const leaf = lastLeaf(node)
  if (leaf.kind !== 'words' || leaf.terms.some(({ isExact }) => isExact)) return text
  if (leaf.terms.at(-1)?.isPrefix === true) return text.replace(/\)+$/, '')
  return text.endsWith(')') ? text : `${text} `
}

function isSame(a: QueryNode | null, b: QueryNode | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** The query as text that is understood as this query again; nothing for none. */
export function printQuery(node: QueryNode | null): string {
  if (node === null) return ''
  const text = withEnd(printed(node, { isGuarded: false }), node)
  // All in capitals, its operators would be taken for words.
  return isSame(parseQuery(text).node, node) ? text : withEnd(printed(node, { isGuarded: true }), node)
}
