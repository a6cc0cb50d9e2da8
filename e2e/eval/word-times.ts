import { plainWords } from './word-errors.ts'

/** A word and when it begins, in seconds. */
export interface TimedWord { text: string, start: number }

interface Step { length: number, pair: boolean }

/** What both have in their order: the longest common subsequence, as pairs of places. */
function common(left: readonly string[], right: readonly string[]): [number, number][] {
  const table: Step[][] = Array.from({ length: left.length + 1 }, () => Array.from({ length: right.length + 1 }, () => ({ length: 0, pair: false })))
  for (let a = left.length - 1; a >= 0; a--) {
    for (let b = right.length - 1; b >= 0; b--) {
      const skipped = Math.max(table[a + 1]![b]!.length, table[a]![b + 1]!.length)
      const taken = left[a] === right[b] ? table[a + 1]![b + 1]!.length + 1 : 0
      table[a]![b] = { length: Math.max(skipped, taken), pair: taken > 0 && taken >= skipped }
    }
  }
  const pairs: [number, number][] = []
  for (let a = 0, b = 0; a < left.length && b < right.length;) {
    if (table[a]![b]!.pair) pairs.push([a++, b++])
    else if (table[a + 1]![b]!.length >= table[a]![b + 1]!.length) a++
    else b++
  }
  return pairs
}

/** How much later each word begins in `heard` than in `known`, of the words that both have: seconds, in their order. */
export function startsLater(heard: readonly TimedWord[], known: readonly TimedWord[]): number[] {
  const plain = (words: readonly TimedWord[]): string[] => words.map(({ text }) => plainWords(text).join(' '))
  return common(plain(heard), plain(known)).map(([a, b]) => heard[a]!.start - known[b]!.start)
}
