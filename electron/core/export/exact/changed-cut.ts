import type { CutJob } from '../../ports.ts'
import type { MakingTools } from '../clip-making.ts'
import { planFraming } from '../framing/plan-framing.ts'
import type { ClipPlan } from '../plan.ts'
import { gainTo } from './gain.ts'

/** A cut with all that the choices say, what a person should know of it, and what is to be thrown away when it is done. */
export interface ChangedCut extends AsyncDisposable { job: Omit<CutJob, 'target'>, notes: string[] }

/** Plans framing, captions in the picture and loudness of a cut. Only what is asked for looks at the video. */
export async function changedCut(job: Omit<CutJob, 'target'>, _plan: ClipPlan, { choices, framing, ffmpeg, signal }: MakingTools): Promise<ChangedCut> {
  const planned = await planFraming(framing, { video: job.video, startPts: job.startPts, endPts: job.endPts, shotStarts: [] }, { ffmpeg, signal })
  const { gain, note } = choices.loudness === null ? { gain: null, note: null } : await gainTo(choices.loudness, { ffmpeg, job }, signal)
  return {
    job: { ...job, gain, changes: { framing: planned, captions: null } },
    notes: note === null ? [] : [note],
    [Symbol.asyncDispose]: async () => undefined,
  }
}
