import { LEAST_CHANCE } from '../usual/usual.ts'
import type { NearScene } from './nearest.ts'

const HALF = 0.5
const TEN = 10

/** How unusual it is that something is so near: "1 in 200" unrelated questions find something as near. The similarity itself while nobody knows. */
export function howUnusual({ chance, similarity }: Pick<NearScene, 'chance' | 'similarity'>): string {
  if (chance === null) return similarity.toFixed(2)
  if (chance > HALF) return 'nothing unusual'
  if (chance <= LEAST_CHANCE) return `under 1 in ${Math.round(1 / LEAST_CHANCE)}`
  const questions = 1 / chance
  // A few hundred questions tell no more than the first digit.
  const unit = TEN ** Math.floor(Math.log10(questions))
  return `1 in ${Math.round(questions / unit) * unit}`
}
