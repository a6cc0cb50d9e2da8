import type { ReadDatabase } from '../ports.ts'
import { knownWords, scenesWith, wordsBeginning, wordsHolding } from '../store/vocabulary.ts'
import { editDistance, forgivenErrors, slips } from './spelling.ts'

/** A word of the library that may have been meant, and in how many scenes it is, as far as that was counted. */
export interface Correction { word: string, scenes: number }

const MOST_CORRECTIONS = 3
// The likelier of two words is the one that is said more often; above so many scenes that is no matter.
const MOST_COUNTED = 200
const MOST_WEIGHED = 40
const MOST_HOLDING = 5000

/**
 * Words with two wrong letters. One half of the word has at most one of them: it begins with a slip of the first half, or the second half is
 * in it as it is.
 */
function twoSlipsAway(db: ReadDatabase, word: string): string[] {
  const letters = Array.from(word)
  const half = Math.floor(letters.length / 2)
  const [first, second] = [letters.slice(0, half).join(''), letters.slice(half).join('')]
  const lengths = { least: letters.length - 2, most: letters.length + 2 }
  return [...wordsBeginning(db, [first, ...slips(first)], lengths), ...wordsHolding(db, second, { ...lengths, limit: MOST_HOLDING })]
    .filter((other) => editDistance(word, other, 2) === 2)
}

function likeliest(db: ReadDatabase, words: readonly string[]): Correction[] {
  return [...new Set(words)].sort().slice(0, MOST_WEIGHED)
    .map((word) => ({ word, scenes: scenesWith(db, `"${word}"`, MOST_COUNTED) }))
    .filter(({ scenes }) => scenes > 0)
    .sort((a, b) => b.scenes - a.scenes || (a.word < b.word ? -1 : 1))
    .slice(0, MOST_CORRECTIONS)
}

/**
 * Words of the library that a word may have been meant to be, the likeliest first: with one wrong letter where there are any, else with two, where
 * so many are forgiven. For folded words of letters.
 */
export function corrections(db: ReadDatabase, word: string, forgiven: number): Correction[] {
  const most = Math.min(forgivenErrors(word), forgiven)
  if (most === 0) return []
  const near = likeliest(db, knownWords(db, slips(word)).filter((other) => other !== word))
  return near.length > 0 || most === 1 ? near : likeliest(db, twoSlipsAway(db, word))
}
