import type { ReadDatabase } from '../ports.ts'
import type { FoundScene } from '../store/word-index.ts'
import type { Finding } from './group.ts'
import type { Prepared } from './prepare.ts'
import type { QueryNode, Term, WordsNode } from './query.ts'
import { hasThen, joined, wantedNodes, wantedWords } from './query.ts'
import type { Passage } from './spoken.ts'
import { matchesOf, passage, spokenIn } from './spoken.ts'

interface Texts { said: Passage, title: Passage }

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

function isThere({ field, terms, need }: WordsNode, texts: Texts, query: Prepared): boolean {
  const passages = field === 'any' ? [texts.said, texts.title] : [texts[field]]
  const isTermThere = (term: Term): boolean => passages.some((text) => matchesOf(text, query.forms.get(term)?.shown ?? []).length > 0)
  return need === 'all' ? terms.every(isTermThere) : terms.some(isTermThere)
}

/** True when the texts hold the words that the query asks for. What is not about words is taken to hold. */
function hasWords(node: QueryNode, texts: Texts, query: Prepared): boolean {
  switch (node.kind) {
    case 'words': return isThere(node, texts, query)
    case 'and': return node.parts.every((part) => hasWords(part, texts, query))
    // What only filters is there without any words: it says nothing of them.
    case 'or': return node.parts.filter(asksForContent).some((part) => hasWords(part, texts, query))
    case 'not': return !asksForContent(node.part) || !hasWords(node.part, texts, query)
    case 'then': case 'seen': return false
    case 'filter': return true
  }
}

/** Two or three neighbours in a row, the shortest first. What is said goes on over a cut, seldom over several. */
function rows(scenes: FoundScene[]): FoundScene[][] {
  return [2, 3].flatMap((length) => scenes.slice(length - 1).map((_, from) => scenes.slice(from, from + length)))
}

/**
 * As few neighbouring scenes of the group as have all the words together: a cut went through what was said. Null when they
 * have not, or when the person asked with AND for one scene that has it all.
 */
export function wholeAcrossCuts(group: Finding, node: QueryNode, { db, query }: { db: ReadDatabase, query: Prepared }): Finding | null {
  const [evidence] = group.evidence
  if (evidence === undefined || hasThen(node) || wantedWords(node).length !== 1) return null
  const title = passage([{ text: group.scene.title, start: group.start, end: group.end }])
  for (const scenes of rows(evidence.scenes)) {
    const [first, last] = [scenes[0], scenes.at(-1)]
    if (first === undefined || last === undefined) continue
    const span = { from: first.start, to: last.end }
    const said = spokenIn(db, first.videoId, span)
    if (!hasWords(node, { said, title }, query)) continue
    const scene = scenes.includes(group.scene) ? group.scene : first
    return { ...group, scene, start: span.from, end: span.to, evidence: [{ ...evidence, scene, scenes, span, node }] }
  }
  return null
}
