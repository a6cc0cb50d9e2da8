import { z } from 'zod'
import type { ReadDatabase } from '../ports.ts'
import { fromBlob } from './vectors.ts'

const Range = z.object({ first: z.number().nullable(), last: z.number().nullable() })
const Data = z.object({ data: z.instanceof(Uint8Array) })

/** The vector of a picture of the first scene in a span that has one. The order of the join is fixed: by the model, SQLite would look through all vectors for each span. */
export const FIRST_OF_SPAN = `SELECT data FROM scene CROSS JOIN vector ON scene_id = scene.id AND model = @model AND modality = 'picture'
  WHERE scene.id >= @from AND scene.id < @to LIMIT 1`

/** Vectors of at most so many pictures, evenly spread over the whole library: the same for the same library. */
export function pictureSample(db: ReadDatabase, model: string, limit: number): Float32Array[] {
  const { first = null, last = null } = db.get('SELECT min(id) AS first, max(id) AS last FROM scene', Range) ?? {}
  if (first === null || last === null) return []
  const step = Math.max(1, (last - first + 1) / limit)
  const found: Float32Array[] = []
  let from = first
  for (let place = 0; place < limit && from <= last; place++, from = Math.max(from + 1, Math.floor(first + place * step))) {
    const row = db.get(FIRST_OF_SPAN, Data, { from, to: from + step, model })
    if (row === undefined) continue
    found.push(fromBlob(row.data))
  }
  return found
}
