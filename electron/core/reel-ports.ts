import type { Encoding, Fades } from '../contract/export-choices.ts'
import type { VideoFacts } from './facts.ts'

// What a reel needs of the outside: its parts are cut as every clip is, and joined by these.

/**
 * What every clip of a reel is brought to, so that they can be joined: one size with black beside pictures of another shape, pictures at one constant rate, colours of BT.709.
 * Sound goes to a file of its own, to be encoded once for the whole reel.
 */
export interface ConformTo {
  /** Even. */
  width: number
  height: number
  frameRate: { num: number, den: number }
  /** So many are written, the last one again and again where the source ends before. */
  frames: number
  /** Pictures that can be cut at: numbers from 0. */
  keyFramesAt: readonly number[]
  /** An empty file for the sound: 48 kHz, stereo, 32-bit floats, little-endian, nothing but samples. Null: the sound is not wanted, or there is none. */
  soundTarget: string | null
}

/** A card with words on black, encoded as the parts of its reel are. */
export interface CardJob {
  conform: Pick<ConformTo, 'width' | 'height' | 'frameRate' | 'frames' | 'keyFramesAt'>
  /** What is written on it, as an ASS file. */
  assFile: string
  fades: Fades
  encoding: Encoding
  target: string
}

/** Pictures [from, from + frames) of a part of a reel, numbered from 0. */
export interface PieceOfPart { path: string, from: number, frames: number }

/** One part going over into the next; both pieces have as many pictures as the transition has. */
export interface CrossfadeJob { out: PieceOfPart, in: PieceOfPart, frameRate: { num: number, den: number }, encoding: Encoding, target: string }

/**
 * Pictures of a reel, copied: of parts that are encoded alike, one behind the other, where a piece begins with a picture that can be cut at and ends before one; or a file
 * that has all of them at their times already.
 */
export type ReelPictures = { how: 'pieces', pieces: readonly PieceOfPart[] } | { how: 'track', path: string, last: { index: number, stretch: number } | null }

export interface ReelJoin {
  pictures: ReelPictures
  frameRate: { num: number, den: number }
  /** Samples as `ConformTo.soundTarget` has them, of the whole reel: encoded once, so that nothing can be heard where parts meet. */
  sound: string | null
  chapters: readonly { startSeconds: number, endSeconds: number, title: string }[]
  target: string
  /** Two empty files of the caller, for what ffmpeg wants to read of us. */
  notes: { pieces: string, chapters: string }
}

/** The sound of so many pictures from one on, as `ConformTo.soundTarget` has it. */
export interface PartSoundJob { video: VideoFacts, startPts: number, frames: number, frameRate: { num: number, den: number }, target: string }

/** Parts of reels. All throw DISK_FULL, TIMED_OUT, TOOL_MISSING, DECODE_FAILED. */
export interface ReelFfmpeg {
  titleCard(job: CardJob, signal: AbortSignal): Promise<void>
  /** The pictures of one part going over into the next. */
  crossfade(job: CrossfadeJob, signal: AbortSignal): Promise<void>
  /** The sound of a part whose pictures are taken as they are. */
  partSound(job: PartSoundJob, signal: AbortSignal): Promise<void>
  /** Writes the reel. */
  joinReel(job: ReelJoin, signal: AbortSignal): Promise<void>
}
