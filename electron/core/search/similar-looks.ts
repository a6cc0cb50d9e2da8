import type { VideoId } from '../../contract/ids.ts'
import type { KnownExample } from '../../contract/search-example.ts'
import type { ReadDatabase } from '../ports.ts'
import type { SceneCondition } from '../store/scene-conditions.ts'
import { pictureVectorsFor } from '../store/similar-scenes.ts'
import type { Neighbour } from '../store/vectors.ts'
import { pictureVectorsOf } from '../store/vectors.ts'
import type { FoundScene } from '../store/word-index.ts'
import { foundScenes } from '../store/word-index.ts'
import { FALSE_ALARMS } from '../usual/usual.ts'
import type { Likeness } from './likeness.ts'
import { usualBetweenPictures } from './usual-pictures.ts'
import type { VectorSearch } from './vector-search.ts'

export interface LookTools { database: ReadDatabase, vectors: VectorSearch }

/** What is asked for: so many hits, of each video so many at most. */
export interface Wanted { limit: number, perVideo: number }

/** A model that compares, with what it sees in the example. */
interface Seer { model: string, videos: VideoId[] | null, vectors: Float32Array[] }

const MOST_FOUND = 100
/** Of a video with so many scenes among the nearest there are enough: what else there is may lie behind them. */
const MORE_THAN_SHOWN = 4
const MOST_ROUNDS = 4

/** A cautious guess for where too little is there to tell what is usual. */
const GOOD_SIMILARITY = 0.7

/** The models that have seen the example. What is stored of a scene counts where there is nothing else, also by a model that is not here any more. */
function seersOf({ seenBy }: KnownExample, self: FoundScene | null, db: ReadDatabase): Seer[] {
  const vectorsOf = ({ model, vector }: KnownExample['seenBy'][number]): Float32Array[] => {
    if (vector !== null) return [vector]
    return self === null ? [] : pictureVectorsOf(db, self.id, model)
  }
  const seers = seenBy.map((by) => ({ model: by.model, videos: by.videos, vectors: vectorsOf(by) })).filter(({ vectors }) => vectors.length > 0)
  const [only] = seers
  // Whoever is alone in having seen it compares it with everything it knows.
  if (only !== undefined) return seers.length === 1 ? [{ ...only, videos: null }] : seers
  const stored = self === null ? null : pictureVectorsFor(db, self.id)
  return stored === null ? [] : [{ ...stored, videos: null }]
}

function conditionOf(videos: VideoId[] | null, without: readonly VideoId[]): SceneCondition | null {
  const only: SceneCondition[] = videos === null ? [] : [{ kind: 'videos', ids: videos }]
  const parts: SceneCondition[] = without.length === 0 ? only : [...only, { kind: 'not', part: { kind: 'videos', ids: [...without] } }]
  const [first] = parts
  return parts.length < 2 ? first ?? null : { kind: 'all', parts }
}

function nearerFirst(a: Neighbour, b: Neighbour): number {
  return b.similarity - a.similarity || a.sceneId - b.sceneId
}

/** How many scenes of each video there are. */
function countsOf(db: ReadDatabase, found: readonly Neighbour[]): Map<VideoId, number> {
  const counts = new Map<VideoId, number>()
  for (const { videoId } of foundScenes(db, found.map(({ sceneId }) => sceneId)).values()) counts.set(videoId, (counts.get(videoId) ?? 0) + 1)
  return counts
}

interface Among { search: VectorSearch, condition: SceneCondition | null }

async function nearestToEach({ model, vectors }: Seer, { search, condition }: Among, signal: AbortSignal): Promise<Neighbour[][]> {
  const lists: Neighbour[][] = []
  for (const vector of vectors) lists.push(await search.nearest({ model, modality: 'picture', vector, limit: MOST_FOUND, condition }, signal))
  return lists
}

/**
 * The scenes one of whose pictures is nearest to one of these, the nearest first. A long video that looks the same throughout would hide all others: what is
 * nearest is asked for again without those that have shown enough.
 */
async function nearestToAny(seer: Seer, { tools: { database, vectors: search }, wanted }: { tools: LookTools, wanted: Wanted }, signal: AbortSignal): Promise<Neighbour[]> {
  const best = new Map<Neighbour['sceneId'], Neighbour>()
  let without: VideoId[] = []
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const lists = await nearestToEach(seer, { search, condition: conditionOf(seer.videos, without) }, signal)
    for (const near of lists.flat()) if (near.similarity > (best.get(near.sceneId)?.similarity ?? -Infinity)) best.set(near.sceneId, near)
    const isMore = lists.some(({ length }) => length >= MOST_FOUND)
    const counts = [...countsOf(database, [...best.values()])]
    const shown = counts.reduce((sum, [, count]) => sum + Math.min(count, wanted.perVideo), 0)
    const full = counts.filter(([, count]) => count >= wanted.perVideo + MORE_THAN_SHOWN).map(([id]) => id)
    if (!isMore || shown >= wanted.limit + MORE_THAN_SHOWN || full.length === without.length) break
    without = full
  }
  return [...best.values()].sort(nearerFirst)
}

function likenessesOf(found: readonly Neighbour[], chanceOf: ((similarity: number) => number) | null): Likeness[] {
  return found.map(({ sceneId, similarity, atSeconds }) => {
    const chance = chanceOf?.(similarity) ?? null
    return {
      id: sceneId, isGood: chance === null ? similarity >= GOOD_SIMILARITY : chance <= FALSE_ALARMS,
      reason: (score) => ({ kind: 'seen', text: chance === null ? `looks alike (${similarity.toFixed(2)})` : 'looks alike', score, at: atSeconds, chance }),
    }
  })
}

/** Of several models by turns: how similar things are to one says nothing about how similar they are to another. */
function byTurns(lists: readonly Likeness[][]): Likeness[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length))
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list[at] ?? [])).flat()
}

/** Scenes that look like the example to the models that have seen it, the most alike first; null where none has. `self` is the scene it is from. */
export async function looksLike(example: KnownExample, asked: { self: FoundScene | null, tools: LookTools, wanted: Wanted }, signal: AbortSignal): Promise<Likeness[] | null> {
  const { self, tools } = asked
  const seers = seersOf(example, self, tools.database)
  if (seers.length === 0) return null
  const lists: Likeness[][] = []
  for (const seer of seers) {
    const found = await nearestToAny(seer, asked, signal)
    lists.push(likenessesOf(found, usualBetweenPictures(tools.database, seer.model)))
  }
  return byTurns(lists)
}
