import type { ClipContainer, Ffmpeg } from '../../ports.ts'
import type { SurveyedSpan } from '../exact/span.ts'
import type { ClipPlan } from '../plan.ts'
import { soundFor } from './containers.ts'
import type { SoundOfClip } from './kept.ts'

/** The sound of a clip whose pictures are kept. Where it would be copied and the source has none in the span, the clip has none either. */
export async function heardIn(ffmpeg: Pick<Ffmpeg, 'soundStart'>, { plan, span, container }: { plan: ClipPlan, span: SurveyedSpan, container: ClipContainer }, signal: AbortSignal): Promise<SoundOfClip | null> {
  const { facts } = plan.video
  const sound = soundFor(facts.media, container)
  if (sound === null) return null
  if (sound.how === 'encode') return { sound, offsetSeconds: 0 }
  const offsetSeconds = await ffmpeg.soundStart({ video: facts, streamIndex: sound.streamIndex, startPts: span.startPts, endPts: span.endPts }, signal)
  return offsetSeconds === null ? null : { sound, offsetSeconds }
}
