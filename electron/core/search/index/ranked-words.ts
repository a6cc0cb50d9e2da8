import { SceneId } from '../../../contract/ids.ts'
import type { RankedScene } from '../../store/word-index.ts'
import { BestFew } from './best-few.ts'
import type { SceneColumns } from './scene-columns.ts'
import type { SceneMask } from './scene-mask.ts'
import type { AskedWord, WordColumn, WordExpression } from './word-expression.ts'
import { wordExpression } from './word-expression.ts'
import type { WordPostings } from './word-postings.ts'

// Robertson and others, "Okapi at TREC-3" (1994), computed as SQLite's bm25() does: https://sqlite.org/fts5.html#the_bm25_function
const K1 = 1.2
const B = 0.75
const LEAST_IDF = 1e-6

export interface RankedAsked {
  /** An expression of FTS5. */
  match: string
  /** The column that counts for the order. */
  by: WordColumn
  /** Only these scenes; all when null. */
  mask: SceneMask | null
  /** Of a video at most so many. */
  perVideo: number
  limit: number
}

type Join = (left: Uint8Array, right: Uint8Array) => Uint8Array

/** Each changes the left one. */
const joined: Record<'and' | 'or' | 'not', Join> = {
  and: (left, right) => {
    for (let at = 0; at < left.length; at++) left[at] = (left[at] ?? 0) & (right[at] ?? 0)
    return left
  },
  or: (left, right) => {
    for (let at = 0; at < left.length; at++) left[at] = (left[at] ?? 0) | (right[at] ?? 0)
    return left
  },
  not: (left, right) => {
    for (let at = 0; at < left.length; at++) left[at] = (left[at] ?? 0) & (1 - (right[at] ?? 0))
    return left
  },
}

/** One question to the words: which texts match, and how well. */
class Asking {
  /** By the number of a text. */
  readonly scores: Float64Array
  private readonly times: Uint16Array
  private readonly words: WordPostings
  private readonly by: WordColumn

  constructor(words: WordPostings, by: WordColumn) {
    this.words = words
    this.by = by
    this.scores = new Float64Array(words.numbers)
    this.times = new Uint16Array(words.numbers)
  }

  /** For each number of a text: 1 where it matches. */
  matching(expression: WordExpression): Uint8Array {
    if (expression.kind === 'word') return this.having(expression)
    return joined[expression.kind](this.matching(expression.left), this.matching(expression.right))
  }

  private having(asked: AskedWord): Uint8Array {
    const { words, times, by } = this
    const [inSaid, inTitle] = [asked.columns.includes('said') ? 1 : 0, asked.columns.includes('title') ? 1 : 0]
    const [countsSaid, countsTitle] = [by === 'said' ? inSaid : 0, by === 'title' ? inTitle : 0]
    const mask = new Uint8Array(words.numbers)
    let having = 0
    words.each(asked, (number, said, title) => {
      if (said * inSaid + title * inTitle === 0) return
      having += 1 - (mask[number] ?? 0)
      mask[number] = 1
      times[number] = (times[number] ?? 0) + said * countsSaid + title * countsTitle
    })
    this.add(asked, having)
    return mask
  }

  /** Adds what the word counts for, by how rare it is. */
  private add(asked: AskedWord, having: number): void {
    const { words, times, scores } = this
    const rarity = Math.max(LEAST_IDF, Math.log((words.count - having + 0.5) / (having + 0.5)))
    const mean = words.words / Math.max(1, words.count)
    words.each(asked, (number) => {
      const often = times[number] ?? 0
      if (often === 0) return
      times[number] = 0
      scores[number] = (scores[number] ?? 0) + rarity * often * (K1 + 1) / (often + K1 * (1 - B + B * words.lengthOf(number) / mean))
    })
  }
}

/** Scenes that match, the best by BM25 first, as the word index itself ranks them; null for what only the word index knows. */
export function rankedByWords({ match, by, mask, perVideo, limit }: RankedAsked, { words, scenes }: { words: WordPostings, scenes: SceneColumns }): RankedScene[] | null {
  const expression = wordExpression(match)
  if (expression === null) return null
  const asking = new Asking(words, by)
  const isMatch = asking.matching(expression)
  const { scores } = asking
  const best = new BestFew(limit, perVideo)
  for (let number = 0; number < isMatch.length; number++) {
    const score = scores[number] ?? 0
    if (isMatch[number] === 0 || score === 0) continue
    const place = words.placeOf(number)
    if (mask === null || mask[place] === 1) best.add({ item: scenes.ids[place] ?? 0, score, group: scenes.videos[place] ?? 0 })
  }
  return best.inOrder().map(({ item, score }) => ({ id: SceneId.parse(item), rank: -score }))
}
