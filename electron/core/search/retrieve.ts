import type { SearchInput, SearchWeights } from '../../contract/search.ts'
import type { ReadDatabase } from '../ports.ts'
import type { RankedScene } from '../store/word-index.ts'
import { scenesByTitle, scenesByWords, scenesInOrder, scenesThatFit } from '../store/word-index.ts'
import { conditionOf, planFor } from './compile.ts'
import { pointsByWords } from './coverage.ts'
import type { Ranked, RankedList } from './fuse.ts'
import { rankPoints } from './fuse.ts'
import type { KnownScenes } from './index/known-scenes.ts'
import { rankedByWords } from './index/ranked-words.ts'
import { scenesThatFulfil } from './index/scene-mask.ts'
import type { NearScene } from './nearest.ts'
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
  /** What is known of the scenes in memory; null where it is not ready. */
  known: KnownScenes | null
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

// What means about the same says about the same as the words do, and is no second witness. Measured here with a stand-in, see `fuse`: with a weight of a half it
// takes up to .08 off sets that pictures answer, with a fifth less than .01.
const MEANING_SHARE = 0.2

/** So little that it only keeps apart what is as much of a surprise. */
const TIE_BREAK = 1e-6

function pointsOf(found: readonly NearScene[] = []): Ranked[] {
  let rank = 0
  return found.map(({ sceneId, similarity, surprise }, at) => {
    // What is equally near has the same rank: which of them came first into the library is no matter.
    if (similarity !== found[at - 1]?.similarity) rank = at + 1
    return { id: sceneId, strength: surprise === null ? rankPoints(rank, found.length) : surprise + TIE_BREAK * similarity }
  })
}

function nearLists(node: QueryNode, { db, query, weights }: Retrieval): Retrieved[] {
  const list = (name: 'seen' | 'meaning', weight: number, found: Ranked[]): Retrieved => ({ name, weight, found, isMore: false })
  const lists = [
    ...pictureTexts(node, weights).map((text) => list('seen', weightOf('seen', node, weights), pointsOf(query.near.pictures.get(text)))),
    ...meaningTexts(node, weights).map((text) => list('meaning', MEANING_SHARE * (weights.meaning ?? 1), pointsOf(query.near.passages.get(text)))),
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

type Column = 'said' | 'title'

/** What the word index is asked for in one of its columns; null where nobody asks for anything there. */
function columnMatch(node: QueryNode, match: string, { name, forms }: { name: Column, forms: Prepared['forms'] }): string | null {
  const words = wantedWords(node).filter(({ field }) => field === 'any' || field === name)
  if (words.length === 0 || name === 'said') return words.length === 0 ? null : match
  // Most words are in no title: the index says so before any scene is ranked.
  return `(${match}) AND (${wantedWords(node).map((one) => wordsMatch({ ...one, field: name, need: 'some' }, forms)).join(' OR ')})`
}

function wordLists(node: QueryNode, { db, query, weights, depth, perVideo, known }: Retrieval): Retrieved[] {
  const { match, condition } = planFor(node, query)
  if (match === null) return []
  const forms = firmForms(query.forms)
  const firm = forms === null ? null : planFor(node, { ...query, forms }).match
  const list = (name: Column, find: (asked: string) => RankedScene[]): Retrieved => {
    const weight = weightOf(name, node, weights)
    const asked = weight > 0 ? columnMatch(node, match, { name, forms: query.forms }) : null
    const found = asked === null ? [] : find(asked)
    return { name, weight, found: pointsByWords(withoutCutTies(found, depth), node, { db, query, known }), isMore: found.length >= depth }
  }
  const mask = known === null || firm !== null || condition === null ? null : scenesThatFulfil(condition, { db, scenes: known.scenes })
  const inMemory = known === null || firm !== null ? null : rankedByWords({ match, mask, perVideo, limit: depth }, known)
  return [
    list('said', (asked) => inMemory?.said ?? scenesByWords(db, { match: asked, firm, condition, by: 'said', limit: depth })),
    list('title', (asked) => inMemory?.title ?? scenesByTitle(db, { match: asked, firm, condition, limit: depth, perVideo })),
  ]
}

/** One ranked list for each kind of evidence, of scenes that match the query, which has no THEN. */
export function retrieve(node: QueryNode, retrieval: Retrieval): Retrieved[] {
  const { db, query, depth } = retrieval
  const lists = [...nearLists(node, retrieval), ...wordLists(node, retrieval)]
  if (canMatchUnranked(node)) {
    const weight = isListing(node) ? 1 : UNRANKED_WEIGHT
    const found = scenesInOrder(db, conditionOf(node, query), { limit: depth, after: null }).map(({ id }, at) => ({ id, strength: 1 / (at + 1) }))
    lists.push({ name: 'order', weight, found, isMore: found.length >= depth })
  }
  return lists
}
