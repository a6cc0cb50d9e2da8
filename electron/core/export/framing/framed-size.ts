import type { Framing } from '../../../contract/export-choices.ts'
import type { CutJob, Ffmpeg } from '../../ports.ts'
import { shownSize } from '../../shown-size.ts'
import { planFraming } from './plan-framing.ts'

/** How large a clip is once it is framed. Where the window goes does not matter for that, so nothing is looked at. */
export async function framedSize(
  framing: Framing, { video, startPts, endPts }: Pick<CutJob, 'video' | 'startPts' | 'endPts'>, tools: { ffmpeg: Pick<Ffmpeg, 'scan'>, signal: AbortSignal },
): Promise<{ width: number, height: number }> {
  const still: Framing = framing.how === 'fill' ? { ...framing, around: 'centre' } : framing
  return await planFraming(still, { video, startPts, endPts, shotStarts: [] }, tools) ?? shownSize(video.media.picture)
}
