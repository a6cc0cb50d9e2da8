import type { SearchInput } from '../../contract/search.ts'
import { foundScenes } from '../store/word-index.ts'
import type { Search } from './asked-search.ts'
import { breathe } from './asked-search.ts'
import { fuse } from './fuse.ts'
import type { Finding, Grouped, Grouping } from './group.ts'
import { findings, grouping } from './group.ts'
import type { QueryNode } from './query.ts'
import { wantedNodes } from './query.ts'
import type { Retrieval } from './retrieve.ts'
import { retrieve } from './retrieve.ts'
import { Sequences } from './sequence.ts'

// How far down the lists it is looked at first, and how many times farther when that was not enough. The first depth does not follow the length
// of the page: a short page is the beginning of a long one.
const FIRST_DEPTH = 300
const DEEPER = 8
const DEEPEST = 20_000
const SEQUENCE_DEPTH = 5000

/** What matches, the best first, as far as it was looked for. */
export interface Matches extends Grouped {
  /** Looks farther down; null where there is nothing more. What it gives comes after all that was given before. */
  farther: ((search: Search) => Promise<Matches>) | null
}

async function retrievalOf({ input, tools, query, signal }: Search, depth: number, perVideo: number): Promise<Retrieval> {
  const known = await tools.vectors.known?.(signal) ?? null
  return { db: tools.database, query, weights: input.weights, depth, perVideo: Math.min(perVideo, depth), notes: new Set(), known }
}

function perVideoFor(node: QueryNode, { perVideo }: SearchInput): number {
  const isOfOne = wantedNodes(node).some((part) => part.kind === 'filter' && part.filter.kind === 'video')
  return isOfOne ? Infinity : perVideo ?? Infinity
}

interface Looking { node: QueryNode, perVideo: number, depth: number, groups: Grouping }

async function lookedAt(looking: Looking, search: Search): Promise<Matches> {
  const { node, perVideo, depth, groups } = looking
  const { tools: { database }, signal } = search
  await breathe(signal)
  const lists = retrieve(node, await retrievalOf(search, depth, perVideo))
  await breathe(signal)
  const fused = fuse(lists)
  const found = groups.add(findings(fused, foundScenes(database, fused.map(({ id }) => id)), node))
  const isMore = lists.some((list) => list.isMore)
  if (isMore && depth >= DEEPEST) search.notes.push(`There are more than the best ${DEEPEST} scenes, which is as far as was looked.`)
  return { ...found, farther: isMore && depth < DEEPEST ? (again) => lookedAt({ ...looking, depth: Math.min(depth * DEEPER, DEEPEST) }, again) : null }
}

/** Adds what comes after what was found, until there are so many or no more. */
export async function matchesUpTo(count: number, found: Matches, search: Search): Promise<void> {
  while (found.groups.length < count && found.farther !== null) {
    const next = await found.farther(search)
    found.groups.push(...next.groups)
    found.leftOut += next.leftOut
    found.farther = next.farther
  }
}

/** Scenes that match a query which is no listing and has no THEN, neighbours joined: at least one more than a page has, where there are so many. */
export async function matching(node: QueryNode, search: Search): Promise<Matches> {
  const perVideo = perVideoFor(node, search.input)
  const found = await lookedAt({ node, perVideo, depth: FIRST_DEPTH, groups: grouping(perVideo) }, search)
  await matchesUpTo(search.input.limit + 1, found, search)
  return found
}

/** Spans of a query with THEN, the best first: at least one more than a page has, where there are so many. */
export async function inSequence(node: QueryNode, search: Search): Promise<Matches> {
  await breathe(search.signal)
  const retrieval = await retrievalOf(search, SEQUENCE_DEPTH, Infinity)
  const sequences = new Sequences(node, retrieval)
  search.notes.push(...retrieval.notes)
  const perVideo = perVideoFor(node, search.input)
  const counts = new Map<number, number>()
  const farther = async ({ input: { limit }, signal }: Search): Promise<Matches> => {
    const found = await sequences.next(limit + 1, signal)
    const groups = found.filter(({ scene: { videoId } }: Finding) => {
      counts.set(videoId, (counts.get(videoId) ?? 0) + 1)
      return (counts.get(videoId) ?? 0) <= perVideo
    })
    return { groups, leftOut: found.length - groups.length, farther: sequences.isMore ? farther : null }
  }
  const first = await farther(search)
  await matchesUpTo(search.input.limit + 1, first, search)
  return first
}
