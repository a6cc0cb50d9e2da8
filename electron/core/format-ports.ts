import type { AudioFormat } from '../contract/export-choices.ts'

// What clips that are no videos need of the outside.

/** The sound of a cut as a file. `Cut` is a `CutJob` (ports.ts, which knows this file). */
export interface SoundFileJob<Cut> {
  cut: Cut
  format: AudioFormat
  /** Packets are taken as they are, those whose middle lies in the cut; else it is encoded, exact to the sample. */
  isCopied: boolean
  target: string
}

/** What is in a file of sound, decoded to its end. */
export interface HeardFile {
  codec: string
  seconds: number
  /** The loudest sample, 0 to 1. */
  peak: number
  errors: string[]
}

/** Moving pictures out of a clip that has the size and rate they are to have. */
export interface AnimationJob { source: string, format: 'gif' | 'webp', /** An empty file of the caller, for the colours of a gif. */ palette: string, target: string }

/** All throw OFFLINE, DISK_FULL, TIMED_OUT, TOOL_MISSING, DECODE_FAILED. */
export interface FormatFfmpeg<Cut> {
  soundFile(job: SoundFileJob<Omit<Cut, 'target'>>, signal: AbortSignal): Promise<void>
  hearFile(path: string, signal: AbortSignal): Promise<HeardFile>
  animation(job: AnimationJob, signal: AbortSignal): Promise<void>
  /** The first picture of a cut, as it is shown, as PNG. */
  firstPicture(job: Cut, signal: AbortSignal): Promise<void>
}

/** What a file of still or moving pictures shows. */
export interface ShownFile {
  width: number
  height: number
  /** How long each picture stays, in milliseconds; one 0 for a still. */
  delaysMs: number[]
  /** Shrunk to 64x36, as `SmallPicture`. */
  first: Uint8Array
  last: Uint8Array
}
