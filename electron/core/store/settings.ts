import { z } from 'zod'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'

const Value = z.object({ value: z.string() })

/** A setting of the library, or null where none was made. */
export function setting(db: ReadDatabase, name: string): string | null {
  return db.get('SELECT value FROM setting WHERE name = @name', Value, { name })?.value ?? null
}

export function setSetting(db: WriteDatabase, name: string, value: string | null): void {
  if (value === null) db.run('DELETE FROM setting WHERE name = @name', { name })
  else db.run('INSERT INTO setting (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = @value', { name, value })
}
