import type { z } from 'zod'
import type { DoctorLine } from '../contract/doctor.ts'
import type { MediaFacts, VideoFacts } from './facts.ts'

// What the core needs of the outside. `native/` implements it; hosts hand it in.

export interface Clock {
  /** Milliseconds since 1970, for what is stored. */
  now(): number
  /** Milliseconds that only go forward, for measuring. */
  monotonic(): number
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>
}

export interface Log {
  info(text: string): void
  warn(text: string, cause?: unknown): void
  error(text: string, cause?: unknown): void
}

export type SqlValue = string | number | bigint | Uint8Array | null
export type SqlParams = Record<string, SqlValue>

/** A database that can be asked. Rows are checked against the schema that is given with the question. */
export interface ReadDatabase {
  all<Row>(sql: string, row: z.ZodType<Row>, params?: SqlParams): Row[]
  get<Row>(sql: string, row: z.ZodType<Row>, params?: SqlParams): Row | undefined
  close(): void
}

/** The one connection that may write. A search never gets one. */
export interface WriteDatabase extends ReadDatabase {
  run(sql: string, params?: SqlParams): { changes: number, lastRowId: number }
  /** All or nothing; BEGIN IMMEDIATE; nested calls join the outer one. */
  transaction<Value>(work: () => Value): Value
  /** Several statements without parameters, for migrations. */
  exec(sql: string): void
  /** A copy of the whole database into a new file, consistent while others write. */
  backupTo(path: string): Promise<void>
  readonly path: string
}

export interface Sqlite {
  openForWriting(path: string): WriteDatabase
  openForReading(path: string): ReadDatabase
}

export interface Ffmpeg {
  /** Facts of a media file. Throws AppError with a RefusalCode for what can not be taken. */
  probe(path: string, signal: AbortSignal): Promise<MediaFacts>
  /** One decode of the video, everything the scan needs from it. */
  scan(request: ScanRequest, signal: AbortSignal): AsyncIterable<ScanEvent[]>
  /** One embedded text track as a document of its own. Throws DECODE_FAILED when nothing can be taken out of it. */
  subtitleTrack(video: VideoFacts, streamIndex: number, signal: AbortSignal): Promise<SubtitleDocument>
  /** Runs a cut that core/export has planned. `onProgress` gets 0 to 1. */
  cut(job: CutJob, onProgress: (progress: number) => void, signal: AbortSignal): Promise<void>
  /** Makes a piece of a video that a browser plays. `onProgress` gets 0 to 1. */
  proxy(job: ProxyJob, onProgress: (progress: number) => void, signal: AbortSignal): Promise<void>
  /** Decodes a file to its end and gives what was really in it. */
  decodeAll(request: DecodeRequest, signal: AbortSignal): Promise<DecodedFile>
}

export interface SubtitleDocument {
  /** The codec's own format where a file of it exists: a change of format loses karaoke times and shows drawings as text. */
  format: 'srt' | 'vtt' | 'ass'
  /** As stored: the encoding is not always the UTF-8 it should be. */
  bytes: Uint8Array
  /** The time in the document at which the first picture of the video is shown. */
  zeroSeconds: number
}

export interface ScanRequest {
  video: VideoFacts
  /** First pts that is wanted; null for all. Pictures before it may be delivered and are to be ignored by pts. */
  fromPts: number | null
  /** Decode key frames only: a first look. */
  keyFramesOnly: boolean
  smallFrame: { width: number, height: number }
  /** Candidates for key frames: how many a second at most, on a grid that does not depend on `fromPts`, and how long their longer edge is. */
  candidate: { perSecond: number, longEdge: number }
  withSound: boolean
  /** Threads of the decoder; as many as serve it where it is not given. */
  threads?: number | null
}

export type ScanEvent =
  /** Every picture, rgb24, width * height * 3 bytes. The bytes are only valid until the next batch is asked for. */
  | { kind: 'frame', pts: number, pixels: Uint8Array }
  /** A candidate for a key frame: upright, square pixels, SDR, JPEG at constant quality. */
  | { kind: 'candidate', pts: number, jpeg: Uint8Array }
  /** 16 kHz mono, signed 16 bit; `startSeconds` of its first sample, from the first picture of the video. */
  | { kind: 'sound', startSeconds: number, samples: Int16Array }
  /** The decoder complained this often since it was last said; comes before the pictures it is about. */
  | { kind: 'damage', errors: number, first: string }
  /** The last event: how often the decoder complained, and the first complaint. */
  | { kind: 'end', decodeErrors: number, firstError: string | null }

/** A clip to be written. Times in pts of the source's picture stream. */
export interface CutJob {
  video: VideoFacts
  /** Second 0 of the clip, for picture and sound. */
  startPts: number
  /** Where the last picture of the clip ends, and the sound. */
  endPts: number
  /** The first picture. Before `startPts` when it was on screen since before the start: then it is shown from `startPts`. */
  firstPts: number
  /** The last picture: the one with the highest pts below `endPts`. */
  lastPts: number
  /** Where to write: an empty file of the caller, who names and renames. */
  target: string
}

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

export interface DecodeRequest {
  video: Pick<VideoFacts, 'path' | 'media'>
  /** Only pictures with startPts <= pts < endPts; null for the whole file. */
  span: { startPts: number, endPts: number } | null
  picturesAt: PictureAt[]
  /** Decode the sound that is heard too. */
  withSound: boolean
}

/** Counted from the first or the last picture of the span: { edge: 'first', offset: -1 } is the one before the span. */
export interface PictureAt { edge: 'first' | 'last', offset: number }

/** A picture as it is shown (upright, SDR), shrunk to 64x36 whatever its shape, rgb24. */
export interface SmallPicture { pts: number, pixels: Uint8Array }

export interface DecodedFile {
  /** Of every picture in the span, in the order they are shown. */
  pts: number[]
  /** Seconds of the first sample minus seconds of the first picture; null without sound. */
  audioOffsetSeconds: number | null
  /** The loudest sample, 0 to 1; null without sound. */
  soundPeak: number | null
  /** In the order asked; null where there is no such picture. */
  pictures: (SmallPicture | null)[]
  /** What the decoders complained about. */
  errors: string[]
}

/** Still pictures: made with sharp. */
export interface Pictures {
  /** A webp of the JPEG, at most `longEdge` pixels on its longer edge. */
  toWebp(jpeg: Uint8Array, longEdge: number): Promise<Uint8Array>
  /** Variance of the Laplacian of the grey picture at `width` pixels: low when blurred. */
  sharpness(jpeg: Uint8Array, width: number): Promise<number>
}

/** A model that puts pictures and texts into one space. Vectors have length 1. */
export interface PictureModel {
  /** Names the model in the library: vectors of different models are never compared. */
  id: string
  encodePictures(files: string[], signal: AbortSignal): Promise<Float32Array[]>
  encodeText(text: string, signal: AbortSignal): Promise<Float32Array>
}

/** The models that are installed here. */
export interface Models {
  /** Null when none is installed. Opened at the first use, then kept. */
  pictureModel(): Promise<PictureModel | null>
  close(): Promise<void>
}

/** Makes a small video with subtitles to show the app with, where nobody has one at hand. */
export interface SampleVideo {
  /** Writes an mp4 to the file. Throws TOOL_MISSING. */
  make(target: string, signal: AbortSignal): Promise<void>
}

/** Looks at what this machine has of what the product is built on. */
export interface Diagnosis {
  programs(): Promise<DoctorLine[]>
}
