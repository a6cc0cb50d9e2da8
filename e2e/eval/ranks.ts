// How good a search is, as papers on retrieval say it: R@k is the share of questions with a right answer among the first k
// (Karpathy and Fei-Fei, 2015, section 4.1, for pictures and captions).

/** The place of the first right answer, from 1; null where none is among them. */
export function firstRight<Answer>(answers: readonly Answer[], isRight: (answer: Answer) => boolean): number | null {
  const at = answers.findIndex((answer) => isRight(answer))
  return at === -1 ? null : at + 1
}

/** Questions answered rightly within the first `k`, in percent of all. */
export function recallAt(places: readonly (number | null)[], k: number): number {
  if (places.length === 0) return Number.NaN
  return 100 * places.filter((place) => place !== null && place <= k).length / places.length
}

/** The places of the largest values, largest first; of equals the first comes first. */
export function largest(values: readonly number[], count: number): number[] {
  return values.map((_, at) => at).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b).slice(0, count)
}
