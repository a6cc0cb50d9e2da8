import type { ExportInput, ExportPlan, PlannedClip } from '../../contract/exports.ts'
import { toErrorShape } from '../errors.ts'
import { ptsToSeconds } from '../facts.ts'
import type { ClipLookup } from './clip-lookup.ts'
import { checkSource } from './disk.ts'
import { refuseTemplate } from './name-template.ts'
import { stemOfClip } from './names.ts'
import type { ClipPlan } from './plan.ts'
import { planClip } from './plan.ts'
import { guessedBytes } from './size-guess.ts'

/** What is believed of a rate where the container does not say one. */
const USUAL_FRAME_RATE = 25

type Frames = Pick<PlannedClip, 'start' | 'end' | 'firstFrameAt' | 'lastFrameAt' | 'frames'>

/** At a constant rate: the same choice of pictures as the export makes by decoding. */
function framesAtRate(plan: ClipPlan, rate: number): Frames {
  const { picture } = plan.video.facts.media
  const tick = picture.timeBase.num / picture.timeBase.den
  const [start, end] = [ptsToSeconds(picture, plan.startPts), ptsToSeconds(picture, plan.endPts)]
  // Times in the file are rounded to its ticks, each a little otherwise.
  const tolerance = plan.tolerancePts * tick + Math.max(tick, 1e-6)
  const first = Math.max(0, Math.ceil((start - tolerance) * rate))
  const last = Math.max(first, Math.ceil((end - tolerance) * rate) - 1)
  const next = (last + 1) / rate
  return {
    start: first / rate, firstFrameAt: first / rate, lastFrameAt: last / rate, frames: last - first + 1,
    end: Math.abs(next - end) <= tolerance ? next : end,
  }
}

/** Where pictures come as they like: by their average. */
function framesOnAverage(plan: ClipPlan, rate: number): Frames {
  const { picture } = plan.video.facts.media
  const [start, end] = [ptsToSeconds(picture, plan.startPts), ptsToSeconds(picture, plan.endPts)]
  return { start, end, firstFrameAt: start, lastFrameAt: Math.max(start, end - 1 / rate), frames: Math.max(1, Math.round((end - start) * rate)) }
}

function plannedClip(plan: ClipPlan, { index, template }: { index: number, template: string | null }): PlannedClip {
  const { media } = plan.video.facts
  const rate = media.picture.frameRate ?? USUAL_FRAME_RATE
  const isSteady = media.picture.frameRate !== null && !media.picture.isVariableRate
  const frames = isSteady ? framesAtRate(plan, rate) : framesOnAverage(plan, rate)
  return {
    clip: plan.source, ...frames,
    fileName: `${stemOfClip(plan, { start: frames.start, end: frames.end, index, template })}.mp4`,
    mode: 'exact', why: '', copyShift: null,
    estimatedBytes: guessedBytes(media, { seconds: frames.end - frames.start, frames: frames.frames }),
  }
}

/** As a folder takes them: a name that is taken gets a number. */
function numbered(clips: readonly PlannedClip[]): PlannedClip[] {
  const taken = new Set<string>()
  return clips.map((clip) => {
    const stem = clip.fileName.replace(/\.mp4$/, '')
    let name = clip.fileName
    // Many folders do not tell "A" from "a".
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${stem} (${number}).mp4`
    taken.add(name.toLowerCase())
    return { ...clip, fileName: name }
  })
}

/**
 * What an export into an empty folder would write, without decoding anything: names, pictures, sizes, and what is in the
 * way. Throws USAGE for a name template that is no name.
 */
export async function forecastExport(input: Omit<ExportInput, 'outFolder'>, clips: ClipLookup): Promise<ExportPlan> {
  refuseTemplate(input.nameTemplate)
  const planned: PlannedClip[] = []
  const problems: ExportPlan['problems'] = []
  const checked = new Map<number, Promise<void>>()
  for (const [index, source] of input.clips.entries()) {
    try {
      const plan = planClip(source, clips)
      const { id } = plan.video.facts
      const check = checked.get(id) ?? checkSource(plan.video)
      checked.set(id, check)
      await check
      planned.push(plannedClip(plan, { index, template: input.nameTemplate }))
    } catch (error) {
      problems.push({ clip: source, error: toErrorShape(error, 'the plan of a clip') })
    }
  }
  return {
    clips: numbered(planned), problems,
    seconds: planned.reduce((sum, clip) => sum + clip.end - clip.start, 0),
    estimatedBytes: planned.reduce((sum, clip) => sum + clip.estimatedBytes, 0),
  }
}
