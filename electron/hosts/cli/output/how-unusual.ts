import { LEAST_CHANCE } from '../../../core/usual/usual.ts'

const HALF = 0.5
const TEN = 10

/** How unusual it is that something is so near: "1 in 200" unrelated questions find something as near. */
export function howUnusual(chance: number): string {
  if (chance > HALF) return 'nothing unusual'
  if (chance <= LEAST_CHANCE) return `under 1 in ${Math.round(1 / LEAST_CHANCE)}`
  const questions = 1 / chance
  // A few hundred questions tell no more than the first digit.
  const unit = TEN ** Math.floor(Math.log10(questions))
  return `1 in ${Math.round(questions / unit) * unit}`
}
