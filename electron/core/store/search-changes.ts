import { z } from 'zod'
import type { SceneId } from '../../contract/ids.ts'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'
import { Count } from './columns.ts'

const What = z.enum(['vector', 'scene', 'video'])

/** Ids of rows that came, went or were changed; each once. */
export type ChangedRows = Record<z.infer<typeof What>, Set<number>>

const Row = z.object({ number: z.number(), what: What, row_id: z.number() })
const First = z.object({ first: z.number().nullable() })

/** A place in the order of changes: all that came before is known. Costs next to nothing. */
export function newestSearchChange(db: ReadDatabase): number {
  return db.get(`SELECT seq AS count FROM sqlite_sequence WHERE name = 'search_change'`, Count)?.count ?? 0
}

/** Says that something of a scene is to be read again that no trigger sees: its words. */
export function noteSceneChange(db: WriteDatabase, id: SceneId): void {
  db.run(`INSERT INTO search_change (what, row_id) VALUES ('scene', @id)`, { id })
}

/** The next changes after a place, and the place after them; null where they are not kept any more, and everything is to be read again. */
export function searchChangesAfter(db: ReadDatabase, place: number, limit: number): { rows: ChangedRows, place: number } | null {
  const first = db.get('SELECT min(number) AS first FROM search_change', First)?.first ?? Infinity
  if (first > place + 1 && newestSearchChange(db) > place) return null
  const changes = db.all('SELECT number, what, row_id FROM search_change WHERE number > @place ORDER BY number LIMIT @limit', Row, { place, limit })
  const rows: ChangedRows = { vector: new Set(), scene: new Set(), video: new Set() }
  for (const { what, row_id: id } of changes) rows[what].add(id)
  return { rows, place: changes.at(-1)?.number ?? place }
}
