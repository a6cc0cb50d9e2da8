import { z } from 'zod'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'
import { Count } from './columns.ts'

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

/** Deletes the vectors of all variants of a model; their indexes follow by their triggers. Gives how many. */
export function deleteVectorsOfModel(db: WriteDatabase, id: string): number {
  const of = `model = @id OR substr(model, 1, length(@id) + 1) = @id || '/'`
  return db.transaction(() => {
    const count = db.get(`SELECT count(*) AS count FROM vector WHERE ${of}`, Count, { id })?.count ?? 0
    db.run(`DELETE FROM vector WHERE ${of}`, { id })
    return count
  })
}
