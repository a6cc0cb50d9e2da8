import { rm } from 'node:fs/promises'
import { AppError } from '../../errors.ts'
import { ptsToSeconds } from '../../facts.ts'
import type { ClipContainer } from '../../ports.ts'
import type { MadeClip, MakingTools } from '../clip-making.ts'
import { checkSource, flush, makePartOf } from '../disk.ts'
import { writeError } from '../file-errors.ts'
import type { ClipPlan } from '../plan.ts'
import { unverified, verifyClip } from '../verify.ts'
import { containerFor } from './containers.ts'
import { plannedSpan } from './copied-packets.ts'
import { heardIn } from './heard.ts'
import type { Joints } from './kept.ts'
import { expectedOfKept } from './kept.ts'
import { preflight } from './preflight.ts'
import { copiedBytes } from './room.ts'
import type { SmartPlan } from './smart-plan.ts'
import { smartPlan } from './smart-plan.ts'
import { stitchTrack } from './stitch-track.ts'

const AFTER_STITCH = 0.55
const AFTER_FINISH = 0.65

interface Smart { plan: ClipPlan, smart: SmartPlan, container: ClipContainer, track: string, part: string }

function jointsOf({ cut: { splicePts, tailPts, headPictures, tailPictures } }: SmartPlan): Joints {
  return { splicePts: headPictures === 0 ? null : splicePts, tailPts, headPictures, tailPictures }
}

async function smartInto({ plan, smart, container, track, part }: Smart, { ffmpeg, choices, signal, progress }: MakingTools): Promise<Omit<MadeClip, 'part'>> {
  const { facts } = plan.video
  const stitching = { ffmpeg, encoding: choices.encoding, signal, onPicture: (share: number) => { progress(share * AFTER_STITCH) } }
  const { pts, last } = await stitchTrack(stitching, { video: facts, smart, target: track })
  const span = plannedSpan(plan, smart.cut, pts)
  const heard = await heardIn(ffmpeg, { plan, span, container }, signal)
  const { startPts, endPts } = span
  await ffmpeg.finishTrack({ video: facts, track, startPts, endPts, last, sound: heard?.sound ?? null, container, target: part }, signal)
  progress(AFTER_FINISH, { done: pts.length, of: pts.length })
  const expected = await expectedOfKept({ ffmpeg, plan, signal }, { span, joints: jointsOf(smart), heard, container })
  const { verification, durationSeconds } = await verifyClip(ffmpeg, { path: part, expected }, signal)
  await checkSource(plan.video)
  await flush(part)
  signal.throwIfAborted()
  const { picture } = facts.media
  return {
    extension: `.${container}`, mode: 'smart', why: '', start: ptsToSeconds(picture, startPts), end: ptsToSeconds(picture, endPts), durationSeconds,
    verified: verification, notes: [],
  }
}

/** What an edge can not be encoded with here is no fault of the video. */
function asUnverified(error: unknown): unknown {
  return error instanceof AppError && error.code === 'DECODE_FAILED' ? unverified(error.message, error) : error
}

/** Encodes the edges of a clip and copies what is between. Throws EXPORT_UNVERIFIED where that does not give the clip, DISK_FULL, CHANGED and what copying throws. */
export async function makeSmart(plan: ClipPlan, tools: MakingTools): Promise<MadeClip> {
  const { facts } = plan.video
  const smart = smartPlan(await preflight(tools.ffmpeg, plan, tools.signal), facts.media.picture)
  if (typeof smart === 'string') throw unverified('it can not be cut at its edges only')
  const { picture } = facts.media
  const seconds = (smart.cut.endPts - smart.cut.firstPts) * picture.timeBase.num / picture.timeBase.den
  const bytes = copiedBytes(facts.media, seconds)
  // The pictures lie there twice for a while.
  const track = await makePartOf(tools.folder, bytes)
  let part: string | null = null
  try {
    part = await makePartOf(tools.folder, bytes)
    return { part, ...await smartInto({ plan, smart, container: containerFor(facts.path, facts.media), track, part }, tools) }
  } catch (error) {
    if (part !== null) await rm(part, { force: true })
    throw asUnverified(writeError(tools.folder, error))
  } finally {
    await rm(track, { force: true })
  }
}
