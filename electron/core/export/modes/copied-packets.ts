import type { Ffmpeg, LastPacket } from '../../ports.ts'
import type { SurveyedSpan } from '../exact/span.ts'
import { spanOfClip } from '../exact/span.ts'
import type { ClipPlan } from '../plan.ts'
import { unverified } from '../verify.ts'
import type { CopyCut, CutPacket } from './cut-points.ts'
import { isShown, mostReordered } from './packet-kind.ts'

/** Packets that are copied, and what of the source they are. */
export interface CopiedPackets { span: SurveyedSpan, packets: number, last: LastPacket | null }

/** The same before anybody held it against the plan: the pts of the pictures that are shown, as they are stored. */
export interface CopiedRow { shown: number[], packets: number, last: LastPacket | null }

type Kept = Pick<CutPacket, 'pts' | 'durationPts' | 'isShown'>

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

/** What a cut takes over of packets in the order of storing, which may go on beside it. */
export function copiedRow(packets: readonly Kept[], cut: CopyCut): CopiedRow {
  const kept = packets.filter(({ pts }) => pts >= cut.firstPts && pts <= cut.lastPts)
  return { shown: kept.filter((packet) => packet.isShown).map(({ pts }) => pts), packets: kept.length, last: lastPacket(kept, cut) }
}

interface CopyOf { plan: ClipPlan, cut: CopyCut }

async function listRow(ffmpeg: Pick<Ffmpeg, 'packets'>, { plan, cut }: CopyOf, signal: AbortSignal): Promise<CopiedRow> {
  const { facts } = plan.video
  const { codec } = facts.media.picture
  const kept: Kept[] = []
  let behind = 0
  for await (const packet of ffmpeg.packets({ video: facts, fromPts: cut.firstPts, bytes: codec === 'vp8' ? 'heads' : 'none' }, signal)) {
    const { pts, durationPts } = packet
    if (pts === null) throw unverified('a picture of the source has no time')
    if (pts > cut.lastPts) behind += 1
    else if (pts >= cut.firstPts) kept.push({ pts, durationPts, isShown: isShown(codec, packet) })
    if (behind > mostReordered(codec)) break
  }
  return copiedRow(kept, cut)
}

/** What a cut takes over, listed anew where `known` is null. Throws EXPORT_UNVERIFIED where it is not what was planned. */
export async function copiedPackets(ffmpeg: Pick<Ffmpeg, 'packets'>, { plan, cut, known }: CopyOf & { known: CopiedRow | null }, signal: AbortSignal): Promise<CopiedPackets> {
  const { shown, packets, last } = known ?? await listRow(ffmpeg, { plan, cut }, signal)
  return { span: plannedSpan(plan, cut, shown), packets, last }
}
