import type { SceneId } from '../../contract/ids.ts'
import type { ReadDatabase } from '../ports.ts'
import { sceneCount } from '../store/similar-scenes.ts'
import { scenesWithTerm, termCount } from '../store/term-scenes.ts'
import type { RankedScene } from '../store/word-index.ts'
import { WEAK_RANK } from '../store/word-index.ts'
import type { Ranked } from './fuse.ts'
import { wordPoints } from './fuse.ts'
import type { KnownScenes } from './index/known-scenes.ts'
import { textsWithTerm } from './index/term-texts.ts'
import type { Prepared } from './prepare.ts'
import type { QueryNode, Term } from './query.ts'
import { wantedWords } from './query.ts'

interface Asked { db: ReadDatabase, query: Prepared, /** What is known of the scenes in memory; null where it is not ready. */ known: KnownScenes | null }

// What is in so many scenes is common: it is counted no farther.
const MOST_COUNTED = 10_000

/** The terms of which some are enough. */
function looseTerms(node: QueryNode): Term[] {
  return wantedWords(node).filter(({ need }) => need === 'some').flatMap(({ terms }) => terms)
}

/** How much it tells that a scene has a term that `count` of all scenes have, as BM25 has it, but never less than nothing: ln(1 + (N - n + 0.5) / (n + 0.5)). */
function worth(count: number, all: number): number {
  return Math.log1p((Math.max(all, count) - count + 0.5) / (count + 0.5))
}

/** The share of the terms that each scene has, by what each of them is worth, and how many of them; null where all of them are needed anyway. */
export function coverage(node: QueryNode, among: readonly SceneId[], { db, query, known }: Asked): ReadonlyMap<SceneId, { share: number, terms: number }> | null {
  const terms = looseTerms(node)
  if (terms.length < 2 || among.length === 0) return null
  const matches = [...new Set(terms.map((term) => query.forms.get(term)?.match ?? '""'))]
  const all = sceneCount(db)
  const weighed = matches.map((match) => {
    const { count, scenes } = (known === null ? null : textsWithTerm({ match, among, most: MOST_COUNTED }, known))
      ?? { count: termCount(db, match, MOST_COUNTED), scenes: scenesWithTerm(db, match, among) }
    return { worth: worth(count, all), scenes }
  })
  const total = weighed.reduce((sum, term) => sum + term.worth, 0)
  const covered = new Map<SceneId, { share: number, terms: number }>()
  for (const term of weighed) {
    for (const id of term.scenes) {
      const known = covered.get(id) ?? { share: 0, terms: 0 }
      covered.set(id, { share: known.share + term.worth / total, terms: known.terms + 1 })
    }
  }
  return covered
}

/** The points of scenes that the word index has found. */
export function pointsByWords(found: readonly RankedScene[], node: QueryNode, asked: Asked): Ranked[] {
  const covered = coverage(node, found.map(({ id }) => id), asked)
  return found.map(({ id, rank }): Ranked => {
    const isWeak = rank > 0
    return { id, strength: wordPoints({ bm25: isWeak ? WEAK_RANK - rank : -rank, covered: covered === null ? 1 : covered.get(id)?.share ?? 0, isWeak }) }
  })
}
