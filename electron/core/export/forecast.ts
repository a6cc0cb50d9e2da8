import type { WrittenMode } from '../../contract/export-choices.ts'
import type { ExportInput, ExportPlan, PlannedClip } from '../../contract/exports.ts'
import { AppError, toErrorShape } from '../errors.ts'
import { ptsToSeconds } from '../facts.ts'
import type { Ffmpeg } from '../ports.ts'
import type { ClipLookup } from './clip-lookup.ts'
import { checkSource } from './disk.ts'
import type { ChosenMode } from './modes/choose-mode.ts'
import { chooseMode } from './modes/choose-mode.ts'
import { containerFor } from './modes/containers.ts'
import { forecastFormat } from './formats/forecast-formats.ts'
import { refuseTemplate } from './name-template.ts'
import { safeStem, stemOfClip } from './names.ts'
import type { ClipPlan } from './plan.ts'
import { planClip } from './plan.ts'
import { sideBySide } from './side-by-side.ts'
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

/** Where the packets told it. */
function framesOfSpan(plan: ClipPlan, span: NonNullable<ChosenMode['span']>, guessed: Frames): Frames {
  const { picture } = plan.video.facts.media
  const [start, end] = [ptsToSeconds(picture, span.firstPts), ptsToSeconds(picture, span.endPts)]
  const perSecond = picture.frameRate ?? USUAL_FRAME_RATE
  const more = Math.round((end - start - guessed.end + guessed.start) * perSecond)
  return { start, end, firstFrameAt: start, lastFrameAt: ptsToSeconds(picture, span.lastPts), frames: Math.max(1, guessed.frames + more) }
}

function framesOf(plan: ClipPlan, { span }: Pick<ChosenMode, 'span'>): Frames {
  const { picture } = plan.video.facts.media
  const rate = picture.frameRate ?? USUAL_FRAME_RATE
  const isSteady = picture.frameRate !== null && !picture.isVariableRate
  const guessed = isSteady ? framesAtRate(plan, rate) : framesOnAverage(plan, rate)
  return span === null ? guessed : framesOfSpan(plan, span, guessed)
}

function extensionOf({ video: { facts } }: ClipPlan, { format, audioFormat, reel }: ForecastChoices, mode: WrittenMode): string {
  switch (format) {
    case 'video': return mode === 'exact' || reel !== null ? '.mp4' : `.${containerFor(facts.path, facts.media)}`
    case 'audio': return `.${audioFormat}`
    case 'frame': return '.png'
    case 'gif':
    case 'webp': return `.${format}`
  }
}

type ForecastChoices = Omit<ExportInput, 'outFolder' | 'clips'>

function bytesOf({ video: { facts: { media } } }: ClipPlan, mode: WrittenMode, { start, end, frames }: Frames): number {
  const seconds = end - start
  if (mode !== 'exact' && media.bitRate !== null) return Math.ceil(media.bitRate / 8 * seconds)
  return guessedBytes(media, { seconds, frames })
}

type Way = Pick<PlannedClip, 'mode' | 'why' | 'copyShift' | 'estimatedBytes'> & Frames

interface OneClip { choices: ForecastChoices, index: number, ffmpeg: ForecastTools['ffmpeg'] }

/** As reels are named: with room for any extension. */
const REEL_EXTENSION_BYTES = 5

/** In a reel clips are not made on their own. */
function inReel(plan: ClipPlan, { format }: ForecastChoices): Way {
  if (format !== 'video') throw new AppError('USAGE', { message: `A reel is a video, and not "${format}".`, hint: 'Leave the format out, or export the clips one by one.' })
  const frames = framesOf(plan, { span: null })
  return { ...frames, mode: 'exact', why: 'A part of the reel, brought to its size and rate where it has another.', copyShift: null, estimatedBytes: bytesOf(plan, 'exact', frames) }
}

async function wayOf(plan: ClipPlan, { choices, ffmpeg }: OneClip, signal: AbortSignal): Promise<Way> {
  if (choices.reel !== null) return inReel(plan, choices)
  const framing = plan.source.framing ?? choices.framing
  if (choices.format !== 'video') {
    const frames = framesOf(plan, { span: null })
    return { ...frames, copyShift: null, ...await forecastFormat(choices.format, frames, { plan, choices, framing, ffmpeg, signal }) }
  }
  const { mode, why, copyShift, span } = await chooseMode(plan, { choices, framing, ffmpeg }, signal)
  const frames = framesOf(plan, { span })
  return { ...frames, mode, why, copyShift, estimatedBytes: bytesOf(plan, mode, frames) }
}

async function plannedClip(plan: ClipPlan, one: OneClip, signal: AbortSignal): Promise<Planned> {
  const { choices, index } = one
  const way = await wayOf(plan, one, signal)
  const extension = extensionOf(plan, choices, way.mode)
  const stem = choices.reel === null
    ? stemOfClip(plan, { start: way.start, end: way.end, index, template: choices.nameTemplate })
    : safeStem(choices.reel.name, '', REEL_EXTENSION_BYTES)
  return { stem, extension, clip: { clip: plan.source, ...way, fileName: `${stem}${extension}` } }
}

interface Planned { stem: string, extension: string, clip: PlannedClip }

/** As a folder takes them: a name that is taken gets a number. */
function numbered(clips: readonly Planned[]): PlannedClip[] {
  const taken = new Set<string>()
  return clips.map(({ stem, extension, clip }) => {
    let name = clip.fileName
    // Many folders do not tell "A" from "a".
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${stem} (${number})${extension}`
    taken.add(name.toLowerCase())
    return { ...clip, fileName: name }
  })
}

interface ForecastTools { clips: ClipLookup, ffmpeg: Pick<Ffmpeg, 'packets' | 'scan'> }

/** Each of them waits for a program that reads a little of a file. */
const AT_ONCE = 3

/**
 * What an export into an empty folder would write, without decoding anything: how each clip is made and why, names, pictures, sizes, and what is in
 * the way. Clips of a reel all have its file's name. Of a video only packets around the ends of a clip are read, and once as long as it stays the same.
 * Throws USAGE for a name template that is no name, the signal's reason when stopped.
 */
export async function forecastExport(input: Omit<ExportInput, 'outFolder'>, { clips, ffmpeg }: ForecastTools, signal: AbortSignal): Promise<ExportPlan> {
  refuseTemplate(input.nameTemplate)
  const planned: Planned[] = []
  const problems: ExportPlan['problems'] = []
  const checked = new Map<number, Promise<void>>()
  await sideBySide(input.clips, {
    atOnce: AT_ONCE,
    isOver: () => signal.aborted,
    make: async (source, index) => {
      const plan = planClip(source, clips)
      const { id } = plan.video.facts
      const check = checked.get(id) ?? checkSource(plan.video)
      checked.set(id, check)
      await check
      return plannedClip(plan, { choices: input, index, ffmpeg }, signal)
    },
    finish: async (made, index) => {
      const clip = input.clips[index]
      if (made.status === 'fulfilled') planned.push(made.value)
      else if (clip !== undefined) problems.push({ clip, error: toErrorShape(made.reason, 'the plan of a clip') })
    },
  })
  signal.throwIfAborted()
  return {
    clips: input.reel === null ? numbered(planned) : planned.map(({ clip }) => clip), problems,
    seconds: planned.reduce((sum, { clip }) => sum + clip.end - clip.start, 0),
    estimatedBytes: planned.reduce((sum, { clip }) => sum + clip.estimatedBytes, 0),
  }
}
