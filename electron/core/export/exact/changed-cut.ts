import { ptsToSeconds } from '../../facts.ts'
import type { CutJob } from '../../ports.ts'
import { shownSize } from '../../shown-size.ts'
import { burnCaptions } from '../captions/burned.ts'
import type { MakingTools } from '../clip-making.ts'
import { planFraming } from '../framing/plan-framing.ts'
import type { ClipPlan } from '../plan.ts'
import { gainTo } from './gain.ts'

/** A cut with all that the choices say, what a person should know of it, and what is to be thrown away when it is done. */
export interface ChangedCut extends AsyncDisposable { job: Omit<CutJob, 'target'>, notes: string[] }

/** Plans framing, captions in the picture and loudness of a cut. Only what is asked for looks at the video. */
export async function changedCut(job: Omit<CutJob, 'target'>, _plan: ClipPlan, tools: MakingTools): Promise<ChangedCut> {
  const { choices, framing, clips, ffmpeg, signal } = tools
  const { video, startPts, endPts } = job
  const { picture } = video.media
  const planned = await planFraming(framing, { video, startPts, endPts, shotStarts: clips.shotStarts(video.id, { startPts, endPts }) }, { ffmpeg, signal })
  const { gain, note } = choices.loudness === null ? { gain: null, note: null } : await gainTo(choices.loudness, { ffmpeg, job }, signal)
  const burning = await burnCaptions({
    videoId: video.id, start: ptsToSeconds(picture, startPts), end: ptsToSeconds(picture, endPts), size: job.conform ?? planned ?? shownSize(picture),
  }, tools)
  return {
    job: { ...job, gain, changes: { framing: planned, captions: burning.captions } },
    notes: [...note === null ? [] : [note], ...burning.notes],
    [Symbol.asyncDispose]: async () => burning[Symbol.asyncDispose](),
  }
}
