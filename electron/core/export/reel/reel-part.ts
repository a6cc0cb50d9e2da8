import { writeFile } from 'node:fs/promises'
import type { Fades } from '../../../contract/export-choices.ts'
import type { MakingTools } from '../clip-making.ts'
import { checkSource } from '../disk.ts'
import { changedCut } from '../exact/changed-cut.ts'
import { cardDocument } from './card-words.ts'
import { checkedTraces, cutConformed } from './conformed-cut.ts'
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

/** Cuts a clip for its place in the reel: framed, written on and as loud as was chosen. Throws EXPORT_UNVERIFIED when it is not what was asked for, and what cutting throws. */
export async function makeClipPart({ survey, plan, framing }: ReelClip, place: PartPlace, { tools, target, files, onProgress }: PartTools): Promise<ReelPart> {
  const path = await files.make()
  const soundFile = survey.soundPeak === null ? null : await files.make()
  const conform = { ...target, frames: place.frames, keyFramesAt: place.keyFramesAt, soundTarget: soundFile }
  const encoding = { ...tools.choices.encoding, hardware: false }
  await using changed = await changedCut({ ...survey.job, fades: place.fades, encoding, conform }, plan, { ...tools, framing })
  const traces = await cutConformed({ ...changed.job, target: path, conform }, tools, onProgress)
  await checkSource(plan.video)
  return { path, frames: place.frames, soundFile, traces, notes: [...plan.notes, ...changed.notes] }
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
  return { path, frames: place.frames, soundFile: null, traces: await checkedTraces(path, { frames: place.frames, expected: null }, tools), notes: [] }
}
