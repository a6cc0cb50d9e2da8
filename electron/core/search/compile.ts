import type { SceneCondition } from '../store/scene-conditions.ts'
import type { Prepared } from './prepare.ts'
import { languageOf, nothingNear, othersFor } from './prepare.ts'
import type { Filter, QueryNode, WordsNode } from './query.ts'
import { wantedWords } from './query.ts'
import { wordsMatch } from './terms.ts'

function languageCondition(text: string): SceneCondition {
  return { kind: 'language', tag: languageOf(text) ?? text }
}

function filterCondition(filter: Filter, { videos }: Prepared): SceneCondition {
  switch (filter.kind) {
    case 'video': return { kind: 'videos', ids: videos.get(filter.text) ?? [] }
    case 'language': return languageCondition(filter.text)
    case 'recorded': return { kind: 'recorded', side: filter.side, date: filter.text }
    case 'duration': return { kind: 'duration', ...filter.range }
    case 'tag': return { kind: 'tag', label: filter.text }
    case 'colour': return { kind: 'colour', names: coloursNamed(filter.text) }
    case 'brightness': case 'motion': return { kind: filter.kind, ...filter.range }
  }
}

/** The names a colour may be stored by. */
export function coloursNamed(text: string): string[] {
  const name = text.toLowerCase()
  return name === 'gray' || name === 'grey' ? ['gray', 'grey'] : [name]
}

function wordsCondition(node: WordsNode, query: Prepared, isWanted: boolean): SceneCondition {
  const words: SceneCondition = { kind: 'words', match: wordsMatch(node, query.forms) }
  const others = isWanted ? othersFor(node, query) : []
  // The few first: what is one of them is not looked up in the word index.
  return others.length === 0 ? words : { kind: 'any', parts: [{ kind: 'scenes', ids: others }, words] }
}

/** What a scene must be to match. THEN is not for one scene: here it means that both are in it. */
export function conditionOf(node: QueryNode, query: Prepared, isWanted = true): SceneCondition {
  const parts = (of: QueryNode[]): SceneCondition[] => of.map((part) => conditionOf(part, query, isWanted))
  switch (node.kind) {
    case 'words': return wordsCondition(node, query, isWanted)
    case 'seen': return { kind: 'scenes', ids: (query.near.pictures.get(node.text) ?? []).map(({ sceneId }) => sceneId) }
    case 'filter': return filterCondition(node.filter, query)
    case 'and': return { kind: 'all', parts: parts(node.parts) }
    case 'or': return { kind: 'any', parts: parts(node.parts) }
    case 'then': return { kind: 'all', parts: parts([node.first, node.second]) }
    case 'not': return { kind: 'not', part: conditionOf(node.part, query, !isWanted) }
  }
}

/** The node as one FTS5 expression; null when it asks for more than words. */
function expression(node: QueryNode, query: Prepared): string | null {
  if (node.kind === 'words') return othersFor(node, query).length > 0 ? null : wordsMatch(node, query.forms)
  if (node.kind === 'and') return conjunction(node.parts, query)
  if (node.kind !== 'or') return null
  const parts = node.parts.map((part) => expression(part, query))
  return parts.includes(null) ? null : `(${parts.join(' OR ')})`
}

/** `a AND b NOT c`; FTS5 has no NOT without something before it. */
function conjunction(parts: QueryNode[], query: Prepared): string | null {
  const wanted = parts.filter(({ kind }) => kind !== 'not').map((part) => expression(part, query))
  const denied = parts.flatMap((part) => part.kind === 'not' ? [expression(part.part, query)] : [])
  if (wanted.length === 0 || wanted.includes(null) || denied.includes(null)) return null
  const all = `(${wanted.join(' AND ')})`
  return denied.length === 0 ? all : `(${all} NOT (${denied.join(' OR ')}))`
}

export interface ScenePlan {
  /** What the word index is asked for; null when no words are wanted. */
  match: string | null
  /** What else must be so; null when `match` says it all. */
  condition: SceneCondition | null
}

/** The words of the query where all of them stand together: what has them need not be asked whether it answers them in another way. */
function onlyWords(parts: readonly QueryNode[]): WordsNode | null {
  const [only, second] = parts.filter((part) => wantedWords(part).length > 0)
  return only?.kind === 'words' && second === undefined ? only : null
}

/** As much of the query as the word index can answer goes there; the rest is a condition that is looked at before any limit. */
export function planFor(node: QueryNode, asked: Prepared): ScenePlan {
  const parts = node.kind === 'and' ? node.parts : [node]
  const query = onlyWords(parts) === null ? asked : { ...asked, near: nothingNear }
  const isForIndex = (part: QueryNode): boolean => expression(part.kind === 'not' ? part.part : part, query) !== null
  const match = conjunction(parts.filter(isForIndex), query)
  const rest = parts.filter((part) => !isForIndex(part)).map((part) => conditionOf(part, asked))
  if (match !== null) return { match, condition: rest.length === 0 ? null : { kind: 'all', parts: rest } }
  const words = wantedWords(node).map((words) => wordsMatch(words, query.forms))
  return { match: words.length === 0 ? null : words.join(' OR '), condition: conditionOf(node, asked) }
}

/** The filters that hold for the whole query: they narrow what is compared at all. Null when there are none. */
export function overallFilters(node: QueryNode, query: Prepared): SceneCondition | null {
  const parts = node.kind === 'and' ? node.parts : [node]
  const isFilter = (part: QueryNode): boolean => part.kind === 'filter' || (part.kind === 'not' && part.part.kind === 'filter')
  const filters = parts.filter(isFilter).map((part) => conditionOf(part, query))
  return filters.length === 0 ? null : { kind: 'all', parts: filters }
}
