import type { Framing } from '../../../contract/export-choices.ts'
import type { ClipSource } from '../../../contract/exports.ts'
import { AppError, isCancel } from '../../errors.ts'
import type { MakingTools } from '../clip-making.ts'
import { checkSource } from '../disk.ts'
import type { Survey } from '../exact/survey.ts'
import { surveySource } from '../exact/survey.ts'
import { framedSize } from '../framing/framed-size.ts'
import type { ClipPlan } from '../plan.ts'
import type { PartShape } from './reel-target.ts'

/** A clip of a reel, looked at in its source. */
export interface ReelClip {
  plan: ClipPlan
  title: string
  framing: Framing
  survey: Survey
  shape: PartShape
}

/** What a clip is called in chapters, on cards and in errors. */
export function titleOf({ source, video }: ClipPlan): string {
  const own = source.title?.trim() ?? ''
  return own === '' ? video.title : own
}

/** Which clip of a reel, counted from 1. */
export interface ClipInReel { number: number, source: ClipSource, title: string | null }

/** What went wrong with one clip of a reel. */
export class FailedClip extends AppError {
  readonly source: ClipSource

  constructor({ number, source, title }: ClipInReel, error: AppError) {
    super(error.code, { message: `The reel was not made because of clip ${String(number)}${title === null ? '' : ` ("${title}")`}: ${error.message}`, hint: error.hint, cause: error })
    this.source = source
  }
}

/** Does something for one clip of a reel; what goes wrong says which clip it was, since nothing of the others is written either. */
export async function forClip<Value>(clip: ClipInReel, work: () => Value | Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AppError) || isCancel(error) || error.code === 'DISK_FULL') throw error
    throw new FailedClip(clip, error)
  }
}

/** Decodes the clip in its source. */
export async function lookAt(plan: ClipPlan, tools: MakingTools): Promise<ReelClip> {
  await checkSource(plan.video)
  const survey = await surveySource(tools.ffmpeg, { plan, choices: tools.choices }, tools.signal)
  const framing = plan.source.framing ?? tools.choices.framing
  const size = await framedSize(framing, survey.job, tools)
  return { plan, survey, title: titleOf(plan), framing, shape: { ...size, picture: plan.video.facts.media.picture, seconds: survey.durationSeconds } }
}
