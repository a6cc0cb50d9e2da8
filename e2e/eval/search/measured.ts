import type { SearchAnswer, SearchHit, SearchWeights } from '../../../electron/contract/search.ts'
import { firstRight } from '../ranks.ts'
import type { KnownQuery } from './known-scenes.ts'
import type { SearchLibrary } from './search-library.ts'

/** What is searched with: each way leaves the others out. */
export const ways = {
  words: { seen: 0, meaning: 0 },
  pictures: { said: 0, title: 0, meaning: 0 },
  meaning: { said: 0, title: 0, seen: 0 },
  fused: {},
} as const satisfies Record<string, SearchWeights>
export type Way = keyof typeof ways

/** How good the answers are: mean reciprocal rank, and the shares of questions with a right answer first, and among the first three. */
export interface Goodness { mrr: number, first: number, third: number }

const DEEPEST = 200

function goodness(places: readonly (number | null)[]): Goodness {
  const share = (most: number): number => places.filter((place) => place !== null && place <= most).length / places.length
  return { mrr: places.reduce((sum: number, place) => sum + (place === null ? 0 : 1 / place), 0) / places.length, first: share(1), third: share(3) }
}

/** Of what is shown as found, and with what is shown apart as the nearest behind it. */
export interface Measured { hits: Goodness, withNearest: Goodness }

/** The questions asked in one way. */
export async function measured(library: SearchLibrary, queries: readonly KnownQuery[], way: Way): Promise<Measured> {
  const [hits, withNearest]: (number | null)[][] = [[], []]
  for (const { query, right } of queries) {
    const answer = await library.ask(query, { weights: ways[way], limit: DEEPEST })
    const isRight = ({ title }: SearchHit): boolean => right.includes(title)
    hits!.push(firstRight(answer.hits, isRight))
    withNearest!.push(firstRight([...answer.hits, ...answer.nearest], isRight))
  }
  return { hits: goodness(hits!), withNearest: goodness(withNearest!) }
}

/** A library that is asked, and its questions. */
export interface AskedLibrary { name: string, size: string, queries: KnownQuery[], library: SearchLibrary }

/** What becomes of questions that have an answer, counted. */
export interface Outcomes {
  /** Something was found. */
  withHits: number
  rightFirst: number
  rightAmong: number
  /** Nothing was found that is good, and a right answer stands among what is shown apart. */
  rightNearest: number
}

/** Asks as a person does, with all there is. */
export async function outcomes(library: SearchLibrary, queries: readonly KnownQuery[]): Promise<Outcomes> {
  const counted: Outcomes = { withHits: 0, rightFirst: 0, rightAmong: 0, rightNearest: 0 }
  for (const { query, right } of queries) {
    const { hits, nearest } = await library.ask(query, { weights: ways.fused, limit: DEEPEST })
    const place = firstRight(hits, ({ title }) => right.includes(title))
    if (hits.length > 0) counted.withHits++
    if (place === 1) counted.rightFirst++
    if (place !== null) counted.rightAmong++
    if (hits.length === 0 && nearest.some(({ title }) => right.includes(title))) counted.rightNearest++
  }
  return counted
}

/** How much one is worse than the better of the others, in its worst measure; 0 or less where it is not. */
export function worseBy(one: Goodness, others: readonly Goodness[]): number {
  const measures = ['mrr', 'first', 'third'] as const
  return Math.max(...measures.map((measure) => Math.max(...others.map((other) => other[measure])) - one[measure]))
}

/** What a person sees of an answer: where it is, and in which order. */
export function seenOf({ hits, nearest }: SearchAnswer): string {
  const text = ({ path, start, end }: SearchHit): string => `${path} ${start}-${end}`
  return [...hits.map(text), '--', ...nearest.map(text)].join('\n')
}
