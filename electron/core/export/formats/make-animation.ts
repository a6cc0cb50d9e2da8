import { AppError } from '../../errors.ts'
import type { ShownFile } from '../../format-ports.ts'
import type { PictureAt, SmallPicture } from '../../ports.ts'
import type { ConformTo } from '../../reel-ports.ts'
import type { MadeClip, MakeClip, MakingTools } from '../clip-making.ts'
import { checkSource, flush } from '../disk.ts'
import type { Survey } from '../exact/survey.ts'
import { framedSize } from '../framing/framed-size.ts'
import type { ClipPlan } from '../plan.ts'
import { cutConformed } from '../reel/conformed-cut.ts'
import { PassingFiles } from '../reel/passing-files.ts'
import { framesIn, secondsOf } from '../reel/reel-timeline.ts'
import { difference } from '../small-pictures.ts'
import { surveyedCut } from './surveyed-cut.ts'

const LONGEST_SECONDS = 60
/** Wide enough to see, small enough to send. */
const LONG_EDGE = 480
/** A gif counts in hundredths of a second: 12.5 pictures a second are 8 of them each, 15 would not be a whole number. */
export const ANIMATED_RATE = { num: 25, den: 2 }
const DELAY_MS = 80
/** Nearly without loss: what is seen is made of it. */
const ENCODING = { crf: 2, preset: 'ultrafast', hardware: false } as const
/** Of 255: 256 colours and their pattern come on top of what compression does (measured here, 2026-11-21: gif 0.5 to 3.5, WebP 0.6 to 2). */
const SAME_PICTURE_LEVELS = 8
const AFTER_SURVEY = 0.15
const AFTER_CUT = 0.6

const ENDS: PictureAt[] = [{ edge: 'first', offset: 0 }, { edge: 'last', offset: 0 }]

/** Of a picture of this size, once it is framed. */
export function animatedSize({ width, height }: { width: number, height: number }): { width: number, height: number } {
  const share = Math.min(1, LONG_EDGE / Math.max(width, height))
  const even = (size: number): number => Math.max(2, Math.round(size * share / 2) * 2)
  return { width: even(width), height: even(height) }
}

/** Throws USAGE for a clip that is too long to be one. */
export function refuseLong({ durationSeconds }: Pick<Survey, 'durationSeconds'>, format: string): void {
  if (durationSeconds <= LONGEST_SECONDS) return
  throw new AppError('USAGE', { message: `The clip is ${durationSeconds.toFixed(1)} s long: as ${format} it may have ${String(LONGEST_SECONDS)} s.`, hint: 'Choose a shorter part, or export it as a video.' })
}

/** Pictures that are alike may have become one that stays longer: then the times tell. If all are, it is a still one. */
function isWhole({ delaysMs, first, last }: ShownFile, frames: number): boolean {
  if (delaysMs.length === 1 && delaysMs[0] === 0) return difference(first, last) === 0
  return delaysMs.length <= frames && delaysMs.reduce((sum, delay) => sum + delay, 0) === frames * DELAY_MS
}

function isSame(shown: Uint8Array, meant: SmallPicture | null | undefined): boolean {
  return meant !== null && meant !== undefined && difference(shown, meant.pixels) <= SAME_PICTURE_LEVELS
}

function complaints(shown: ShownFile, { width, height, frames }: ConformTo, ends: readonly (SmallPicture | null)[]): string[] {
  const checks: [boolean, string][] = [
    [shown.width === width && shown.height === height, `it is ${String(shown.width)}x${String(shown.height)}`],
    [isWhole(shown, frames), `it has ${String(shown.delaysMs.length)} pictures for ${String(shown.delaysMs.reduce((sum, delay) => sum + delay, 0))} ms`],
    [isSame(shown.first, ends[0]), 'its first picture is another one'],
    [isSame(shown.last, ends[1]), 'its last picture is another one'],
  ]
  return checks.filter(([isRight]) => !isRight).map(([, words]) => words)
}

interface Animating { format: 'gif' | 'webp', plan: ClipPlan, tools: MakingTools, files: PassingFiles }

async function animate({ format, plan, tools, files }: Animating): Promise<MadeClip> {
  const { ffmpeg, pictures, framing, signal, progress } = tools
  const conformTo = async (survey: Survey): Promise<ConformTo> => {
    refuseLong(survey, format)
    const size = animatedSize(await framedSize(framing, survey.job, { ffmpeg, signal }))
    return { ...size, frameRate: ANIMATED_RATE, frames: framesIn(survey.durationSeconds, ANIMATED_RATE), keyFramesAt: [], soundTarget: null }
  }
  await using cut = await surveyedCut(plan, { ...tools, choices: { ...tools.choices, loudness: null } }, conformTo)
  const { conform } = cut.job
  if (conform === null) throw new AppError('INTERNAL', { message: 'A cut lost its size.' })
  const [source, palette, target] = [await files.make(), await files.make(), await files.make()]
  const onCut = (share: number): void => {
    progress(AFTER_SURVEY + share * (AFTER_CUT - AFTER_SURVEY), { done: Math.round(share * conform.frames), of: conform.frames })
  }
  await cutConformed({ ...cut.job, encoding: ENCODING, target: source, conform }, tools, onCut)
  await ffmpeg.animation({ source, format, palette, target }, signal)
  const media = await ffmpeg.probe(source, signal)
  const { pictures: ends } = await ffmpeg.decodeAll({ video: { path: source, media }, span: null, picturesAt: ENDS, withSound: false }, signal)
  const shown = await pictures.shownInFile(target)
  const wrong = complaints(shown, conform, ends)
  if (wrong.length > 0) throw new AppError('EXPORT_UNVERIFIED', { message: `The ${format} was made but is not what was asked for, and was thrown away: ${wrong.join('; ')}.`, hint: 'Please report it.' })
  await checkSource(plan.video)
  await flush(target)
  signal.throwIfAborted()
  return {
    part: files.keep(target), extension: `.${format}`, mode: 'exact', why: `${String(conform.width)}x${String(conform.height)} at 12.5 pictures a second`, start: cut.start, end: cut.end,
    durationSeconds: secondsOf(conform.frames, ANIMATED_RATE), notes: cut.notes,
    verified: {
      frames: conform.frames, expectedFrames: conform.frames, firstFrameMatches: true, lastFrameMatches: true, decodedToTheEnd: true, audioOffset: null,
      checks: ['every picture that was cut compared with what was asked for', 'first and last picture of the file compared with them', 'every picture decoded', 'times of the pictures'],
    },
  }
}

/** Makes a clip without sound that plays again and again wherever pictures are shown. Throws USAGE for more than a minute, EXPORT_UNVERIFIED, and what cutting throws. */
export function makeAnimation(format: 'gif' | 'webp'): MakeClip {
  return async (plan, tools) => {
    await using files = new PassingFiles(tools.folder)
    return await animate({ format, plan, tools, files })
  }
}
