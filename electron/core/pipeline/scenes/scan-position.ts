import { z } from 'zod'
import { Transition } from '../../../contract/videos.ts'

/** From where a scan goes on: everything up to the end of a scene is stored, nothing after it. */
const ScanPosition = z.object({
  /** End of the last stored scene. */
  endPts: z.number().int(),
  /** The shot that goes on there. */
  shot: z.object({ startPts: z.number().int(), transition: Transition }),
  /** Pictures before `endPts`. */
  frames: z.number().int(),
  decodeErrors: z.number().int(),
  soundEndSeconds: z.number().nullable(),
  /** The level up to which the silence goes on that is open there; null where none is. */
  silentBelow: z.number().nullable().default(null),
  isFirstLook: z.boolean(),
  isDone: z.boolean(),
})
export type ScanPosition = z.infer<typeof ScanPosition>

/** The position out of what was stored; null when it is from another kind of scan, or none. */
export function readPosition(stored: string | null, isFirstLook: boolean): ScanPosition | null {
  if (stored === null) return null
  const position = ScanPosition.parse(JSON.parse(stored))
  return position.isFirstLook === isFirstLook ? position : null
}
