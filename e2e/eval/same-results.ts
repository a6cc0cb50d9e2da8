import { cosine } from './direct/cosine.ts'
import { firstRight, largest, recallAt } from './ranks.ts'

const RANKS = [1, 5, 10]
const DEEPEST = 10
/** How far the product's path may be from the direct script, in points (percent of the questions). */
const BAR_POINTS = 0.5

/** What the product and the direct script made of the same items. */
export interface Vectors { questions: Float32Array[], items: Float32Array[] }

/** Whether an item is a right answer to a question; both by their place. */
export type IsRight = (question: number, item: number) => boolean

/** The places of the first right answers by plain loops over all items. */
export function directPlaces({ questions, items }: Vectors, isRight: IsRight): (number | null)[] {
  return questions.map((vector, question) => firstRight(largest(items.map((item) => cosine(vector, item)), DEEPEST), (item) => isRight(question, item)))
}

/** The places of the first right answers, with the answers of a library. */
export function productPlaces(questions: Float32Array[], nearest: (query: Float32Array, count: number) => number[], isRight: IsRight): (number | null)[] {
  return questions.map((vector, question) => firstRight(nearest(vector, DEEPEST), (item) => isRight(question, item)))
}

/** The least cosine between what the two made of the same thing: 1 where they are the same. */
export function leastAlike(product: readonly Float32Array[], direct: readonly Float32Array[]): number {
  return product.reduce((least, vector, at) => Math.min(least, cosine(vector, direct[at]!)), 1)
}

/** R@1, R@5 and R@10 in one line. */
export function recallLine(places: readonly (number | null)[]): string {
  return RANKS.map((k) => `R@${k} ${recallAt(places, k).toFixed(2)} %`).join(', ')
}

/** Prints R@1, R@5 and R@10 of both side by side, and says whether they are the same within the bar. */
export function compareRecall(product: readonly (number | null)[], direct: readonly (number | null)[], print: (line: string) => void): boolean {
  const differences = RANKS.map((k) => {
    const [ours, theirs] = [recallAt(product, k), recallAt(direct, k)]
    print(`  R@${k}`.padEnd(8) + `product ${ours.toFixed(2).padStart(6)} %   direct script ${theirs.toFixed(2).padStart(6)} %   difference ${(ours - theirs).toFixed(2)}`)
    return Math.abs(ours - theirs)
  })
  const isMet = differences.every((difference) => difference <= BAR_POINTS)
  print(`  bar: within ${BAR_POINTS} points each: ${isMet ? 'PASS' : 'FAIL'}`)
  return isMet
}
