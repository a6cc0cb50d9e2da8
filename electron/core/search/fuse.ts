import type { SceneId } from '../../contract/ids.ts'

/** Where a scene was found. `order` is the order of the library, for what has no rank. */
export type ListName = 'said' | 'meaning' | 'title' | 'seen' | 'order'

/** A scene of a list, and how strong the evidence is: the more the better, in a measure of the list's own. */
export interface Ranked { id: SceneId, strength: number }

/** Scenes, the best first. */
export interface RankedList { name: ListName, weight: number, found: Ranked[] }

export interface FusedScene {
  id: SceneId
  score: number
  /** What each list has added to the score. */
  parts: Partial<Record<ListName, number>>
}

// "k = 60 was fixed during a pilot investigation": G. V. Cormack, C. L. A. Clarke, S. Büttcher, "Reciprocal Rank Fusion
// outperforms Condorcet and individual Rank Learning Methods", SIGIR 2009.
const K = 60

/**
 * Reciprocal rank fusion: score(scene) = sum over the lists of weight / (60 + rank), rank from 1. It needs no scores that
 * can be compared: BM25 and cosines can not. A list of weight 0 is not there. In no order yet.
 */
export function fuse(lists: readonly RankedList[]): FusedScene[] {
  const fused = new Map<SceneId, FusedScene>()
  for (const { name, weight, found } of lists) {
    if (weight === 0) continue
    let rank = 0
    for (const [at, { id, strength }] of found.entries()) {
      // What is equally strong has the same rank: which of them came first into the library is no matter.
      if (strength !== found[at - 1]?.strength) rank = at + 1
      const scene = fused.get(id) ?? { id, score: 0, parts: {} }
      const part = weight / (K + rank)
      scene.score += part
      scene.parts[name] = (scene.parts[name] ?? 0) + part
      fused.set(id, scene)
    }
  }
  return [...fused.values()]
}
