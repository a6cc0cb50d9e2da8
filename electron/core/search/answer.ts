import type { SceneId } from '../../contract/ids.ts'
import type { Search } from './asked-search.ts'
import type { Finding } from './group.ts'
import type { Matches } from './matching.ts'
import { inSequence, matching } from './matching.ts'
import { withMostly } from './most-words.ts'
import type { NearScene } from './nearest.ts'
import { prepared } from './prepare.ts'
import type { QueryNode } from './query.ts'
import { hasThen, wantedWords } from './query.ts'
import { relaxed, wholeAcrossCuts } from './relax.ts'

// With fewer hits than this, what has only some of the words is worth a look.
const FEW_HITS = 3
// Of what has only some of the words, the best are looked at for the others beyond a cut.
const MOST_LOOKED_ACROSS = 100
// Of what is below the bar, the best are enough to see that it is nothing.
const MOST_BELOW = 10

/** True for what was found by the words themselves. */
function isWorded({ evidence }: Finding): boolean {
  return evidence.some(({ parts }) => parts.said !== undefined || parts.title !== undefined)
}

/** What has only some of the words or is below the bar, and what has all of the words only with its neighbour. */
async function nearly(node: QueryNode, groups: Finding[], search: Search): Promise<{ hits: Finding[], nearest: Finding[], easier: Search }> {
  const loose = relaxed(node)
  const { query, around, tools: { database } } = search
  // Where something good was found, nobody asks for what is below the bar.
  const near = groups.length === 0 ? around : query.near
  const easier: Search = { ...search, notes: [], query: { ...prepared(database, loose, { canBeSeen: true, notes: [] }), near } }
  const found = await matching(loose, easier)
  const isNew = (before: Finding[]) => (group: Finding): boolean => !before.some((hit) => sceneIds(hit).some((id) => sceneIds(group).includes(id)))
  // What means about the same may have the words with its neighbour.
  const others = found.groups.filter(isNew(groups.filter(isWorded)))
  const whole = others.map((group, at) => at >= MOST_LOOKED_ACROSS ? null : wholeAcrossCuts(group, node, { db: database, query }))
  const acrossCuts = whole.filter((finding) => finding !== null)
  const known = await search.tools.vectors.known?.(search.signal) ?? null
  const hits = withMostly(node, { hits: withAcrossCuts(groups, acrossCuts), loose: found.groups, known }, easier)
  const rest = others.filter((_, at) => whole[at] === null).filter(isNew(hits))
  // Without a hit, what has none of the words either is below the bar.
  const below = hits.length === 0 ? rest.filter((finding) => !isWorded(finding)) : []
  const nearest = hits.length === 0 ? [...rest.filter(isWorded), ...acrossCuts.length === 0 ? below.slice(0, MOST_BELOW) : []] : rest
  return { hits, nearest, easier }
}

/** What has all the words only with its neighbour comes after what has them by itself, and before what has them not. */
function withAcrossCuts(groups: Finding[], acrossCuts: Finding[]): Finding[] {
  const taken = new Set(acrossCuts.flatMap(sceneIds))
  const rest = groups.filter((group) => isWorded(group) || !sceneIds(group).some((id) => taken.has(id)))
  const place = rest.findLastIndex(isWorded) + 1
  return [...rest.slice(0, place), ...acrossCuts, ...rest.slice(place)]
}

function sceneIds({ evidence }: Finding): SceneId[] {
  return evidence.flatMap(({ scenes }) => scenes.map(({ id }) => id))
}

function noteFewHits(hits: Finding[], nearest: Finding[], { notes }: Search): void {
  if (nearest.length === 0) return
  if (hits.length > 0) notes.push(`Only ${hits.length === 1 ? 'one hit has' : `${hits.length} hits have`} all of it: what comes nearest has some of it.`)
  else if (nearest.some(isWorded)) notes.push('Nothing has all of it: what comes nearest has some of it.')
}

function isUnjudged(near: ReadonlyMap<string, NearScene[]>): boolean {
  return [...near.values()].some((found) => found.some(({ chance }) => chance === null))
}

/** Something is always the nearest: while it is not known what is usual it must be said that nobody can tell how good that is. */
function noteUnjudged(groups: Finding[], { notes, query: { near } }: Search): void {
  const names = new Set(groups.flatMap(({ evidence }) => evidence.flatMap(({ parts }) => Object.keys(parts))))
  if (names.has('said') || names.has('title')) return
  const kinds = [...names.has('meaning') && isUnjudged(near.passages) ? ['meaning'] : [], ...names.has('seen') && isUnjudged(near.pictures) ? ['looks'] : []]
  if (kinds.length > 0) notes.push(`Found by ${kinds.join(' or ')} alone, good or not: it is not known yet what is usual in this library.`)
}

/** What a query finds, and what is nearest where that is little. */
export interface Found {
  hits: Matches
  nearest: Finding[]
  /** The search that has found the nearest. */
  easier: Search
}

/** The hits of a query that is no listing, and what is nearest where there are few. */
export async function answered(node: QueryNode, search: Search): Promise<Found> {
  const { input: { perVideo }, notes } = search
  const found = hasThen(node) ? await inSequence(node, search) : await matching(node, search)
  const { groups, leftOut } = found
  if (leftOut > 0) notes.push(`At most ${perVideo === 1 ? '1 hit of a video is' : `${perVideo} hits of a video are`} shown; in: and its title shows all of one.`)
  if (groups.filter(isWorded).length >= FEW_HITS || (groups.length >= FEW_HITS && wantedWords(node).length === 0)) {
    noteUnjudged(groups, search)
    return { hits: found, nearest: [], easier: search }
  }
  const { hits, nearest, easier } = await nearly(node, groups, search)
  noteUnjudged(hits, search)
  if (hits.length < FEW_HITS) noteFewHits(hits, nearest, search)
  return { hits: { ...found, groups: hits }, nearest: hits.length < FEW_HITS ? nearest : [], easier }
}
