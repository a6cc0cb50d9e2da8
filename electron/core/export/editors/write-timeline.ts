import type { TimelineInput, WrittenTimeline } from '../../../contract/timelines.ts'
import { AppError } from '../../errors.ts'
import type { ClipLookup } from '../clip-lookup.ts'

/** Writes the clips as a list that an editor reads. Never overwrites. */
export async function writeTimeline(input: TimelineInput, _clips: ClipLookup, _signal: AbortSignal): Promise<WrittenTimeline> {
  throw new AppError('USAGE', { message: `"${input.format}" comes later.` })
}
