import type { SceneId } from '../../../contract/ids.ts'
import type { KnownScenes } from './known-scenes.ts'
import { joinMasks, TextMask } from './text-mask.ts'
import type { AskedWord, WordExpression } from './word-expression.ts'
import { wordExpression } from './word-expression.ts'
import type { WordPostings } from './word-postings.ts'

function having({ word, isPrefix, columns }: AskedWord, words: WordPostings): TextMask {
  const { numbers, said, title, size } = words.having({ word, isPrefix })
  const [inSaid, inTitle] = [columns.includes('said'), columns.includes('title')]
  const mask = new TextMask(words.numbers)
  for (let at = 0; at < size; at++) if ((inSaid && (said[at] ?? 0) > 0) || (inTitle && (title[at] ?? 0) > 0)) mask.bytes[numbers[at] ?? 0] = 1
  return mask
}

function matching(expression: WordExpression, words: WordPostings): TextMask {
  if (expression.kind === 'word') return having(expression, words)
  const left = matching(expression.left, words)
  joinMasks(expression.kind, left, matching(expression.right, words))
  return left
}

export interface TermAsked {
  /** An expression of FTS5. */
  match: string
  among: readonly SceneId[]
  most: number
}

/** In how many texts a term is, counted up to `most`, and in which of the scenes; null for what only the word index knows. */
export function textsWithTerm({ match, among, most }: TermAsked, { words, scenes }: KnownScenes): { count: number, scenes: SceneId[] } | null {
  const expression = wordExpression(match)
  if (expression === null) return null
  const { bytes } = matching(expression, words)
  let count = 0
  for (let number = 0; number < bytes.length && count < most; number++) count += bytes[number] ?? 0
  return {
    count,
    scenes: among.filter((id) => {
      const place = scenes.placeOf(id)
      const number = place === undefined ? -1 : words.numberOf(place)
      return number >= 0 && bytes[number] === 1
    }),
  }
}
