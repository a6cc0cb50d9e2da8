/** How what was heard differs from what was said, counted in words. */
export interface WordErrors {
  /** Words that were said. */
  said: number
  replaced: number
  added: number
  missing: number
  /** Errors for each word that was said; more than 1 where much was added. Null where nothing was said. */
  rate: number | null
}

/** The words of a text without case, punctuation and accents of typing ("don’t" is "don't"). Numbers in digits and in letters stay different words. */
export function plainWords(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().replace(/[\u2018\u2019\u02bc]/g, '\'').match(/[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}\p{N}]+)*/gu) ?? []
}

interface Way { cost: number, replaced: number, added: number, missing: number }

const START: Way = { cost: 0, replaced: 0, added: 0, missing: 0 }

function step(way: Way, kind: 'replaced' | 'added' | 'missing'): Way {
  return { ...way, cost: way.cost + 1, [kind]: way[kind] + 1 }
}

function cheapest(ways: Way[]): Way {
  return ways.reduce((best, way) => way.cost < best.cost ? way : best)
}

/**
 * Word error rate: the fewest words to replace, take out and put in that make of what was said what was heard (Levenshtein), for each word
 * that was said. Of several ways that cost the same the one with more replaced words counts.
 */
export function wordErrors(said: string, heard: string): WordErrors {
  const [wanted, got] = [plainWords(said), plainWords(heard)]
  let row = got.reduce<Way[]>((ways) => [...ways, step(ways.at(-1) ?? START, 'added')], [START])
  for (const word of wanted) {
    const next = [step(row[0] ?? START, 'missing')]
    for (const [index, other] of got.entries()) {
      const [diagonal, above, left] = [row[index] ?? START, row[index + 1] ?? START, next[index] ?? START]
      next.push(word === other ? diagonal : cheapest([step(diagonal, 'replaced'), step(above, 'missing'), step(left, 'added')]))
    }
    row = next
  }
  const { cost, replaced, added, missing } = row.at(-1) ?? START
  return { said: wanted.length, replaced, added, missing, rate: wanted.length === 0 ? null : cost / wanted.length }
}
