import { writeFile } from 'node:fs/promises'
import type { Fades } from '../../../contract/export-choices.ts'
import { AppError } from '../../errors.ts'
import type { CutReport, DecodedFile, PictureAt } from '../../ports.ts'
import type { MakingTools } from '../clip-making.ts'
import { checkSource } from '../disk.ts'
import { difference } from '../small-pictures.ts'
import { cardDocument } from './card-words.ts'
import type { PassingFiles } from './passing-files.ts'
import type { ReelClip } from './reel-clip.ts'
import type { ReelTarget } from './reel-target.ts'
import { secondsOf } from './reel-timeline.ts'

/** A clip or a card, brought to what the reel is and checked. */
export interface ReelPart {
  path: string
  frames: number
  /** Samples; null where it has no sound. */
  soundFile: string | null
  /** Of every picture, as `DecodedFile.traces`. */
  traces: Uint8Array
  notes: string[]
}

/** How a part stands in its reel. */
export interface PartPlace {
  frames: number
  keyFramesAt: readonly number[]
  /** Of the reel: only its first and its last part have them. */
  fades: Fades
}

export interface PartTools { tools: MakingTools, target: ReelTarget, files: PassingFiles, onProgress: (share: number) => void }

export const TRACE_BYTES = 144

/**
 * Mean difference of two traces above which they are not of the same picture, in levels of 255: encoding at CRF 18 moves them by less than 1, at CRF 40 by less than 4
 * (measured here, 2026-11-21, three real videos).
 */
const SAME_TRACE_LEVELS = 6

/** The first picture that is not as it should be, from 0; null when all are. */
export function firstDifferentTrace(traces: Uint8Array, expected: Uint8Array): number | null {
  for (let at = 0; at < Math.max(traces.length, expected.length); at += TRACE_BYTES) {
    const [one, other] = [traces.subarray(at, at + TRACE_BYTES), expected.subarray(at, at + TRACE_BYTES)]
    if (one.length !== other.length || difference(one, other) > SAME_TRACE_LEVELS) return at / TRACE_BYTES
  }
  return null
}

function unverified(wrong: string): AppError {
  return new AppError('EXPORT_UNVERIFIED', { message: `A part of the reel is not what was asked for: ${wrong}.`, hint: 'Please report it; other ins and outs may work.' })
}

const NO_PICTURES: PictureAt[] = []

async function decodePart(path: string, { ffmpeg, signal }: MakingTools): Promise<DecodedFile> {
  const media = await ffmpeg.probe(path, signal)
  return ffmpeg.decodeAll({ video: { path, media }, span: null, picturesAt: NO_PICTURES, withSound: false }, signal)
}

/** Every picture of the part against those that went into the encoder. */
function checkPart({ pts, traces, errors }: DecodedFile, frames: number, report: CutReport | null): void {
  if (errors.length > 0) throw unverified(`it does not play to its end (${errors[0] ?? ''})`)
  if (pts.length !== frames) throw unverified(`it has ${String(pts.length)} pictures and should have ${String(frames)}`)
  const different = report === null ? null : firstDifferentTrace(traces, report.traces)
  if (different !== null) throw unverified(`its picture ${String(different + 1)} is another one`)
}

/** Cuts a clip for its place in the reel. Throws EXPORT_UNVERIFIED when it is not what was asked for, and what cutting throws. */
export async function makeClipPart({ survey, plan }: ReelClip, place: PartPlace, { tools, target, files, onProgress }: PartTools): Promise<ReelPart> {
  const path = await files.make()
  const soundFile = survey.soundPeak === null ? null : await files.make()
  const report = await tools.ffmpeg.cut({
    ...survey.job, target: path, fades: place.fades, encoding: { ...tools.choices.encoding, hardware: false },
    conform: { ...target, frames: place.frames, keyFramesAt: place.keyFramesAt, soundTarget: soundFile },
  }, onProgress, tools.signal)
  const decoded = await decodePart(path, tools)
  checkPart(decoded, place.frames, report)
  await checkSource(plan.video)
  return { path, frames: place.frames, soundFile, traces: decoded.traces, notes: plan.notes }
}

/** Makes a card with a title for its place in the reel. */
export async function makeCardPart(title: string, place: PartPlace, { tools, target, files }: PartTools): Promise<ReelPart> {
  const [path, assFile] = [await files.make(), await files.make()]
  const { width, height, frameRate } = target
  await writeFile(assFile, cardDocument(title, { width, height, seconds: secondsOf(place.frames, frameRate) }))
  await tools.ffmpeg.titleCard({
    conform: { width, height, frameRate, frames: place.frames, keyFramesAt: place.keyFramesAt }, assFile, fades: place.fades, encoding: tools.choices.encoding, target: path,
  }, tools.signal)
  await files.remove(assFile)
  const decoded = await decodePart(path, tools)
  checkPart(decoded, place.frames, null)
  return { path, frames: place.frames, soundFile: null, traces: decoded.traces, notes: [] }
}
