import { rm } from 'node:fs/promises'
import type { Reel } from '../../../contract/export-choices.ts'
import type { ClipSource, ExportedFile, ExportInput, ExportReport } from '../../../contract/exports.ts'
import { AppError, isCancel, toErrorShape } from '../../errors.ts'
import { ptsToSeconds } from '../../facts.ts'
import type { CaptionedClip } from '../captions/captioned-clip.ts'
import { withCaptions } from '../captions/captioned-clip.ts'
import type { VideoSpan } from '../captions/clip-captions.ts'
import { clipCaptions, clipLanguage } from '../captions/clip-captions.ts'
import type { Cue } from '../captions/cues.ts'
import { sidecarLimits } from '../captions/reading-limits.ts'
import { cuesOfReel } from '../captions/reel-cues.ts'
import type { WaitingSidecars } from '../captions/sidecars.ts'
import { writeSidecars } from '../captions/sidecars.ts'
import type { MakingTools } from '../clip-making.ts'
import type { ProgressTools } from '../export-progress.ts'
import { ExportProgress } from '../export-progress.ts'
import { giveName, refuseSource, safeStem } from '../names.ts'
import type { ClipPlan } from '../plan.ts'
import { planClip } from '../plan.ts'
import type { MadeReel } from './made-reel.ts'
import { makeReel } from './make-reel.ts'
import { FailedClip, forClip } from './reel-clip.ts'

export interface ReelRun {
  input: ExportInput
  reel: Reel
  folder: string
  tools: Pick<MakingTools, 'ffmpeg' | 'pictures' | 'clips' | 'log'> & ProgressTools
  signal: AbortSignal
}

const EXTENSION_BYTES = 5

async function planAll(clips: readonly ClipSource[], lookup: MakingTools['clips']): Promise<ClipPlan[]> {
  return Promise.all(clips.map(async (source, index) => forClip({ number: index + 1, source, title: source.title ?? null }, () => planClip(source, lookup))))
}

interface SpokenPart { at: number, duration: number, span: VideoSpan }

/** The parts that are of videos, and where from. */
function spokenParts({ parts, taken }: MadeReel): SpokenPart[] {
  return parts.flatMap(({ at, duration }, index) => {
    const plan = taken[index]
    if (plan === undefined) return []
    const { facts } = plan.video
    const start = ptsToSeconds(facts.media.picture, plan.startPts)
    return [{ at, duration, span: { videoId: facts.id, start, end: start + duration } }]
  })
}

function cuesOf(parts: readonly SpokenPart[], { clips }: MakingTools): Cue[] {
  return cuesOfReel(parts.map(({ at, duration, span }) => ({ at, duration, cues: clipCaptions(clips, span, sidecarLimits) })))
}

/** The language of all that is said in the parts; null where they are in several or nobody knows. */
function languageOf(parts: readonly SpokenPart[], { clips }: MakingTools): string | null {
  const languages = new Set(parts.filter(({ span }) => clips.spoken(span.videoId, span.start, span.end).length > 0).map(({ span }) => clipLanguage(clips, span)))
  const [only = null] = languages
  return languages.size === 1 ? only : null
}

/** The reel and what belongs beside it get their names, all of it or nothing. */
async function nameReel(clip: CaptionedClip, plans: readonly ClipPlan[], { folder, reel }: ReelRun): Promise<Pick<ExportedFile, 'path' | 'sidecars'>> {
  const stem = safeStem(reel.name, '', EXTENSION_BYTES)
  const beside: WaitingSidecars[] = []
  try {
    for (const { video } of plans) await refuseSource({ folder, fileName: `${stem}${clip.extension}`, sourcePath: video.facts.path })
    const waiting = await writeSidecars(clip.sidecars, folder)
    beside.push(waiting)
    const path = await giveName({ part: clip.part, folder, stem, extension: clip.extension, besides: waiting.extensions })
    return { path, sidecars: await waiting.nameBeside(path) }
  } finally {
    await rm(clip.part, { force: true })
    for (const waiting of beside) await waiting.remove()
  }
}

async function makeAndName(run: ReelRun, progress: MakingTools['progress']): Promise<ExportedFile> {
  const { input, reel, folder, tools, signal } = run
  if (input.format !== 'video') throw new AppError('USAGE', { message: `A reel is a video, and not "${input.format}".`, hint: 'Leave the format out, or export the clips one by one.' })
  const making: MakingTools = { ...tools, folder, choices: input, framing: input.framing, signal, progress }
  const plans = await planAll(input.clips, tools.clips)
  const made = await makeReel(plans, reel, making)
  const parts = spokenParts(made)
  const cues = input.captions === 'none' ? [] : cuesOf(parts, making)
  const clip = await withCaptions(made, { cues, language: languageOf(parts, making), size: made.size }, making)
  const { mode, why, start, end, durationSeconds, verified, notes } = clip
  const named = await nameReel(clip, plans, run)
  return { ...named, mode, why, start, end, duration: durationSeconds, verified, notes, parts: made.parts }
}

/**
 * Exports several clips as one file: it is in the report, or one failure that says which clip was in the way. Throws only CANCELLED (or the signal's reason).
 */
export async function exportReel(run: ReelRun): Promise<ExportReport> {
  const { input, tools, signal } = run
  const progress = new ExportProgress(tools, [0])
  progress.tell()
  const [first] = input.clips
  if (first === undefined) return { files: [], failed: [] }
  try {
    const file = await makeAndName(run, progress.ofClip(0))
    progress.end(0)
    tools.emit({ type: 'export-file', exportId: tools.exportId, clip: 0, file, error: null })
    return { files: [file], failed: [] }
  } catch (error) {
    if (signal.aborted || isCancel(error)) throw error
    if (!(error instanceof AppError)) tools.log.error('The export of a reel failed.', error)
    const shape = toErrorShape(error, 'the export of a reel')
    progress.end(0)
    tools.emit({ type: 'export-file', exportId: tools.exportId, clip: 0, file: null, error: shape })
    return { files: [], failed: [{ clip: error instanceof FailedClip ? error.source : first, error: shape }] }
  }
}
