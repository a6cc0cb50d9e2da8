import type { SceneCondition } from '../store/scene-conditions.ts'
import type { VectorKind } from '../store/vector-index.ts'
import type { Neighbour } from '../store/vectors.ts'
import type { KnownScenes } from './index/known-scenes.ts'

export interface VectorQuery extends VectorKind {
  vector: Float32Array
  /** Of scenes. */
  limit: number
  /** Only scenes that fulfil it are looked at at all; all when null. */
  condition: SceneCondition | null
}

/** Finds the scenes with the nearest vectors, the nearest first, the older one of equals; of a scene its nearest part counts. */
export interface VectorSearch {
  nearest(query: VectorQuery, signal: AbortSignal): Promise<Neighbour[]>
  /** What it knows in memory of all scenes; null where that is not ready. */
  known?(signal: AbortSignal): Promise<KnownScenes | null>
}
