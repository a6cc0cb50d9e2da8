import type { SceneId } from '../../contract/ids.ts'
import type { Search } from './asked-search.ts'
import type { Finding } from './group.ts'
import type { Matches } from './matching.ts'
import { inSequence, matching } from './matching.ts'
import { prepared } from './prepare.ts'
import type { QueryNode } from './query.ts'
import { hasThen, wantedWords } from './query.ts'
import { relaxed, wholeAcrossCuts } from './relax.ts'

// With fewer hits than this, what has only some of the words is worth a look.
const FEW_HITS = 3
// Of what has only some of the words, the best are looked at for the others beyond a cut.
const MOST_LOOKED_ACROSS = 100

/** True for what was found by the words themselves. */
function isWorded({ evidence }: Finding): boolean {
  return evidence.some(({ parts }) => parts.said !== undefined || parts.title !== undefined)
}

/** What has only some of the words, and what has all of them only with its neighbour. */
async function nearly(node: QueryNode, groups: Finding[], search: Search): Promise<{ acrossCuts: Finding[], nearest: Finding[], easier: Search }> {
  const loose = relaxed(node)
  const easier: Search = { ...search, query: { ...prepared(search.tools.database, loose, { canBeSeen: true, notes: [] }), near: search.query.near } }
  const found = await matching(loose, easier)
  const isNew = (known: Finding[]) => (group: Finding): boolean => !known.some((hit) => sceneIds(hit).some((id) => sceneIds(group).includes(id)))
  // What means about the same may have the words with its neighbour.
  const others = found.groups.filter(isNew(groups.filter(isWorded)))
  const whole = others.map((group, at) => at >= MOST_LOOKED_ACROSS ? null : wholeAcrossCuts(group, node, { db: search.tools.database, query: search.query }))
  return { acrossCuts: whole.filter((finding) => finding !== null), nearest: others.filter((_, at) => whole[at] === null).filter(isNew(groups)), easier }
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
  if (hits.length === 0) notes.push('Nothing has all of it. What comes nearest has some of it.')
  else notes.push(`Only ${hits.length === 1 ? 'one hit has' : `${hits.length} hits have`} all of it. What comes nearest has some of it.`)
}

/** Something is always the nearest: without a bar it must be said that nobody has looked at how near that is. */
function noteUnjudged(groups: Finding[], { notes, isJudged }: Search): void {
  const names = new Set(groups.flatMap(({ evidence }) => evidence.flatMap(({ parts }) => Object.keys(parts))))
  const isOnly = (...only: string[]): boolean => names.size > 0 && [...names].every((name) => only.includes(name))
  if (isOnly('meaning', 'order')) {
    if (names.has('meaning')) notes.push('No words match: this is what comes nearest in its meaning, good or not.')
  } else if (isOnly('seen', 'order')) {
    if (!isJudged) notes.push('No words match: these are the pictures that come nearest, good or not.')
  } else if (isOnly('meaning', 'seen', 'order')) {
    notes.push('No words match: this is what comes nearest in its meaning or its looks, good or not.')
  }
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
  if (leftOut > 0) notes.push(`At most ${perVideo} hits of a video are shown. in: and its title shows all of one.`)
  if (groups.filter(isWorded).length >= FEW_HITS || (groups.length >= FEW_HITS && wantedWords(node).length === 0)) {
    noteUnjudged(groups, search)
    return { hits: found, nearest: [], easier: search }
  }
  const { acrossCuts, nearest, easier } = await nearly(node, groups, search)
  const hits = withAcrossCuts(groups, acrossCuts)
  noteUnjudged(hits, search)
  if (hits.length < FEW_HITS) noteFewHits(hits, nearest, search)
  return { hits: { ...found, groups: hits }, nearest: hits.length < FEW_HITS ? nearest : [], easier }
}
