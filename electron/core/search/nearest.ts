import type { SceneCondition } from '../store/scene-conditions.ts'
import { storedUsual } from '../store/usual.ts'
import type { Modality } from '../store/vector-index.ts'
import type { Neighbour } from '../store/vectors.ts'
import { saysNothing } from '../says-nothing.ts'
import type { Usual } from '../usual/usual.ts'
import { chanceOf, judged, surpriseOf } from '../usual/usual.ts'
import { usualWay } from '../usual/way.ts'
import type { ReadDatabase } from '../ports.ts'
import type { Answering } from './answering.ts'
import { orNote } from './answering.ts'
import type { VectorSearch } from './vector-search.ts'

/** Something that is near to a text. */
export interface NearScene extends Neighbour {
  /** The share of unrelated questions that find something as near; null while it is not known what is usual here. */
  chance: number | null
  /** The same in bits, and without an end: the nearer the more. Null where the chance is. */
  surprise: number | null
}

export interface NearestAsked {
  database: ReadDatabase
  vectors: VectorSearch
  modality: Modality
  texts: readonly string[]
  answering: Answering
  /** The filters that hold for the whole query. */
  filters: SceneCondition | null
  limit: number
  notes: string[]
}

type Answerer = Answering['models'][number]

function together(parts: readonly (SceneCondition | null)[]): SceneCondition | null {
  const there = parts.filter((part) => part !== null)
  const [first] = there
  return there.length < 2 ? first ?? null : { kind: 'all', parts: there }
}

/** What is usual for what a model has seen here; null while that was not learned. */
export function usualHere(db: ReadDatabase, kind: { model: string, modality: Modality }): Usual | null {
  const stored = storedUsual(db, kind)
  return stored?.way === usualWay ? stored.usual : null
}

// What points away from a text is not near to it, however unusual even that would be.
const isTowards = ({ similarity }: Neighbour): boolean => similarity >= 0

async function nearestTo(text: Float32Array, { encoder, videos }: Answerer, { asked, signal }: { asked: NearestAsked, signal: AbortSignal }): Promise<NearScene[]> {
  const { database, vectors, modality, filters, limit } = asked
  signal.throwIfAborted()
  if (saysNothing(text)) return []
  const kind = { model: encoder.id, modality }
  const condition = together([videos === null ? null : { kind: 'videos', ids: videos }, filters])
  const usual = usualHere(database, kind)
  if (usual === null || usual.texts.length !== text.length) {
    const found = await vectors.nearest({ ...kind, vector: text, limit, condition }, signal)
    return found.filter(isTowards).map((near) => ({ ...near, chance: null, surprise: null }))
  }
  const { vector, nearness } = judged(text, usual, modality)
  const found = await vectors.nearest({ ...kind, vector, limit, condition }, signal)
  return found.filter(isTowards).map((near) => {
    const value = nearness(near.similarity)
    return { ...near, chance: chanceOf(value, usual.best), surprise: surpriseOf(value, usual.best) }
  })
}

/** Of several models by turns: how similar things are to one says nothing about how similar they are to another. */
function byTurns(lists: readonly NearScene[][]): NearScene[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length))
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list[at] ?? [])).flat()
}

/** The scenes that are nearest to each text, good or not, the nearest first; where filters hold for the whole query, only among those they let through. */
export async function nearestToTexts(asked: NearestAsked, signal: AbortSignal): Promise<Map<string, NearScene[]>> {
  const { texts, answering, notes } = asked
  const lists = new Map<string, NearScene[][]>(texts.map((text) => [text, []]))
  for (const answerer of texts.length === 0 ? [] : answering.models) {
    const vectors = await orNote(answerer.encoder.embed({ of: 'queries', texts: [...texts] }, signal), notes, [])
    for (const [at, vector] of vectors.entries()) {
      lists.get(texts[at] ?? '')?.push(await nearestTo(vector, answerer, { asked, signal }))
    }
  }
  return new Map([...lists].map(([text, found]) => [text, byTurns(found)]))
}
