import { ptsToSeconds } from '../../facts.ts'
import type { CutJob } from '../../ports.ts'
import type { ConformTo } from '../../reel-ports.ts'
import type { MakingTools } from '../clip-making.ts'
import { changedCut } from '../exact/changed-cut.ts'
import type { Survey } from '../exact/survey.ts'
import { surveySource } from '../exact/survey.ts'
import type { ClipPlan } from '../plan.ts'

/** A clip looked at in its source, with all that is to be done to it. */
export interface SurveyedCut extends AsyncDisposable { survey: Survey, job: Omit<CutJob, 'target'>, notes: string[], start: number, end: number }

/** Decodes the clip in its source and plans what is done to it; `conformTo` says what it is brought to. */
export async function surveyedCut(plan: ClipPlan, tools: MakingTools, conformTo: (survey: Survey) => Promise<ConformTo | null>): Promise<SurveyedCut> {
  const survey = await surveySource(tools.ffmpeg, { plan, choices: tools.choices }, tools.signal)
  const changed = await changedCut({ ...survey.job, conform: await conformTo(survey) }, plan, tools)
  const { picture } = plan.video.facts.media
  return {
    survey, job: changed.job, notes: [...plan.notes, ...changed.notes],
    start: ptsToSeconds(picture, survey.startPts), end: ptsToSeconds(picture, survey.endPts),
    [Symbol.asyncDispose]: async () => changed[Symbol.asyncDispose](),
  }
}
