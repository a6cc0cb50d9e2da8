import { SceneId } from '../../../contract/ids.ts'
import type { ReadDatabase } from '../../ports.ts'
import type { ComparedVector } from '../../store/indexed-rows.ts'
import { comparedVectors } from '../../store/indexed-rows.ts'
import type { Neighbour } from '../../store/vectors.ts'
import { toBlob } from '../../store/vectors.ts'
import { breathe } from '../asked-search.ts'
import type { AskedCode, CodeMeasures } from './bit-code.ts'
import { deviation, likeness } from './bit-code.ts'
import type { SceneColumns } from './scene-columns.ts'
import type { SceneMask } from './scene-mask.ts'
import { shortlist } from './shortlist.ts'
import type { VectorCodes } from './vector-codes.ts'

/*
 * How many stay after each step. Measured here, 2026-11-21, with vectors of 768 numbers around a common mean, 500 to 6000 of them in a cluster that
 * differ in all directions alike: the ten nearest were among the first 5100 by their bits where queries lie as the vectors do, and among the first
 * 2500 by RaBitQ's measure. With queries that lie apart, as texts do from pictures, the bits are worse: up to eight times further down.
 */
const SHORTLIST = 16_384
const SHORTLIST_A_SCENE = 64
const RANKED_ONE_OF = 4
// What is read in between a cancel is heard.
const ROWS_AT_ONCE = 100
// So many standard deviations nearer than its code says is one vector in 160.
const SURE = 2.5

export interface NearestAsked {
  db: ReadDatabase
  codes: VectorCodes
  scenes: SceneColumns
  /** Only these scenes; all when null. */
  mask: SceneMask | null
  vector: Float32Array
  /** Of scenes. */
  limit: number
}

/** What was found, and how many vectors were not what the index took them for: changed since. */
export interface Found { neighbours: Neighbour[], stale: number }

/** Places of vectors, the likeliest first, and what cosine each is thought to have at most. */
interface Ranked { places: Uint32Array, atMost: Float64Array }

/** Orders the likeliest of the places by their codes. */
function byLikeness({ set, memory: { codes, width }, factors, aways }: VectorCodes, { code, most }: { code: AskedCode, most: number }, places: Uint32Array): Ranked {
  const likenesses = new Float64Array(places.length)
  const measures = (place: number): CodeMeasures => ({ factor: factors[place] ?? 0, away: aways[place] ?? 0 })
  for (let at = 0; at < places.length; at++) {
    const place = places[at] ?? 0
    likenesses[at] = likeness(code, { codes, at: place * width, bytes: width }, measures(place))
  }
  const border = likenesses.toSorted().at(-most) ?? -Infinity
  const order = Uint32Array.from(places.keys()).filter((at) => (likenesses[at] ?? 0) >= border)
    .sort((a, b) => (likenesses[b] ?? 0) - (likenesses[a] ?? 0) || (places[a] ?? 0) - (places[b] ?? 0))
  return {
    places: order.map((at) => places[at] ?? 0),
    atMost: Float64Array.from(order, (at) => code.offset + (likenesses[at] ?? 0) + SURE * deviation(code, measures(places[at] ?? 0), set.dimensions)),
  }
}

/** The best part of each scene. */
class BestParts {
  stale = 0
  private best = new Map<number, ComparedVector>()

  add(rows: readonly ComparedVector[], sceneOf: ReadonlyMap<number, number>): void {
    this.stale += sceneOf.size - rows.length
    for (const row of rows) {
      // The number of a row that went may be that of another one by now.
      if (sceneOf.get(row.id) !== row.scene_id) this.stale++
      else this.addPart(row)
    }
  }

  private addPart(row: ComparedVector): void {
    const best = this.best.get(row.scene_id)
    if (best === undefined || row.distance < best.distance || (row.distance === best.distance && row.at_seconds < best.at_seconds)) this.best.set(row.scene_id, row)
  }

  get size(): number { return this.best.size }

  private inOrder(limit: number): ComparedVector[] {
    return [...this.best.values()].sort((a, b) => a.distance - b.distance || a.scene_id - b.scene_id).slice(0, limit)
  }

  /** The distance of the last one of the nearest; what is farther is forgotten, as it can only be nearer by another part. */
  border(limit: number): number {
    if (this.best.size < limit) return Infinity
    const nearest = this.inOrder(limit)
    if (this.best.size > limit) this.best = new Map(nearest.map((row) => [row.scene_id, row]))
    return nearest.at(-1)?.distance ?? Infinity
  }

  nearest(limit: number): Neighbour[] {
    return this.inOrder(limit).map(({ scene_id: sceneId, at_seconds: atSeconds, distance }) => ({ sceneId: SceneId.parse(sceneId), atSeconds, similarity: 1 - distance }))
  }
}

/** Reads the vectors themselves in their order until the next ones can hardly be among the best any more, and gives the best scenes. */
async function readBest({ places, atMost }: Ranked, { db, codes, scenes, vector, limit }: NearestAsked, signal: AbortSignal): Promise<BestParts> {
  const best = new BestParts()
  for (let from = 0; from < places.length && best.border(limit) > 1 - (atMost[from] ?? 0); from += ROWS_AT_ONCE) {
    await breathe(signal)
    const sceneOf = new Map<number, number>()
    for (const place of places.subarray(from, from + ROWS_AT_ONCE)) sceneOf.set(codes.ids[place] ?? 0, scenes.ids[codes.scenes[place] ?? 0] ?? 0)
    best.add(comparedVectors(db, codes.set, { ids: [...sceneOf.keys()], vector: toBlob(vector) }), sceneOf)
  }
  return best
}

/**
 * The scenes with the nearest vectors, in three steps, each with fewer vectors than the one before: all codes by their bits; the shortlist by
 * the numbers of the query and the bits of the vectors (RaBitQ); the rest by the rows of the library, which are the truth.
 */
export async function nearestVectors(asked: NearestAsked, signal: AbortSignal): Promise<Found> {
  const { codes, mask, vector, limit } = asked
  const code = codes.coder.ask(vector)
  if (code === null || codes.size === 0 || limit < 1) return { neighbours: [], stale: 0 }
  for (let size = Math.max(SHORTLIST, limit * SHORTLIST_A_SCENE); ; size *= 4) {
    const places = await shortlist(codes, { bits: code.bits, mask, size }, signal)
    const ranked = byLikeness(codes, { code, most: size / RANKED_ONE_OF }, places)
    const best = await readBest(ranked, asked, signal)
    // A scene of very many parts can take up the whole list.
    const areAll = places.length < size && ranked.places.length === places.length
    if (best.size >= limit || areAll) return { neighbours: best.nearest(limit), stale: best.stale }
  }
}
