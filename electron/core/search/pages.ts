import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { VideoId } from '../../contract/ids.ts'
import type { SearchInput } from '../../contract/search.ts'
import type { Found } from './answer.ts'
import type { Search, SearchTools } from './asked-search.ts'
import type { Finding } from './group.ts'

/** What a search has found, kept for its further pages. */
export interface KeptSearch extends Found {
  id: string
  search: Search
}

/** The last few searches. */
export interface KeptSearches {
  keep(search: KeptSearch): void
  find(id: string): KeptSearch | undefined
}

export interface PagedTools extends SearchTools {
  /** Where searches are kept for their further pages; without it each page is searched for anew. */
  kept?: KeptSearches
}

// A person scrolls in one list, and goes back to one or two. A finding takes about a kilobyte.
const MOST_KEPT = 12
const MOST_FINDINGS = 30_000

/** Keeps the last few searches in memory: so many of them, and so many findings in all; the latest is always kept. */
export function keptSearches(most = { searches: MOST_KEPT, findings: MOST_FINDINGS }): KeptSearches {
  // In the order in which they were asked for last.
  const kept = new Map<string, KeptSearch>()
  const isTooMuch = (): boolean => kept.size > most.searches || [...kept.values()].reduce((sum, { hits }) => sum + hits.groups.length, 0) > most.findings
  return {
    keep: (search) => {
      kept.delete(search.id)
      kept.set(search.id, search)
      for (const id of kept.keys()) {
        if (kept.size === 1 || !isTooMuch()) break
        kept.delete(id)
      }
    },
    find: (id) => kept.get(id),
  }
}

const Shown = z.tuple([VideoId, z.number()])
const Position = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('found'),
    /** Which search it is of. */
    of: z.string(),
    kept: z.string(),
    /** The place in the findings where the next page begins. */
    at: z.number().int().min(0),
    /** For when the findings are not kept any more: videos and seconds of the last hits that were shown, the last one first, and by what that one stands where it does. */
    last: z.array(Shown),
    score: z.number(),
    path: z.string(),
  }),
  z.object({
    kind: z.literal('listed'),
    of: z.string(),
    at: z.number().int().min(0),
    place: z.object({ path: z.string(), videoId: VideoId, startPts: z.number() }),
  }),
])

/** Where a page ends, and how to go on from there. */
export type Position = z.infer<typeof Position>

/** What makes two searches the same, the page apart; short. */
export function searchKey({ query, weights, perVideo }: SearchInput): string {
  const { said, meaning, seen, title } = weights
  return createHash('sha256').update(JSON.stringify([query, said, meaning, seen, title, perVideo])).digest('base64url').slice(0, 10)
}

/** A new name for a search that is kept; not that of one before the thread was started. */
export function newSearchId(): string {
  return randomUUID().slice(0, 8)
}

/** The position as a text that the page sends back. */
export function writePosition(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url')
}

/** The position out of its text; null where it is none, or of another search. */
export function readPosition(text: string, of: string): Position | null {
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    return null // no text of ours
  }
  const { data } = Position.safeParse(json)
  return data?.of === of ? data : null
}

// More than one: the last of them may be of a video that was removed.
const MOST_REMEMBERED = 5

// A scene may have several moments of a THEN.
const keyOf = ({ scene, start }: Finding): string => `${scene.videoId} ${start}`

/** Where the next page begins. `found` up to `at` was shown. */
export function positionAfter(found: readonly Finding[], at: number, { of, kept }: { of: string, kept: string }): Position {
  const shown = found.slice(Math.max(0, at - MOST_REMEMBERED), at).reverse()
  return { kind: 'found', of, kept, at, last: shown.map(({ scene, start }) => [scene.videoId, start]), score: shown[0]?.score ?? 0, path: shown[0]?.scene.path ?? '' }
}

/** The place after the last of the shown ones that is in another list of findings; in the order of all findings where none of them is. */
export function placeAfter(found: readonly Finding[], { last, score, path }: Extract<Position, { kind: 'found' }>): number {
  const places = new Map(found.map((finding, at) => [keyOf(finding), at]))
  for (const [videoId, start] of last) {
    const at = places.get(`${videoId} ${start}`)
    if (at !== undefined) return at + 1
  }
  const at = found.findIndex((finding) => finding.score < score || (finding.score === score && finding.scene.path > path))
  return at === -1 ? found.length : at
}
