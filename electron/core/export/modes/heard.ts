import type { ClipContainer, ClipSound, Ffmpeg } from '../../ports.ts'
import type { SurveyedSpan } from '../exact/span.ts'
import type { ClipPlan } from '../plan.ts'
import { soundFor } from './containers.ts'

/** Sound that a clip gets, and where it begins in it. */
export interface HeardSound { sound: ClipSound, offsetSeconds: number }

/** The sound of a clip whose pictures are kept. Where it would be copied and the source has none in the span, the clip has none either. */
export async function heardIn(ffmpeg: Pick<Ffmpeg, 'soundPackets'>, { plan, span, container }: { plan: ClipPlan, span: SurveyedSpan, container: ClipContainer }, signal: AbortSignal): Promise<HeardSound | null> {
  const { facts } = plan.video
  const sound = soundFor(facts.media, container)
  if (sound === null) return null
  const { how, streamIndex } = sound
  if (how === 'encode') return { sound: { how, streamIndex }, offsetSeconds: 0 }
  const found = await ffmpeg.soundPackets({ video: facts, streamIndex, startPts: span.startPts, endPts: span.endPts }, signal)
  return found === null ? null : { sound: { how, streamIndex, packets: found.packets }, offsetSeconds: found.startSeconds }
}
