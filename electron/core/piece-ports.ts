import type { VideoFacts } from './facts.ts'

export interface SubtitleDocument {
  /** The codec's own format where a file of it exists: a change of format loses karaoke times and shows drawings as text. */
  format: 'srt' | 'vtt' | 'ass'
  /** As stored: the encoding is not always the UTF-8 it should be. */
  bytes: Uint8Array
  /** The time in the document at which the first picture of the video is shown. */
  zeroSeconds: number
}

export interface StillRequest {
  video: VideoFacts
  /** From the first picture of the video. */
  atSeconds: number
  /** The longer edge is made smaller to this, and never larger. */
  longEdge: number
}

/** `atSeconds` is when the picture came on the screen, from the first picture of the video. */
export interface StillPicture { jpeg: Uint8Array, atSeconds: number }

/** A piece of a video to be written so that a browser plays it. Times in seconds from the first picture. */
export interface ProxyJob {
  video: VideoFacts
  start: number
  end: number
  /** The picture is made smaller to fit in, whichever way it is turned, and never larger. */
  box: { longEdge: number, shortEdge: number }
  /** Processor threads; null for as many as the coder likes. */
  threads: number | null
  target: string
}
