import type { SearchInput, SearchWeights } from '../../contract/search.ts'
import type { ReadDatabase } from '../ports.ts'
import type { RankedScene } from '../store/word-index.ts'
import { scenesByTitle, scenesByWords, scenesInOrder, scenesThatFit } from '../store/word-index.ts'
import type { Neighbour } from '../store/vectors.ts'
import { conditionOf, planFor } from './compile.ts'
import type { Ranked, RankedList } from './fuse.ts'
import type { Prepared } from './prepare.ts'
import { askedText, mayBeOther } from './prepare.ts'
import type { QueryNode } from './query.ts'
import { wantedNodes, wantedWords } from './query.ts'
import { firmForms, wordsMatch } from './terms.ts'

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

/** The texts of the query that pictures can be compared with. Plain words are left out where pictures count for nothing; seen: asks for them by name. */
export function pictureTexts(node: QueryNode, weights: SearchWeights = {}): string[] {
  const texts = wantedNodes(node).flatMap((part) => part.kind === 'seen' || (part.kind === 'words' && weights.seen !== 0 && mayBeOther(part)) ? [askedText(part)] : [])
  return [...new Set(texts)]
}

/** The texts of the query that what is said can be compared with by its meaning; none where that counts for nothing. */
export function meaningTexts(node: QueryNode, weights: SearchWeights = {}): string[] {
  return weights.meaning === 0 ? [] : [...new Set(wantedWords(node).filter(mayBeOther).map(askedText))]
}

/** A list, and whether there is more of it farther down. */
export interface Retrieved extends RankedList { isMore: boolean }

/** What is asked for by name counts, whatever it counts for in plain words. */
function weightOf(name: 'said' | 'title' | 'seen', node: QueryNode, weights: SearchWeights): number {
  const weight = weights[name] ?? 1
  const isByName = wantedNodes(node).some((part) => part.kind === name || (part.kind === 'words' && part.field === name))
  return weight === 0 && isByName ? 1 : weight
}

// Half: the first sixty that have the words come before the one that is nearest in meaning, and what has both before either.
const MEANING_SHARE = 0.5

function nearLists(node: QueryNode, { db, query, weights }: Retrieval): Retrieved[] {
  const rankedBy = (found: readonly Neighbour[] | undefined): Ranked[] => (found ?? []).map(({ sceneId, similarity }) => ({ id: sceneId, strength: similarity }))
  const list = (name: 'seen' | 'meaning', weight: number, found: Ranked[]): Retrieved => ({ name, weight, found, isMore: false })
  const lists = [
    ...pictureTexts(node, weights).map((text) => list('seen', weightOf('seen', node, weights), rankedBy(query.near.pictures.get(text)))),
    ...meaningTexts(node, weights).map((text) => list('meaning', MEANING_SHARE * (weights.meaning ?? 1), rankedBy(query.near.passages.get(text)))),
  ]
  const fit = scenesThatFit(db, [...new Set(lists.flatMap(({ found }) => found.map(({ id }) => id)))], conditionOf(node, query))
  return lists.map((one) => ({ ...one, found: one.found.filter(({ id }) => fit.has(id)) }))
}

/** Without the last ones that are equal where the list was cut: which of them came in is chance. */
function withoutCutTies(found: RankedScene[], depth: number): RankedScene[] {
  if (found.length < depth) return found
  const last = found.at(-1)?.rank
  const whole = found.filter(({ rank }) => rank !== last)
  return whole.length === 0 ? found : whole
}

function wordLists(node: QueryNode, { db, query, weights, depth, perVideo }: Retrieval): Retrieved[] {
  const { match, condition } = planFor(node, query)
  if (match === null) return []
  const forms = firmForms(query.forms)
  const firm = forms === null ? null : planFor(node, { ...query, forms }).match
  const list = (name: 'said' | 'title', find: () => RankedScene[]): Retrieved => {
    const weight = weightOf(name, node, weights)
    const isAsked = weight > 0 && wantedWords(node).some(({ field }) => field === 'any' || field === name)
    const found = isAsked ? find() : []
    return { name, weight, found: withoutCutTies(found, depth).map(({ id, rank }) => ({ id, strength: -rank })), isMore: found.length >= depth }
  }
  // Most words are in no title: the index says so before any scene is ranked.
  const inTitle = wantedWords(node).map((words) => wordsMatch({ ...words, field: 'title', need: 'some' }, query.forms)).join(' OR ')
  return [
    list('said', () => scenesByWords(db, { match, firm, condition, by: 'said', limit: depth })),
    list('title', () => scenesByTitle(db, { match: `(${match}) AND (${inTitle})`, firm, condition, limit: depth, perVideo })),
  ]
}

/** One ranked list for each kind of evidence, of scenes that match the query, which has no THEN. */
export function retrieve(node: QueryNode, retrieval: Retrieval): Retrieved[] {
  const { db, query, depth } = retrieval
  const lists = [...nearLists(node, retrieval), ...wordLists(node, retrieval)]
  if (canMatchUnranked(node)) {
    const weight = isListing(node) ? 1 : UNRANKED_WEIGHT
    const found = scenesInOrder(db, conditionOf(node, query), { limit: depth, after: null }).map(({ id }, at) => ({ id, strength: -at }))
    lists.push({ name: 'order', weight, found, isMore: found.length >= depth })
  }
  return lists
}
