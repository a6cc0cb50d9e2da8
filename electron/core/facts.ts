import type { VideoId } from '../contract/ids.ts'

/** One tick of a stream's clock is num / den seconds. */
export interface TimeBase { num: number, den: number }

export interface PictureStream {
  /** ffmpeg's stream index in the file. */
  index: number
  codec: string
  profile: string | null
  /** As the codec counts it: 41 for H.264 at level 4.1. Missing where it is not known. */
  level?: number
  /** Coded size, before rotation. */
  width: number
  height: number
  pixelFormat: string | null
  bitDepth: number
  timeBase: TimeBase
  /** pts of the first picture: second 0 of everything that is shown or stored. */
  startPts: number
  /** What the container claims; the decoded end may be earlier. */
  durationPts: number | null
  /** Average pictures a second; null where the container does not say. */
  frameRate: number | null
  /** True when the pictures do not come at a constant rate. */
  isVariableRate: boolean
  /** The slowest constant rate that has a place for every picture, exactly as the file says it (30000/1001). Missing in the rows of older libraries. */
  gridRate?: { num: number, den: number }
  /** Clockwise degrees to turn the coded picture for showing it. */
  rotationDegrees: 0 | 90 | 180 | 270
  /** True when the coded picture is flipped top to bottom before it is turned (a display matrix with a negative determinant). */
  isMirrored: boolean
  sampleAspect: { num: number, den: number }
  colour: { range: string | null, matrix: string | null, transfer: string | null, primaries: string | null }
  dynamicRange: 'sdr' | 'hdr10' | 'hlg' | 'dolby-vision'
}

export interface SoundStream {
  index: number
  codec: string
  profile?: string
  channels: number
  sampleRateHz: number
  language: string | null
  isDefault: boolean
  /** False when ffmpeg here has no decoder for it: the video is taken, its sound is not. */
  isDecodable: boolean
}

export interface SubtitleStream {
  index: number
  codec: string
  language: string | null
  title: string | null
  /** Text (mov_text, subrip, webvtt, ass) and not pictures (dvd, pgs). */
  isText: boolean
  isDefault: boolean
  /** Only what is foreign in the sound, for people who follow the rest by ear. */
  isForced: boolean
  /** Also says what is heard beside speech, for people who do not hear. */
  isHearingImpaired: boolean
}

export interface Chapter { startSeconds: number, endSeconds: number, title: string }

/** What ffprobe says of a file, checked and in the product's own terms. */
export interface MediaFacts {
  container: string
  durationSeconds: number | null
  bitRate: number | null
  title: string | null
  /** ISO 8601, from the recording device where it says so. */
  recordedAt: string | null
  /** Timecode of the first picture, as the file writes it: "01:00:00:00", with ";" before the pictures where numbers are dropped. Missing where the file has none. */
  timecode?: string
  picture: PictureStream
  sounds: SoundStream[]
  /** Stream index of the track that is heard: default disposition, then the first that decodes. */
  chosenSound: number | null
  subtitles: SubtitleStream[]
  chapters: Chapter[]
}

/** A video as the stages after `probe` see it. */
export interface VideoFacts {
  id: VideoId
  path: string
  media: MediaFacts
}

/** Seconds from the first picture of the video. */
export function ptsToSeconds(picture: Pick<PictureStream, 'timeBase' | 'startPts'>, pts: number): number {
  return (pts - picture.startPts) * picture.timeBase.num / picture.timeBase.den
}

/** The nearest tick to `seconds` after the first picture. */
export function secondsToPts(picture: Pick<PictureStream, 'timeBase' | 'startPts'>, seconds: number): number {
  return Math.round(seconds * picture.timeBase.den / picture.timeBase.num) + picture.startPts
}
