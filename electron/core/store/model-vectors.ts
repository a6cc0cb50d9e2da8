import { z } from 'zod'
import type { ReadDatabase } from '../ports.ts'

const Row = z.object({ model: z.string(), count: z.number().int() })

/** How many vectors each model has made, by the name that they have in the library: that of the model, or of one of its variants behind a slash. */
export function vectorsOfModels(db: ReadDatabase): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { model, count } of db.all('SELECT model, count(*) AS count FROM vector GROUP BY model', Row)) {
    const [id = model] = model.split('/')
    counts.set(id, (counts.get(id) ?? 0) + count)
  }
  return counts
}
