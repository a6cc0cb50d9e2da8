import type { PictureStream } from '../facts.ts'
import type { PictureAt } from '../ports.ts'
import type { ExpectedPicture } from './small-pictures.ts'

/** What the file has to say of its pictures. What is left out is not looked at. */
export interface ExpectedLook {
  codec?: string
  width?: number
  height?: number
  rotationDegrees: PictureStream['rotationDegrees']
  isMirrored: boolean
  sampleAspect?: PictureStream['sampleAspect']
  /** Null: any. */
  colour: PictureStream['colour']
  dynamicRange: PictureStream['dynamicRange']
}

export interface ExpectedSound {
  /** Where its first sample is, from the first picture. */
  offsetSeconds: number
  offsetToleranceSeconds: number
  /** The loudest sample, 0 to 1, that can be heard in the clip at least; null where that is not known. */
  peak: number | null
}

/** What a clip has to be, however it was made. */
export interface Expected {
  /** When each picture is shown, in seconds of the clip. */
  timesSeconds: readonly number[]
  /** Constant rate factor it was encoded with, where that is not the usual one. */
  crf?: number
  durationSeconds: number
  lengthToleranceSeconds: number
  first: ExpectedPicture
  last: ExpectedPicture
  /** More pictures to look at: where copied and encoded ones meet. */
  more: readonly { at: PictureAt, expected: ExpectedPicture }[]
  /** Of every picture, as `DecodedFile.traces`; null where they are not known. */
  traces: Uint8Array | null
  sound: ExpectedSound | null
  look: ExpectedLook
  container: 'mp4' | 'mov' | 'mkv' | 'webm'
}

/** A block of AAC is 21 to 23 ms. */
export const USUAL_LENGTH_TOLERANCE_SECONDS = 0.05
