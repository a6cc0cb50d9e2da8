import { rm } from 'node:fs/promises'
import type { Shift } from '../../../contract/exports.ts'
import { ptsToSeconds } from '../../facts.ts'
import type { ClipContainer } from '../../ports.ts'
import type { MadeClip, MakingTools } from '../clip-making.ts'
import { checkSource, flush, makePartOf } from '../disk.ts'
import type { ClipPlan } from '../plan.ts'
import { unverified, verifyClip } from '../verify.ts'
import { containerFor } from './containers.ts'
import type { CopiedPackets } from './copied-packets.ts'
import { copiedPackets } from './copied-packets.ts'
import type { CopyCut } from './cut-points.ts'
import { heardIn } from './heard.ts'
import { expectedOfKept, NO_JOINTS } from './kept.ts'
import { preflight } from './preflight.ts'
import { copiedBytes } from './room.ts'

const AFTER_COPY = 0.4

/** In words: "begins 12 pictures earlier and ends 2 later than asked"; null where it does neither. */
export function shiftNote({ framesBefore, framesAfter }: Shift): string | null {
  const count = (frames: number): string => `${frames} picture${frames === 1 ? '' : 's'}`
  const parts = [...framesBefore > 0 ? [`begins ${count(framesBefore)} earlier`] : [], ...framesAfter > 0 ? [`ends ${count(framesAfter)} later`] : []]
  return parts.length === 0 ? null : `It ${parts.join(' and ')} than asked: only there it can be cut without encoding.`
}

interface Copy { plan: ClipPlan, copied: CopiedPackets, cut: CopyCut, container: ClipContainer, part: string }

async function copyInto({ plan, copied: { span, packets, last }, cut, container, part }: Copy, { ffmpeg, signal, progress }: MakingTools): Promise<Omit<MadeClip, 'part'>> {
  const { facts } = plan.video
  const heard = await heardIn(ffmpeg, { plan, span, container }, signal)
  const { firstPts, endPts } = cut
  await ffmpeg.copyPackets({ video: facts, firstPts, endPts, packets, last, sound: heard?.sound ?? null, container, target: part }, signal)
  const of = span.pts.length
  progress(AFTER_COPY, { done: of, of })
  const expected = await expectedOfKept({ ffmpeg, plan, signal }, { span, joints: NO_JOINTS, heard, container })
  const { verification, durationSeconds } = await verifyClip(ffmpeg, { path: part, expected }, signal)
  await checkSource(plan.video)
  await flush(part)
  signal.throwIfAborted()
  const { picture } = facts.media
  const note = shiftNote(cut.shift)
  return {
    extension: `.${container}`, mode: 'copy', why: '', start: ptsToSeconds(picture, span.startPts), end: ptsToSeconds(picture, span.endPts), durationSeconds, verified: verification,
    notes: note === null ? [] : [note],
  }
}

/** Copies the pictures as they are stored. Throws EXPORT_UNVERIFIED where that does not give the clip, DISK_FULL, CHANGED and what copying throws. */
export async function makeCopy(plan: ClipPlan, tools: MakingTools): Promise<MadeClip> {
  const { ffmpeg, folder, signal } = tools
  const found = await preflight(ffmpeg, plan, signal)
  if (found.kind === 'refused' || typeof found.cut.copy === 'string') throw unverified('it can not be copied')
  const cut = found.cut.copy
  const container = containerFor(plan.video.facts.path, plan.video.facts.media)
  const copied = await copiedPackets(ffmpeg, { plan, cut, known: found.copied }, signal)
  const part = await makePartOf(folder, copiedBytes(plan.video.facts.media, copied.span.durationSeconds))
  try {
    return { part, ...await copyInto({ plan, copied, cut, container, part }, tools) }
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}
