import { AppError, isCancel } from '../../errors.ts'
import type { Ffmpeg } from '../../ports.ts'
import type { ClipPlan } from '../plan.ts'
import type { SurveyedSpan } from './span.ts'
import { askedSpan, spanOfClip } from './span.ts'

/** Packets come in the order they are decoded: so many behind the end, and none before it is still to come. H.264 and HEVC reorder 16 at most. */
const BEHIND_END = 20

async function timesOfPackets(ffmpeg: Pick<Ffmpeg, 'packets'>, plan: ClipPlan, signal: AbortSignal): Promise<number[] | null> {
  const { startPts, endPts } = askedSpan(plan)
  const times: number[] = []
  let behind = 0
  for await (const { pts, isDiscarded } of ffmpeg.packets({ video: plan.video.facts, fromPts: startPts, bytes: 'none' }, signal)) {
    if (pts === null) return null
    if (isDiscarded) continue
    times.push(pts)
    behind = pts >= endPts ? behind + 1 : 0
    if (behind >= BEHIND_END) break
  }
  times.sort((one, other) => one - other)
  // Two fields of one picture may be two packets.
  return new Set(times).size === times.length ? times : null
}

/**
 * What the container says of the span, without decoding anything. Null where it can not be told from that; it may also be wrong (pictures that are never shown, damage): what
 * is decoded in the end has to agree.
 */
export async function surveyPackets(ffmpeg: Pick<Ffmpeg, 'packets'>, plan: ClipPlan, signal: AbortSignal): Promise<SurveyedSpan | null> {
  const { startPts, endPts } = askedSpan(plan)
  try {
    const times = await timesOfPackets(ffmpeg, plan, signal)
    if (times === null) return null
    return spanOfClip(plan, {
      before: times.findLast((pts) => pts < startPts) ?? null,
      pts: times.filter((pts) => pts >= startPts && pts < endPts),
      after: times.find((pts) => pts >= endPts) ?? null,
    })
  } catch (error) {
    // What the list can not say the decoder may, and if not, it says better why.
    if (isCancel(error) || !(error instanceof AppError) || error.code !== 'DECODE_FAILED') throw error
    return null
  }
}
