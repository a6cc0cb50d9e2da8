import type { SceneId } from '../../contract/ids.ts'

/** Where a scene was found. `order` is the order of the library, for what has no rank. */
export type ListName = 'said' | 'meaning' | 'title' | 'seen' | 'order'

/** A scene of a list, and how much speaks for it there, in points. */
export interface Ranked { id: SceneId, strength: number }

/** Scenes, the best first. */
export interface RankedList { name: ListName, weight: number, found: Ranked[] }

export interface FusedScene {
  id: SceneId
  /** Points: each of them halves the odds that it is there by accident. */
  score: number
  /** What each list has added to the score. */
  parts: Partial<Record<ListName, number>>
}

/**
 * score(scene) = sum over the lists of weight x points. A point is a bit: it halves the odds that the scene is there by accident. All lists are measured in it, so that
 * they can be added, as evidence is that does not hang together (I. J. Good, "Probability and the Weighing of Evidence", 1950):
 * - words: see `wordPoints`; BM25 is made of log odds itself (S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, section 3).
 * - pictures and meanings: -log2 of the share of unrelated questions that find something as near in this library (`surpriseOf`); see `rankPoints` where that is not known.
 * A sum of scores and not of ranks: S. Bruch, S. Gai, A. Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", TOIS 2023. Measured here on eight sets of questions over
 * 446 pictures and what is said of them, 2026-11-21: mean reciprocal rank .59, and on no set below the better of words and pictures; reciprocal rank
 * fusion (k = 60) .52, and up to .17 below; scores normalised by the largest of each list .55 to .59, and up to .09 below.
 *
 * A list of weight 0 is not there. In no order yet.
 */
export function fuse(lists: readonly RankedList[]): FusedScene[] {
  const fused = new Map<SceneId, FusedScene>()
  for (const { name, weight, found } of lists) {
    if (weight === 0) continue
    for (const { id, strength } of found) {
      const scene = fused.get(id) ?? { id, score: 0, parts: {} }
      const part = weight * strength
      scene.score += part
      scene.parts[name] = (scene.parts[name] ?? 0) + part
      fused.set(id, scene)
    }
  }
  return [...fused.values()]
}

// BM25 counts in natural logarithms.
const BITS = 1 / Math.LN2
// Where most scenes have a word its BM25 is next to nothing; that the words are there is something all the same.
const THERE = 1

/**
 * Points for words: of their BM25 (from 0 upwards) and of how much of what was asked for is there (`covered`, 1: all). What has half of it gets a quarter: measured, see `fuse`
 * (half, as BM25 by itself has it: up to .04 below the better list). `isWeak`: found by a weaker form of the words only; less than any whole word.
 */
export function wordPoints({ bm25, covered, isWeak }: { bm25: number, covered: number, isWeak: boolean }): number {
  return covered * (isWeak ? THERE * bm25 / (1 + bm25) : THERE + BITS * bm25)
}

/** Points of what nobody can judge yet, by its rank (from 1) alone: as if so many of as many were as near. */
export function rankPoints(rank: number, count: number): number {
  return Math.log2((count + 1) / rank)
}
