import { rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import type { ClipSource, ExportedFile, ExportInput, ExportReport } from '../../contract/exports.ts'
import type { AppEvent } from '../../contract/events.ts'
import { AppError, isCancel, toErrorShape } from '../errors.ts'
import { ptsToSeconds } from '../facts.ts'
import type { Clock, Log } from '../ports.ts'
import type { CaptionedClip } from './captions/captioned-clip.ts'
import { withOwnCaptions } from './captions/captioned-clip.ts'
import type { WaitingSidecars } from './captions/sidecars.ts'
import { writeSidecars } from './captions/sidecars.ts'
import type { ClipLookup } from './clip-lookup.ts'
import type { ExportFfmpeg, MakingTools } from './clip-making.ts'
import { checkSource, makeFolder, removeStaleParts } from './disk.ts'
import { ExportProgress } from './export-progress.ts'
import { makeClip } from './make-clip.ts'
import { refuseTemplate } from './name-template.ts'
import { giveName, refuseSource, stemOfClip } from './names.ts'
import type { ClipPlan } from './plan.ts'
import { planClip } from './plan.ts'
import { exportReel } from './reel/export-reel.ts'
import { sideBySide } from './side-by-side.ts'

export interface ExportTools {
  ffmpeg: ExportFfmpeg
  pictures: MakingTools['pictures']
  clips: ClipLookup
  clock: Pick<Clock, 'monotonic' | 'now'>
  log: Log
  emit: (event: AppEvent) => void
  /** What is told of this export bears it. */
  exportId: number
}

interface Made { source: ClipSource, plan: ClipPlan, clip: CaptionedClip }

/** plan -> make and verify. */
async function makeOf(source: ClipSource, tools: MakingTools): Promise<Made> {
  const plan = planClip(source, tools.clips)
  for (const note of plan.notes) tools.log.info(`Export of "${plan.video.title}": ${note}.`)
  await checkSource(plan.video)
  return { source, plan, clip: await withOwnCaptions(await makeClip(plan, tools), plan, tools) }
}

/** The clip and what belongs beside it get their names, all of it or nothing. */
async function nameOf({ plan, clip }: Made, { folder, choices }: MakingTools, index: number): Promise<ExportedFile> {
  const { start, end, extension } = clip
  const stem = stemOfClip(plan, { start, end, index, template: choices.nameTemplate })
  const beside: WaitingSidecars[] = []
  try {
    await refuseSource({ folder, fileName: `${stem}${extension}`, sourcePath: plan.video.facts.path })
    const waiting = await writeSidecars(clip.sidecars, folder)
    beside.push(waiting)
    const clipPath = await giveName({ part: clip.part, folder, stem, extension, besides: waiting.extensions })
    const sidecars = await waiting.nameBeside(clipPath)
    return { path: clipPath, mode: clip.mode, why: clip.why, start, end, duration: clip.durationSeconds, verified: clip.verified, sidecars, notes: clip.notes, parts: [] }
  } finally {
    await rm(clip.part, { force: true })
    for (const waiting of beside) await waiting.remove()
  }
}

/** About how many pictures a clip will have; 0 for one that can not be planned. */
function guessedFrames(source: ClipSource, clips: ClipLookup): number {
  try {
    const { video, startPts, endPts } = planClip(source, clips)
    const { picture } = video.facts.media
    return Math.max(1, Math.round((ptsToSeconds(picture, endPts) - ptsToSeconds(picture, startPts)) * (picture.frameRate ?? 25)))
  } catch (error) {
    if (error instanceof AppError) return 0
    throw error
  }
}

/** Two keep two cores busy: one clip is checked while the other is encoded. More would only wait for each other. */
const AT_ONCE = Math.min(2, availableParallelism())

interface ExportRun { input: ExportInput, folder: string, tools: ExportTools, signal: AbortSignal }

async function exportAll({ input, folder, tools, signal }: ExportRun): Promise<ExportReport> {
  const report: ExportReport = { files: [], failed: [] }
  const progress = new ExportProgress(tools, input.clips.map((source) => guessedFrames(source, tools.clips)))
  const toolsOf = (index: number, source: ClipSource): MakingTools =>
    ({ ...tools, folder, choices: input, framing: source.framing ?? input.framing, signal, progress: progress.ofClip(index) })
  progress.tell()
  const fail = (index: number, source: ClipSource, error: unknown): void => {
    if (signal.aborted || isCancel(error)) throw error
    if (!(error instanceof AppError)) tools.log.error('An export failed.', error)
    const shape = toErrorShape(error, 'the export of a clip')
    report.failed.push({ clip: source, error: shape })
    progress.end(index)
    tools.emit({ type: 'export-file', exportId: tools.exportId, clip: index, file: null, error: shape })
  }
  const finish = async (index: number, source: ClipSource, made: PromiseSettledResult<Made>): Promise<void> => {
    if (made.status === 'rejected') { fail(index, source, made.reason); return }
    try {
      const file = await nameOf(made.value, toolsOf(index, source), index)
      report.files.push(file)
      progress.end(index)
      tools.emit({ type: 'export-file', exportId: tools.exportId, clip: index, file, error: null })
    } catch (error) {
      fail(index, source, error)
    }
  }
  await sideBySide(input.clips, {
    atOnce: AT_ONCE,
    isOver: () => signal.aborted,
    make: async (source, index) => makeOf(source, toolsOf(index, source)),
    finish: async (made, index) => input.clips[index] === undefined ? undefined : finish(index, input.clips[index], made),
  })
  signal.throwIfAborted()
  return report
}

/**
 * Exports clips, two at a time where there are two cores; they are named and reported in the order asked. A clip that fails
 * is reported and does not stop the others; what is finished keeps its name when the rest is cancelled. Throws USAGE for a
 * folder that is none or a name template that is no name, NO_ACCESS, and CANCELLED (or the signal's reason).
 */
export async function exportClips(input: ExportInput, tools: ExportTools, signal: AbortSignal): Promise<ExportReport> {
  const end = (outcome: 'done' | 'cancelled' | 'failed'): void => { tools.emit({ type: 'export-ended', exportId: tools.exportId, outcome }) }
  try {
    refuseTemplate(input.nameTemplate)
    const folder = path.resolve(input.outFolder)
    await makeFolder(folder)
    await removeStaleParts(folder, tools.clock.now())
    const report = await (input.reel === null ? exportAll({ input, folder, tools, signal }) : exportReel({ input, reel: input.reel, folder, tools, signal }))
    end('done')
    return report
  } catch (error) {
    end(signal.aborted || isCancel(error) ? 'cancelled' : 'failed')
    throw error
  }
}
