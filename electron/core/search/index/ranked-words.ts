import { SceneId } from '../../../contract/ids.ts'
import type { RankedScene } from '../../store/word-index.ts'
import { BestFew } from './best-few.ts'
import type { KnownScenes } from './known-scenes.ts'
import type { SceneMask } from './scene-mask.ts'
import type { AskedWord, WordColumn, WordExpression } from './word-expression.ts'
import { joinMasks, TextMask } from './text-mask.ts'
import { wordExpression } from './word-expression.ts'
import type { Having, WordPostings } from './word-postings.ts'

// Robertson and others, "Okapi at TREC-3" (1994), computed as SQLite's bm25() does: https://sqlite.org/fts5.html#the_bm25_function
const K1 = 1.2
const B = 0.75
const LEAST_IDF = 1e-6
// Bits.
const HAS = 1
const IN_TITLE = 2

export interface RankedAsked {
  /** An expression of FTS5. */
  match: string
  /** Only these scenes; all when null. */
  mask: SceneMask | null
  /** Of the titles of a video at most so many scenes. */
  perVideo: number
  limit: number
}

/** Scenes by what is said in them, and by their titles; the best first. */
export type RankedWords = Record<WordColumn, RankedScene[]>

// One for each kind of column: what reads them all is compiled for none of them.
const byte = (column: Uint8Array, at: number): number => column[at] ?? 0
const short = (column: Uint16Array, at: number): number => column[at] ?? 0
const natural = (column: Uint32Array, at: number): number => column[at] ?? 0
const whole = (column: Int32Array, at: number): number => column[at] ?? 0
const real = (column: Float64Array, at: number): number => column[at] ?? 0

/** One question to the words: which texts match, and how well. */
class Asking {
  /** By the number of a text. */
  readonly scores: Record<WordColumn, Float64Array>
  private readonly words: WordPostings

  constructor(words: WordPostings) {
    this.words = words
    this.scores = { said: new Float64Array(words.numbers), title: new Float64Array(words.numbers) }
  }

  /** Which texts match. */
  matching(expression: WordExpression): TextMask {
    if (expression.kind === 'word') return this.having(expression)
    const left = this.matching(expression.left)
    joinMasks(expression.kind, left, this.matching(expression.right))
    return left
  }

  private having({ word, isPrefix, columns }: AskedWord): TextMask {
    const having = this.words.having({ word, isPrefix })
    const { numbers, said, title, size } = having
    if (!columns.includes('said')) said.fill(0, 0, size)
    if (!columns.includes('title')) title.fill(0, 0, size)
    const matching = new TextMask(this.words.numbers)
    const { bytes: mask } = matching
    let [anywhere, inTitle] = [0, 0]
    for (let at = 0; at < size; at++) {
      const number = natural(numbers, at)
      const isInTitle = byte(title, at) > 0 ? IN_TITLE : 0
      const is = (byte(said, at) > 0 ? HAS | isInTitle : isInTitle === 0 ? 0 : HAS | IN_TITLE) & ~byte(mask, number)
      anywhere += is & HAS
      inTitle += is >> 1
      mask[number] = byte(mask, number) | is
    }
    this.add('said', having, this.rarity(anywhere))
    // The word index is asked for titles by an expression that has each word twice, and counts it twice: anywhere, and in a title.
    this.add('title', having, this.rarity(anywhere) + this.rarity(inTitle))
    for (const number of numbers.subarray(0, size)) mask[number] = byte(mask, number) & HAS
    return matching
  }

  private rarity(having: number): number {
    return (K1 + 1) * Math.max(LEAST_IDF, Math.log((this.words.count - having + 0.5) / (having + 0.5)))
  }

  /** Adds what the word counts for; how often it is there is added up first where it is the beginning of several. */
  private add(by: WordColumn, having: Having, rarity: number): void {
    const { words: { lengths, count, words, times }, scores: { [by]: scores } } = this
    const { numbers, size, [by]: counted } = having
    for (let at = 0; at < size; at++) {
      const number = natural(numbers, at)
      times[number] = short(times, number) + byte(counted, at)
    }
    const perWord = K1 * B * Math.max(1, count) / words
    for (let at = 0; at < size; at++) {
      const number = natural(numbers, at)
      const often = short(times, number)
      if (often === 0) continue
      times[number] = 0
      scores[number] = real(scores, number) + rarity * often / (often + K1 * (1 - B) + perWord * whole(lengths, number))
    }
  }
}

/** What is known in memory, and which texts match. */
interface Matching extends KnownScenes { matching: TextMask, mask: SceneMask | null }

function bestOf(scores: Float64Array, best: BestFew, { matching: { fours, bytes }, mask, words, scenes }: Matching): RankedScene[] {
  for (let four = 0; four < fours.length; four++) {
    if (natural(fours, four) === 0) continue
    for (let number = four * 4; number < four * 4 + 4; number++) {
      const score = real(scores, number)
      if (byte(bytes, number) === 0 || score === 0 || score < best.least) continue
      const place = whole(words.places, number)
      if (mask === null || mask[place] === 1) best.add({ item: real(scenes.ids, place), score, group: whole(scenes.videos, place) })
    }
  }
  return best.inOrder().map(({ item, score }) => ({ id: SceneId.parse(item), rank: -score }))
}

/** Scenes that match, the best by BM25 first, as the word index itself ranks them; null for what only the word index knows. */
export function rankedByWords({ match, mask, perVideo, limit }: RankedAsked, known: KnownScenes): RankedWords | null {
  const expression = wordExpression(match)
  if (expression === null) return null
  const asking = new Asking(known.words)
  const matching = { ...known, mask, matching: asking.matching(expression) }
  return { said: bestOf(asking.scores.said, new BestFew(limit), matching), title: bestOf(asking.scores.title, new BestFew(limit, perVideo), matching) }
}
