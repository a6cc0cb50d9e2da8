import { z } from 'zod'
import type { ReadDatabase } from '../ports.ts'
import { fromBlob } from './vectors.ts'

const Range = z.object({ first: z.number().nullable(), last: z.number().nullable() })
const Data = z.object({ data: z.instanceof(Uint8Array) })

/** Vectors of at most so many pictures, evenly spread over the whole library: the same for the same library. */
export function pictureSample(db: ReadDatabase, model: string, limit: number): Float32Array[] {
  const { first = null, last = null } = db.get('SELECT min(id) AS first, max(id) AS last FROM scene', Range) ?? {}
  if (first === null || last === null) return []
  const step = Math.max(1, (last - first + 1) / limit)
  const found: Float32Array[] = []
  let from = first
  for (let place = 0; place < limit && from <= last; place++, from = Math.max(from + 1, Math.floor(first + place * step))) {
    const row = db.get(`SELECT data FROM vector WHERE scene_id >= @from AND scene_id < @to AND model = @model AND modality = 'picture' LIMIT 1`, Data, { from, to: from + step, model })
    if (row === undefined) continue
    found.push(fromBlob(row.data))
  }
  return found
}
