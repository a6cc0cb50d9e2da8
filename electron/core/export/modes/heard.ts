import type { ClipContainer, ClipSound, Ffmpeg } from '../../ports.ts'
import type { SurveyedSpan } from '../exact/span.ts'
import type { ClipPlan } from '../plan.ts'
import { soundFor } from './containers.ts'

/** Sound that a clip gets, and where it begins in it. */
export interface HeardSound { sound: ClipSound, offsetSeconds: number }

/**
 * Half of a longer block is more than a picture: by so much the sound would begin late, or the next clip's would be heard. Of AAC at 48 kHz they are 21 ms long, of AC-3 32 ms, of
 * HE-AAC up to 128 ms.
 */
const LONGEST_BLOCK_SECONDS = 0.07

/**
 * The sound of a clip whose pictures are kept: copied, or encoded anew where its blocks are too long to be parted at a picture. Where it would be copied and the source has none
 * in the span, the clip has none either.
 */
export async function heardIn(ffmpeg: Pick<Ffmpeg, 'soundPackets'>, { plan, span, container }: { plan: ClipPlan, span: SurveyedSpan, container: ClipContainer }, signal: AbortSignal): Promise<HeardSound | null> {
  const { facts } = plan.video
  const sound = soundFor(facts.media, container)
  if (sound === null) return null
  const { how, streamIndex } = sound
  if (how === 'encode') return { sound: { how, streamIndex }, offsetSeconds: 0 }
  const found = await ffmpeg.soundPackets({ video: facts, streamIndex, startPts: span.startPts, endPts: span.endPts }, signal)
  if (found !== null && found.blockSeconds > LONGEST_BLOCK_SECONDS) return { sound: { how: 'encode', streamIndex }, offsetSeconds: 0 }
  return found === null ? null : { sound: { how, streamIndex, packets: found.packets }, offsetSeconds: found.startSeconds }
}
