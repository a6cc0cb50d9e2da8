import { AppError } from '../../../electron/core/errors.ts'
import type { BurnedCaptions } from '../../../electron/core/ports.ts'

/** Filters that write captions on the picture; a part of a chain whose times count from the beginning of the clip. */
export function captionFilters(captions: BurnedCaptions | null): string[] {
  if (captions === null) return []
  throw new AppError('USAGE', { message: 'Burned captions come later.' })
}
