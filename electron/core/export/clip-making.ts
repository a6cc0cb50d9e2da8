import type { ExportChoices, Framing } from '../../contract/export-choices.ts'
import type { WrittenMode } from '../../contract/export-choices.ts'
import type { Verification } from '../../contract/exports.ts'
import type { CaptionFfmpeg } from '../caption-ports.ts'
import type { FormatFfmpeg } from '../format-ports.ts'
import type { Ffmpeg, Log, Pictures } from '../ports.ts'
import type { ReelFfmpeg } from '../reel-ports.ts'
import type { ClipLookup } from './clip-lookup.ts'
import type { ClipPlan } from './plan.ts'

export type ExportFfmpeg = Pick<Ffmpeg, 'probe' | 'scan' | 'cut' | 'decodeAll' | 'loudness' | 'packets' | 'copyPackets' | 'encodeEdge' | 'finishTrack' | 'soundPackets' | 'sound' | 'subtitleTrack' | keyof CaptionFfmpeg | keyof ReelFfmpeg | keyof FormatFfmpeg<never>>

/** Pictures of a clip that are written, and how many it will have. */
export interface PicturesDone { done: number, of: number }

/** What a clip is made with, however it is made. */
export interface MakingTools {
  ffmpeg: ExportFfmpeg
  pictures: Pick<Pictures, 'shownInFile'>
  clips: ClipLookup
  log: Log
  /** Where the clip will stand: its passing file is made there. */
  folder: string
  choices: ExportChoices
  /** Of this clip: its own, or the one for all. */
  framing: Framing
  signal: AbortSignal
  /** Of this clip, 0 to 1; with how many of its pictures are written, where that is known. */
  progress: (progress: number, pictures?: PicturesDone) => void
}

/** A clip that is whole and verified, but has no name yet. */
export interface MadeClip {
  /** Where it stands, in the folder, until it is named. Who takes it gives it a name or removes it. */
  part: string
  /** ".mp4" */
  extension: string
  mode: WrittenMode
  why: string
  /** Where it was taken from, in seconds of the video. */
  start: number
  end: number
  durationSeconds: number
  verified: Verification
  /** What a person should know of it. */
  notes: string[]
}

/** Makes a clip and verifies it. Leaves nothing behind when it throws. */
export type MakeClip = (plan: ClipPlan, tools: MakingTools) => Promise<MadeClip>
