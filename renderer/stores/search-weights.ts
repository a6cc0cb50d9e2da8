import type { SearchWeights } from '../../electron/contract/search.ts'

/** What a search goes by, in the order in which it is offered. */
export const weightNames = ['said', 'meaning', 'seen', 'title'] as const satisfies readonly (keyof SearchWeights)[]
export type WeightName = typeof weightNames[number]
export type Weights = Readonly<Record<WeightName, number>>

/** The weights that can be chosen, from nothing over the usual one to the most. */
export const weightSteps = [0, 0.25, 0.5, 1, 2, 4] as const

export const usualWeights: Weights = { said: 1, meaning: 1, seen: 1, title: 1 }

/** What counts more or less than usually. */
export function unusualIn(weights: Weights): WeightName[] {
  return weightNames.filter((name) => weights[name] !== usualWeights[name])
}

/** The step that is nearest to a weight. */
export function stepOf(weight: number): number {
  const distances = weightSteps.map((step) => Math.abs(step - weight))
  return distances.indexOf(Math.min(...distances))
}

const KEPT_KEY = 'scenedex-search-weights'

/** The weights as they were left; the usual ones where nothing was kept, or something else. */
export function keptWeights(): Weights {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT_KEY) ?? '{}')
    const values = new Map<string, unknown>(typeof kept === 'object' && kept !== null ? Object.entries(kept) : [])
    const of = (name: WeightName): number => weightSteps.find((step) => step === values.get(name)) ?? usualWeights[name]
    return { said: of('said'), meaning: of('meaning'), seen: of('seen'), title: of('title') }
  } catch {
    // Whatever else wrote there: the usual weights do.
    return usualWeights
  }
}

export function keepWeights(weights: Weights): void {
  localStorage.setItem(KEPT_KEY, JSON.stringify(weights))
}
