import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ClipSource, ExportedFile, ExportInput, ExportReport } from '../../contract/exports.ts'
import type { AppEvent } from '../../contract/events.ts'
import { AppError, isCancel, toErrorShape } from '../errors.ts'
import type { Clock, Log } from '../ports.ts'
import { cuesOfClip, toSrt } from './captions/cues.ts'
import type { ClipLookup } from './clip-lookup.ts'
import type { ExportFfmpeg, MadeClip, MakingTools } from './clip-making.ts'
import { checkSource, makeFolder, removeStaleParts } from './disk.ts'
import { writeError } from './file-errors.ts'
import { makeClip } from './make-clip.ts'
import { giveName, refuseSource, stemOf } from './names.ts'
import type { ClipPlan } from './plan.ts'
import { planClip, refuseWhatComesLater } from './plan.ts'

export interface ExportTools {
  ffmpeg: ExportFfmpeg
  clips: ClipLookup
  clock: Pick<Clock, 'monotonic' | 'now'>
  log: Log
  emit: (event: AppEvent) => void
  /** What is told of this export bears it. */
  exportId: number
}

interface Captions { text: string, besides: string[] }

function captionsOf(plan: ClipPlan, made: MadeClip, { clips, choices }: MakingTools): Captions | null {
  if (choices.captions !== 'sidecar') return null
  const cues = cuesOfClip(clips.spoken(plan.video.facts.id, made.start, made.end), made.start, made.end)
  return cues.length === 0 ? null : { text: toSrt(cues), besides: ['.srt'] }
}

/** A clip without the captions that were asked for is not what was asked for: then it goes too. */
async function writeCaptions(captions: Captions | null, clipPath: string): Promise<string[]> {
  if (captions === null) return []
  const file = clipPath.replace(/\.[^.]+$/, '.srt')
  try {
    await writeFile(file, captions.text, { flag: 'wx', flush: true })
  } catch (error) {
    await rm(clipPath, { force: true })
    throw writeError(path.dirname(file), error)
  }
  return [file]
}

/** plan -> make and verify -> name, all of it or nothing. */
async function exportClip(source: ClipSource, tools: MakingTools): Promise<ExportedFile> {
  const { clips, folder, progress, log } = tools
  const plan = planClip(source, clips)
  for (const note of plan.notes) log.info(`Export of "${plan.video.title}": ${note}.`)
  await checkSource(plan.video)
  const made = await makeClip(plan, tools)
  try {
    const { start, end, extension } = made
    const stem = stemOf({ videoTitle: plan.video.title, sceneIndex: plan.sceneIndex, start, end, title: source.title })
    await refuseSource({ folder, fileName: `${stem}${extension}`, sourcePath: plan.video.facts.path })
    const captions = captionsOf(plan, made, tools)
    const clipPath = await giveName({ part: made.part, folder, stem, extension, besides: captions?.besides ?? [] })
    const sidecars = await writeCaptions(captions, clipPath)
    progress(1)
    return { path: clipPath, mode: made.mode, why: made.why, start, end, duration: made.durationSeconds, verified: made.verified, sidecars, notes: made.notes, parts: [] }
  } finally {
    await rm(made.part, { force: true })
  }
}

function progressOfClip(tools: ExportTools, { clip, clips, startedAt }: { clip: number, clips: number, startedAt: number }): (progress: number) => void {
  return (progress) => {
    const share = (clip + progress) / clips
    const elapsedSeconds = (tools.clock.monotonic() - startedAt) / 1000
    tools.emit({ type: 'export-progress', exportId: tools.exportId, clip, clips, progress, etaSeconds: share > 0.02 ? elapsedSeconds / share - elapsedSeconds : null, frames: 0, framesOf: 0 })
  }
}

async function exportAll(input: ExportInput, tools: ExportTools, signal: AbortSignal): Promise<ExportReport> {
  const folder = path.resolve(input.outFolder)
  await makeFolder(folder)
  await removeStaleParts(folder, tools.clock.now())
  const startedAt = tools.clock.monotonic()
  const report: ExportReport = { files: [], failed: [] }
  for (const [clip, source] of input.clips.entries()) {
    signal.throwIfAborted()
    const progress = progressOfClip(tools, { clip, clips: input.clips.length, startedAt })
    try {
      progress(0)
      const file = await exportClip(source, { ...tools, folder, choices: input, framing: source.framing ?? input.framing, signal, progress })
      report.files.push(file)
      tools.emit({ type: 'export-file', exportId: tools.exportId, clip, file, error: null })
    } catch (error) {
      signal.throwIfAborted()
      if (isCancel(error)) throw error
      if (!(error instanceof AppError)) tools.log.error('An export failed.', error)
      const shape = toErrorShape(error, 'the export of a clip')
      report.failed.push({ clip: source, error: shape })
      tools.emit({ type: 'export-file', exportId: tools.exportId, clip, file: null, error: shape })
    }
  }
  return report
}

/**
 * Exports clips one after the other. A clip that fails is reported and does not stop the others; what is finished keeps its
 * name when the rest is cancelled. Throws USAGE for a mode that comes later or a folder that is none, NO_ACCESS, and
 * CANCELLED (or the signal's reason).
 */
export async function exportClips(input: ExportInput, tools: ExportTools, signal: AbortSignal): Promise<ExportReport> {
  refuseWhatComesLater(input)
  const end = (outcome: 'done' | 'cancelled' | 'failed'): void => { tools.emit({ type: 'export-ended', exportId: tools.exportId, outcome }) }
  try {
    const report = await exportAll(input, tools, signal)
    end('done')
    return report
  } catch (error) {
    end(signal.aborted || isCancel(error) ? 'cancelled' : 'failed')
    throw error
  }
}
