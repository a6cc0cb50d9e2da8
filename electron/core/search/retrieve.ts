import type { SearchInput } from '../../contract/search.ts'
import type { ReadDatabase } from '../ports.ts'
import { nearestPicturesAmong, scenesByTitle, scenesByWords, scenesInOrder, scenesThatFit } from '../store/word-index.ts'
import { nearestScenes } from '../store/vectors.ts'
import type { Neighbour } from '../store/vectors.ts'
import { conditionOf, overallFilters, planFor } from './compile.ts'
import type { RankedList } from './fuse.ts'
import type { Prepared } from './prepare.ts'
import { mayBeSeen, pictureText } from './prepare.ts'
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
  const texts = wantedNodes(node).flatMap((part) => {
    if (part.kind === 'seen') return [part.text]
    return part.kind === 'words' && mayBeSeen(part) ? [pictureText(part)] : []
  })
  return [...new Set(texts)]
}

/** The nearest pictures; where filters hold for the whole query, only among the scenes they let through. */
export function nearestPictures(db: ReadDatabase, asked: { node: QueryNode, query: Prepared, model: string, vector: Float32Array, limit: number }): Neighbour[] {
  const { node, query, model, vector, limit } = asked
  const condition = overallFilters(node, query)
  if (condition !== null) return nearestPicturesAmong(db, { model, vector, condition, limit })
  return nearestScenes(db, { model, modality: 'picture', vector, limit, videos: null })
}

function seenLists(node: QueryNode, { db, query, weights }: Retrieval): RankedList[] {
  const lists = pictureTexts(node).map((text) => (query.pictures.get(text) ?? []).map(({ sceneId }) => sceneId))
  const fit = scenesThatFit(db, [...new Set(lists.flat())], conditionOf(node, query))
  return lists.map((ids) => ({ name: 'seen', weight: weights.seen ?? 1, ids: ids.filter((id) => fit.has(id)) }))
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
  const lists = [...seenLists(node, retrieval), ...wordLists(node, retrieval)]
  if (canMatchUnranked(node)) {
    const weight = isListing(node) ? 1 : UNRANKED_WEIGHT
    lists.push({ name: 'order', weight, ids: scenesInOrder(db, conditionOf(node, query), depth) })
  }
  return lists
}
