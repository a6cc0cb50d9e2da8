import { z } from 'zod'
import type { ReadDatabase } from '../ports.ts'

const DataVersion = z.object({ data_version: z.number() })
const TotalChanges = z.object({ total: z.number() })

/** A text that is another one whenever anything in the library has changed, through this connection or another. Costs next to nothing. */
export function changeMark(db: ReadDatabase): string {
  const others = db.get('PRAGMA data_version', DataVersion)?.data_version ?? 0
  const own = db.get('SELECT total_changes() AS total', TotalChanges)?.total ?? 0
  return `${others}-${own}`
}
