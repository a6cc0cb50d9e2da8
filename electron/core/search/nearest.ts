import type { SceneCondition } from '../store/scene-conditions.ts'
import type { Modality } from '../store/vector-index.ts'
import type { Neighbour } from '../store/vectors.ts'
import { saysNothing } from '../says-nothing.ts'
import type { Answering } from './answering.ts'
import { orNote } from './answering.ts'
import type { VectorSearch } from './vector-search.ts'

export interface NearestAsked {
  vectors: VectorSearch
  modality: Modality
  texts: readonly string[]
  answering: Answering
  /** The filters that hold for the whole query. */
  filters: SceneCondition | null
  limit: number
  /** The least similarity that counts with a model; null: the nearest count. */
  bar: (model: string) => number | null
  notes: string[]
}

type Answerer = Answering['models'][number]

function together(parts: readonly (SceneCondition | null)[]): SceneCondition | null {
  const there = parts.filter((part) => part !== null)
  const [first] = there
  return there.length < 2 ? first ?? null : { kind: 'all', parts: there }
}

async function nearestTo(vector: Float32Array, { encoder, videos }: Answerer, { asked, signal }: { asked: NearestAsked, signal: AbortSignal }): Promise<Neighbour[]> {
  const { vectors, modality, filters, limit, bar } = asked
  signal.throwIfAborted()
  if (saysNothing(vector)) return []
  const condition = together([videos === null ? null : { kind: 'videos', ids: videos }, filters])
  const found = await vectors.nearest({ model: encoder.id, modality, vector, limit, condition }, signal)
  // What points away from the text is not near, bar or not.
  const least = bar(encoder.id) ?? 0
  return found.filter(({ similarity }) => similarity >= least)
}

/** Of several models by turns: how similar things are to one says nothing about how similar they are to another. */
function byTurns(lists: readonly Neighbour[][]): Neighbour[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length))
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list[at] ?? [])).flat()
}

/** The scenes that are nearest to each text, the nearest first; where filters hold for the whole query, only among those they let through. */
export async function nearestToTexts(asked: NearestAsked, signal: AbortSignal): Promise<Map<string, Neighbour[]>> {
  const { texts, answering, notes } = asked
  const lists = new Map<string, Neighbour[][]>(texts.map((text) => [text, []]))
  for (const answerer of texts.length === 0 ? [] : answering.models) {
    const vectors = await orNote(answerer.encoder.embed({ of: 'queries', texts: [...texts] }, signal), notes, [])
    for (const [at, vector] of vectors.entries()) {
      lists.get(texts[at] ?? '')?.push(await nearestTo(vector, answerer, { asked, signal }))
    }
  }
  return new Map([...lists].map(([text, found]) => [text, byTurns(found)]))
}
