import { AppError } from '../../../electron/core/errors.ts'
import type { PlannedFraming } from '../../../electron/core/ports.ts'

/** Filters that frame an upright picture of square pixels; a part of a chain, so that what comes before and after is joined with commas. */
export function framingFilters(framing: PlannedFraming | null): string[] {
  if (framing === null) return []
  throw new AppError('USAGE', { message: `Framing (${framing.how}) comes later.` })
}
