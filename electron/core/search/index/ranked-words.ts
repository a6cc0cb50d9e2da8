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

// One for each kind of column: what reads them all is compiled for none of them.
const byte = (column: Uint8Array, at: number): number => column[at] ?? 0
const short = (column: Uint16Array, at: number): number => column[at] ?? 0
const natural = (column: Uint32Array, at: number): number => column[at] ?? 0
const whole = (column: Int32Array, at: number): number => column[at] ?? 0
const real = (column: Float64Array, at: number): number => column[at] ?? 0

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

  private having({ word, isPrefix, columns }: AskedWord): Uint8Array {
    const { times, by } = this
    const { numbers, said, title, size } = this.words.having({ word, isPrefix })
    const [inSaid, inTitle] = [columns.includes('said') ? 1 : 0, columns.includes('title') ? 1 : 0]
    const counted = by === 'said' ? said : title
    const mask = new Uint8Array(this.words.numbers)
    let having = 0
    for (let at = 0; at < size; at++) {
      const number = natural(numbers, at)
      if (byte(said, at) * inSaid + byte(title, at) * inTitle === 0) continue
      having += 1 - byte(mask, number)
      mask[number] = 1
      times[number] = short(times, number) + byte(counted, at)
    }
    if (columns.includes(by)) this.add(numbers.subarray(0, size), having)
    else times.fill(0)
    return mask
  }

  /** Adds what the word counts for, by how rare it is. */
  private add(numbers: Uint32Array, having: number): void {
    const { words, times, scores } = this
    const { lengths } = words
    const rarity = (K1 + 1) * Math.max(LEAST_IDF, Math.log((words.count - having + 0.5) / (having + 0.5)))
    const perWord = K1 * B * Math.max(1, words.count) / words.words
    for (const number of numbers) {
      const often = short(times, number)
      if (often === 0) continue
      times[number] = 0
      scores[number] = real(scores, number) + rarity * often / (often + K1 * (1 - B) + perWord * whole(lengths, number))
    }
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
    const score = real(scores, number)
    if (byte(isMatch, number) === 0 || score === 0 || score < best.least) continue
    const place = whole(words.places, number)
    if (mask === null || mask[place] === 1) best.add({ item: real(scenes.ids, place), score, group: whole(scenes.videos, place) })
  }
  return best.inOrder().map(({ item, score }) => ({ id: SceneId.parse(item), rank: -score }))
}
