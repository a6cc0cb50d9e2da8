import type { SceneId } from '../../contract/ids.ts'
import type { SearchInput } from '../../contract/search.ts'
import type { ReadDatabase } from '../ports.ts'
import { scenesByTitle, scenesByWords, scenesInOrder, scenesThatFit } from '../store/word-index.ts'
import type { Neighbour } from '../store/vectors.ts'
import { conditionOf, planFor } from './compile.ts'
import type { RankedList } from './fuse.ts'
import type { Prepared } from './prepare.ts'
import { askedText, mayBeOther } from './prepare.ts'
import type { QueryNode } from './query.ts'
import { wantedNodes, wantedWords } from './query.ts'
import { wordsMatch } from './terms.ts'

/** What a query is asked with. */
export interface Retrieval {
  db: ReadDatabase
  query: Prepared
  weights: SearchInput['weights']
  /** At most so many scenes a list. */
  depth: number
  /** Scenes of one video in the list of titles. */
  perVideo: number
  /** Where it is said that something was not looked at. */
  notes: Set<string>
}

// Where a scene may also match by filters alone, those that do come after those with a rank.
const UNRANKED_WEIGHT = 0.01

/** True when the filters list scenes and nothing ranks them. */
export function isListing(node: QueryNode): boolean {
  return !wantedNodes(node).some(({ kind }) => kind === 'words' || kind === 'seen')
}

function canMatchUnranked(node: QueryNode): boolean {
  switch (node.kind) {
    case 'words': case 'seen': return false
    case 'filter': case 'not': return true
    case 'and': return node.parts.every(canMatchUnranked)
    case 'or': return node.parts.some(canMatchUnranked)
    case 'then': return canMatchUnranked(node.first) && canMatchUnranked(node.second)
  }
}

/** The texts of the query that pictures can be compared with. */
export function pictureTexts(node: QueryNode): string[] {
  const texts = wantedNodes(node).flatMap((part) => part.kind === 'seen' || (part.kind === 'words' && mayBeOther(part)) ? [askedText(part)] : [])
  return [...new Set(texts)]
}

/** The texts of the query that what is said can be compared with by its meaning. */
export function meaningTexts(node: QueryNode): string[] {
  return [...new Set(wantedWords(node).filter(mayBeOther).map(askedText))]
}

// Half: the first sixty that have the words come before the one that is nearest in meaning, and what has both before either.
const MEANING_SHARE = 0.5

function nearLists(node: QueryNode, { db, query, weights }: Retrieval): RankedList[] {
  const idsOf = (found: readonly Neighbour[] | undefined): SceneId[] => (found ?? []).map(({ sceneId }) => sceneId)
  const lists: RankedList[] = [
    ...pictureTexts(node).map((text): RankedList => ({ name: 'seen', weight: weights.seen ?? 1, ids: idsOf(query.near.pictures.get(text)) })),
    ...meaningTexts(node).map((text): RankedList => ({ name: 'meaning', weight: MEANING_SHARE * (weights.meaning ?? 1), ids: idsOf(query.near.passages.get(text)) })),
  ]
  const fit = scenesThatFit(db, [...new Set(lists.flatMap(({ ids }) => ids))], conditionOf(node, query))
  return lists.map((list) => ({ ...list, ids: list.ids.filter((id) => fit.has(id)) }))
}

function wordLists(node: QueryNode, { db, query, weights, depth, perVideo }: Retrieval): RankedList[] {
  const { match, condition } = planFor(node, query)
  if (match === null) return []
  const isAskedOf = (name: 'said' | 'title'): boolean => wantedWords(node).some(({ field }) => field === 'any' || field === name)
  const said = isAskedOf('said') ? scenesByWords(db, { match, condition, by: 'said', limit: depth }) : []
  // Most words are in no title: the index says so before any scene is ranked.
  const inTitle = wantedWords(node).map((words) => wordsMatch({ ...words, field: 'title', need: 'some' }, query.forms)).join(' OR ')
  const title = isAskedOf('title') ? scenesByTitle(db, { match: `(${match}) AND (${inTitle})`, condition, limit: depth, perVideo }) : []
  return [{ name: 'said', weight: weights.said ?? 1, ids: said }, { name: 'title', weight: weights.title ?? 1, ids: title }]
}

/** One ranked list for each kind of evidence, of scenes that match the query, which has no THEN. */
export function retrieve(node: QueryNode, retrieval: Retrieval): RankedList[] {
  const { db, query, depth } = retrieval
  const lists = [...nearLists(node, retrieval), ...wordLists(node, retrieval)]
  if (canMatchUnranked(node)) {
    const weight = isListing(node) ? 1 : UNRANKED_WEIGHT
    lists.push({ name: 'order', weight, ids: scenesInOrder(db, conditionOf(node, query), depth) })
  }
  return lists
}
