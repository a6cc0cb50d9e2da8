import type { ReadDatabase } from '../ports.ts'
import { wordsHolding } from '../store/vocabulary.ts'

// "schiff" in "dampfschifffahrt". Letters that are left over at an end have to be enough for a word of their own, so that "rain" is not
// found in "brain" nor in "terrain"; four letters are a part only as the first or the last of two.
const SHORTEST_PART = 4
const SHORTEST_REST = 3
const LONGEST_WORD = 40
const MOST_LOOKED_AT = 2000
const MOST_WORDS = 100

function isPart(before: number, after: number, part: string): boolean {
  const longest = Math.max(before, after)
  if (part.length === SHORTEST_PART) return Math.min(before, after) === 0 && longest >= SHORTEST_PART
  return [before, after].every((rest) => rest === 0 || rest >= SHORTEST_REST) && longest > 0
}

function hasAsPart(word: string, part: string): boolean {
  for (let at = word.indexOf(part); at >= 0; at = word.indexOf(part, at + 1)) {
    if (isPart(at, word.length - at - part.length, part)) return true
  }
  return false
}

/** Words of the library that have the word as a part, as compounds of German, Dutch or Swedish have; the shortest first. For folded words. */
export function longerWords(db: ReadDatabase, word: string): string[] {
  if (!/^[a-z]+$/.test(word) || word.length < SHORTEST_PART) return []
  return wordsHolding(db, word, { least: word.length + SHORTEST_REST, most: LONGEST_WORD, limit: MOST_LOOKED_AT })
    .filter((longer) => hasAsPart(longer, word))
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).slice(0, MOST_WORDS)
}
