// Of more nobody knows, however many questions were asked.
const LEAST_CHANCE = 0.0001
const HALF = 0.5
const ROUND_FROM = 20

function rounded(count: number): number {
  if (count < ROUND_FROM) return Math.round(count)
  const step = 10 ** Math.floor(Math.log10(count))
  return Math.round(count / step * 2) / 2 * step
}

/** The n of "1 in n", as round as a person would say it; null for what most questions find, which is nothing unusual. */
export function oneIn(chance: number): number | null {
  return chance > HALF ? null : rounded(1 / Math.max(LEAST_CHANCE, chance))
}
