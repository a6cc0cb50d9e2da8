import type { SearchInput } from '../../contract/search.ts'
import { foundScenes } from '../store/word-index.ts'
import type { Search } from './asked-search.ts'
import { breathe } from './asked-search.ts'
import { fuse } from './fuse.ts'
import type { Grouped } from './group.ts'
import { findings, grouped } from './group.ts'
import type { QueryNode } from './query.ts'
import { wantedNodes } from './query.ts'
import type { Retrieval } from './retrieve.ts'
import { isListing, retrieve } from './retrieve.ts'
import { sequences } from './sequence.ts'

const FIRST_DEPTH = 300
const DEEPEST = 20_000
const SEQUENCE_DEPTH = 5000

function retrievalOf({ input, tools, query }: Search, depth: number, perVideo: number): Retrieval {
  return { db: tools.database, query, weights: input.weights, depth, perVideo: Math.min(perVideo, depth), notes: new Set() }
}

function perVideoFor(node: QueryNode, { perVideo }: SearchInput): number {
  const isOfOne = wantedNodes(node).some((part) => part.kind === 'filter' && part.filter.kind === 'video')
  return isOfOne || isListing(node) ? Infinity : perVideo ?? Infinity
}

/** Scenes that match, neighbours joined. Looks further down the lists until there are enough hits or no more scenes. */
export async function matching(node: QueryNode, search: Search): Promise<Grouped> {
  const { tools: { database }, input: { limit }, signal } = search
  const perVideo = perVideoFor(node, search.input)
  for (let depth = Math.max(FIRST_DEPTH, limit * 2); ; depth *= 8) {
    await breathe(signal)
    const lists = retrieve(node, retrievalOf(search, depth, perVideo))
    await breathe(signal)
    const fused = fuse(lists)
    const found = findings(fused, foundScenes(database, fused.map(({ id }) => id)), node)
    const result = isListing(node) ? { groups: found, leftOut: 0 } : grouped(found, perVideo)
    const isMore = lists.some(({ ids }) => ids.length >= depth)
    if (result.groups.length >= limit || !isMore || depth >= DEEPEST) return result
  }
}

/** Spans of a query with THEN, the best first. */
export async function inSequence(node: QueryNode, search: Search): Promise<Grouped> {
  await breathe(search.signal)
  const retrieval = retrievalOf(search, SEQUENCE_DEPTH, Infinity)
  const found = sequences(node, retrieval)
  search.notes.push(...retrieval.notes)
  const perVideo = perVideoFor(node, search.input)
  const counts = new Map<number, number>()
  const groups = found.filter(({ scene: { videoId } }) => {
    counts.set(videoId, (counts.get(videoId) ?? 0) + 1)
    return (counts.get(videoId) ?? 0) <= perVideo
  })
  return { groups, leftOut: found.length - groups.length }
}

