import type { Prepared } from './prepare.ts'
import type { QueryNode, Term } from './query.ts'
import { joined, wantedNodes } from './query.ts'
import type { Passage } from './spoken.ts'
import { matchesOf } from './spoken.ts'

function asksForContent(node: QueryNode): boolean {
  return wantedNodes(node).some(({ kind }) => kind === 'words' || kind === 'seen')
}

function singleWords(term: Term): Term[] {
  return term.isExact ? term.text.split(/\s+/).filter((text) => text !== '').map((text) => ({ text, isExact: false, isPrefix: false })) : [term]
}

/** The same query with any of the words enough; filters and what is excluded stay as they are. */
export function relaxed(node: QueryNode): QueryNode {
  switch (node.kind) {
    case 'words': return { ...node, terms: node.terms.flatMap(singleWords), need: 'some' }
    case 'or': return { kind: 'or', parts: node.parts.map(relaxed) }
    case 'then': return { kind: 'or', parts: [relaxed(node.first), relaxed(node.second)] }
    case 'and': {
      const hard = node.parts.filter((part) => !asksForContent(part))
      const soft = joined('or', node.parts.filter(asksForContent).map(relaxed))
      return joined('and', [...hard, soft]) ?? node
    }
    case 'not': case 'seen': case 'filter': return node
  }
}

/** True when the texts hold all the words that the query asks for. What is not about words is taken to hold. */
export function hasWords(node: QueryNode, texts: { said: Passage, title: Passage }, query: Prepared): boolean {
  switch (node.kind) {
    case 'words': {
      const passages = node.field === 'any' ? [texts.said, texts.title] : [texts[node.field]]
      const isThere = (term: Term): boolean => passages.some((text) => matchesOf(text, query.forms.get(term)?.shown ?? []).length > 0)
      return node.need === 'all' ? node.terms.every(isThere) : node.terms.some(isThere)
    }
    case 'and': return node.parts.every((part) => hasWords(part, texts, query))
    case 'or': return node.parts.some((part) => hasWords(part, texts, query))
    case 'not': return !asksForContent(node.part) || !hasWords(node.part, texts, query)
    case 'then': case 'seen': return false
    case 'filter': return true
  }
}
