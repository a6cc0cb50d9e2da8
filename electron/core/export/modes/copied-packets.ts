import type { Ffmpeg, LastPacket } from '../../ports.ts'
import type { SurveyedSpan } from '../exact/span.ts'
import { spanOfClip } from '../exact/span.ts'
import type { ClipPlan } from '../plan.ts'
import { unverified } from '../verify.ts'
import type { CopyCut } from './cut-points.ts'
import { isShown, mostReordered } from './packet-kind.ts'

/** Packets that are copied, and what of the source they are. */
export interface CopiedPackets { span: SurveyedSpan, packets: number, last: LastPacket | null }

interface Kept { pts: number, durationPts: number }

/** Null where durations are right as they are, or not known at all. */
function lastPacket(kept: readonly Kept[], { lastPts, endPts }: { lastPts: number, endPts: number }): LastPacket | null {
  const index = kept.findIndex(({ pts }) => pts === lastPts)
  const duration = kept[index]?.durationPts ?? 0
  return duration === 0 || duration === endPts - lastPts ? null : { index, stretch: (endPts - lastPts) / duration }
}

/** The span as its packets say; it has to be the one that was planned. */
export function plannedSpan(plan: ClipPlan, cut: Pick<CopyCut, 'firstPts' | 'lastPts' | 'endPts'>, shown: readonly number[]): SurveyedSpan {
  const pts = [...shown].sort((one, other) => one - other)
  const span = spanOfClip({ ...plan, startPts: cut.firstPts, endPts: cut.endPts, tolerancePts: 0 }, { before: null, pts, after: null })
  if (span === null || span.firstPts !== cut.firstPts || span.lastPts !== cut.lastPts) throw unverified('its packets are not those that were planned')
  return span
}

/** Lists what a cut takes over, in the order of storing. Throws EXPORT_UNVERIFIED where it is not what was planned. */
export async function copiedPackets(ffmpeg: Pick<Ffmpeg, 'packets'>, { plan, cut }: { plan: ClipPlan, cut: CopyCut }, signal: AbortSignal): Promise<CopiedPackets> {
  const { facts } = plan.video
  const { codec } = facts.media.picture
  const kept: Kept[] = []
  const shown: number[] = []
  let behind = 0
  for await (const packet of ffmpeg.packets({ video: facts, fromPts: cut.firstPts, bytes: codec === 'vp8' ? 'heads' : 'none' }, signal)) {
    const { pts, durationPts } = packet
    if (pts === null) throw unverified('a picture of the source has no time')
    if (pts > cut.lastPts) behind += 1
    else if (pts >= cut.firstPts) {
      kept.push({ pts, durationPts })
      if (isShown(codec, packet)) shown.push(pts)
    }
    if (behind > mostReordered(codec)) break
  }
  const span = plannedSpan(plan, cut, shown)
  return { span, packets: kept.length, last: lastPacket(kept, cut) }
}
