import type { Search } from './asked-search.ts'
import { coverage } from './coverage.ts'
import type { Finding } from './group.ts'
import { byScore } from './group.ts'
import { mayBeOther } from './prepare.ts'
import type { KnownScenes } from './index/known-scenes.ts'
import type { QueryNode } from './query.ts'
import { hasThen, wantedWords } from './query.ts'

// Whoever types one word or two or three means all of them; a sentence is seldom said as it is typed.
const FEWEST_WORDS = 4
// So much of what is asked for is there: measured here on eight libraries of the shared pictures and their captions, 2026-11-21. Of 800 absurd questions two find something so,
// and of the right captions three in ten more are found than by all their words; with 0.5 none, and two in ten.
const MOST = 0.4
const FEWEST_THERE = 2

function isSentence(node: QueryNode): boolean {
  const words = wantedWords(node)
  const [first] = words
  return !hasThen(node) && words.length === 1 && first !== undefined && mayBeOther(first) && first.terms.length >= FEWEST_WORDS
}

/** The one scene of a finding that was best by itself, with no more than its words. */
function alone({ scene, evidence }: Finding): Finding {
  const { start, end } = scene
  const { parts: { said, title } = {}, node } = evidence[0] ?? {}
  const parts = { ...said === undefined ? {} : { said }, ...title === undefined ? {} : { title } }
  const score = (said ?? 0) + (title ?? 0)
  return { scene, start, end, score, evidence: node === undefined ? [] : [{ scene, scenes: [scene], span: { from: start, to: end }, parts, node }] }
}

/** The hit with the points for the words that it has of the query, which was not found by its words. */
function strengthened(hit: Finding, loose: ReadonlyMap<number, Finding>): Finding {
  const found = loose.get(hit.scene.id)
  const [own, other] = [hit.evidence[0], found?.evidence[0]]
  if (found === undefined || own === undefined || other === undefined || own.parts.said !== undefined || own.parts.title !== undefined) return hit
  return { ...hit, score: found.score, evidence: [{ ...own, parts: other.parts, node: other.node }] }
}

/** `known`: what is known of the scenes in memory. */
interface Found { hits: readonly Finding[], loose: readonly Finding[], known: KnownScenes | null }

/**
 * For a query of several words: its hits and what has most of the words, the best first, each with the points for those that it has.
 * `loose` is what has any of the words. For any other query the hits are given back unchanged.
 */
export function withMostly(node: QueryNode, { hits, loose, known: inMemory }: Found, search: Search): Finding[] {
  const [evidence] = loose[0]?.evidence ?? []
  if (!isSentence(node) || evidence === undefined) return [...hits]
  const covered = coverage(evidence.node, loose.map(({ scene }) => scene.id), { db: search.tools.database, query: search.query, known: inMemory })
  const known = new Set(hits.flatMap((hit) => hit.evidence.flatMap(({ scenes }) => scenes.map(({ id }) => id))))
  const mostly = loose.filter(({ scene }) => {
    const { share, terms } = covered?.get(scene.id) ?? { share: 0, terms: 0 }
    return !known.has(scene.id) && share >= MOST && terms >= FEWEST_THERE
  })
  const byScene = new Map(loose.map((finding) => [finding.scene.id, finding]))
  return [...hits.map((hit) => strengthened(hit, byScene)), ...mostly.map(alone)].sort(byScore)
}
