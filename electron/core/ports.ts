import type { z } from 'zod'
import type { DoctorLine } from '../contract/doctor.ts'
import type { Encoding, Fades } from '../contract/export-choices.ts'
import type { ModelMeasure } from '../contract/models.ts'
import type { KnownExample } from '../contract/search-example.ts'
import type { SearchAnswer, SearchInput } from '../contract/search.ts'
import type { BurnedCaptions, CaptionFfmpeg } from './caption-ports.ts'
import type { MediaFacts, VideoFacts } from './facts.ts'
import type { InstalledModel, ModelSpec } from './models/model-spec.ts'
import type { ProxyJob, StillPicture, StillRequest, SubtitleDocument } from './piece-ports.ts'
import type { Loudness, SoundGain, SoundPiece, SoundRequest } from './sound-ports.ts'
import type { FormatFfmpeg, ShownFile } from './format-ports.ts'
import type { ConformTo, ReelFfmpeg } from './reel-ports.ts'

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

export interface Ffmpeg extends ReelFfmpeg, CaptionFfmpeg, FormatFfmpeg<CutJob> {
  /** Facts of a media file. Throws AppError with a RefusalCode for what can not be taken. */
  probe(path: string, signal: AbortSignal): Promise<MediaFacts>
  /** One decode of the video, everything the scan needs from it. */
  scan(request: ScanRequest, signal: AbortSignal): AsyncIterable<ScanEvent[]>
  /** One embedded text track as a document of its own. Throws DECODE_FAILED when nothing can be taken out of it. */
  subtitleTrack(video: VideoFacts, streamIndex: number, signal: AbortSignal): Promise<SubtitleDocument>
  /** Runs a cut that core/export has planned. `onProgress` gets 0 to 1, and how many pictures are written. */
  cut(job: CutJob, onProgress: (progress: number, frames: number) => void, signal: AbortSignal): Promise<CutReport>
  /** How loud the sound of a cut would be, with the gain it is to get. */
  loudness(job: LoudnessJob, signal: AbortSignal): Promise<Loudness>
  /** Makes a piece of a video that a browser plays. `onProgress` gets 0 to 1. */
  proxy(job: ProxyJob, onProgress: (progress: number) => void, signal: AbortSignal): Promise<void>
  /** The sound that is heard, 16 kHz mono, from a second on (counted from the first picture) to its end or to another second. Nothing where there is none. */
  sound(request: SoundRequest, signal: AbortSignal): AsyncIterable<SoundPiece>
  /**
   * The picture that is on the screen at a time: upright, square pixels, SDR, JPEG at constant quality, as key frames are made. After the end it is the
   * last one, before the beginning the first.
   */
  still(request: StillRequest, signal: AbortSignal): Promise<StillPicture>
  /** Decodes a file to its end and gives what was really in it. */
  decodeAll(request: DecodeRequest, signal: AbortSignal): Promise<DecodedFile>
  /** The packets of the picture stream in the order they are stored, from a key frame at or before a time on. Nothing is decoded; who has enough stops asking. */
  packets(request: PacketRequest, signal: AbortSignal): AsyncIterable<StoredPacket>
  /** Writes a clip of packets as they are stored, and the sound with them. */
  copyPackets(job: CopyJob, signal: AbortSignal): Promise<void>
  /** Encodes some pictures of the source as the source itself is encoded, to be joined with packets of it. */
  encodeEdge(job: EdgeJob, signal: AbortSignal): Promise<StoredPacket[]>
  /** The blocks of sound that a copied clip of the span gets; null where there are none. */
  soundPackets(request: SoundPacketsRequest, signal: AbortSignal): Promise<SoundPackets | null>
  /** Puts a file that holds nothing but pictures and the sound of the source into the file of a clip. */
  finishTrack(job: TrackJob, signal: AbortSignal): Promise<void>
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
  /** Pictures from `fromPts` to before `toPts` are looked at as well, so that the report has those beside the clip; none are where it is left out. */
  around?: { fromPts: number, toPts: number }
  /** Where to write: an empty file of the caller, who names and renames. */
  target: string
  changes: PictureChanges
  fades: Fades
  encoding: Encoding
  /** The sound is made louder (or quieter) by this; null leaves it. */
  gain: SoundGain | null
  /** What every clip of a reel is brought to; null: as the source. */
  conform: ConformTo | null
}

/** What a cut handed to its encoder: the clip has to show this. */
export interface CutReport {
  /** In the source, of every picture of the clip in the order they are shown; numbers from 0 for a part of a reel, whose pictures are not those of the source. */
  pts: number[]
  /** With those beside the clip, in the order of `EDGES`; null where there is no such picture. */
  pictures: (SmallPicture | null)[]
  /** Of every picture of the clip, as `DecodedFile.traces`. */
  traces: Uint8Array
  /** The loudest sample of the source in that span, fades left out, 0 to 1; null without sound. */
  soundPeak: number | null
  /** ffmpeg's name of it: "libx264". */
  encoder: string
}

/** Of a cut, what is needed to listen to it. */
export type LoudnessJob = Pick<CutJob, 'video' | 'startPts' | 'endPts' | 'gain'>

/** What is done to the picture once it is upright, with square pixels, in SDR. In this order: framed, in a reel brought to its size, written on. */
export interface PictureChanges {
  framing: PlannedFraming | null
  captions: BurnedCaptions | null
}

/** Whole pixels of the picture as it is shown. */
export interface PixelRegion { x: number, y: number, width: number, height: number }

/** How the picture is framed; `width` and `height` are those of the clip, even. */
export type PlannedFraming =
  /** Cut to a window of one size whose upper left corner moves: a corner for some pts of the source, straight lines between, first and last stay. Then made to the clip's size. */
  | { how: 'crop', width: number, height: number, window: { width: number, height: number }, path: readonly { pts: number, x: number, y: number }[] }
  /** All of it, made to fit, with something beside it. */
  | { how: 'fit', width: number, height: number, sides: 'blurred' | 'black' }
  /** Two parts, one above the other. */
  | { how: 'split', width: number, height: number, above: PixelRegion, below: PixelRegion, aboveHeight: number }

export interface DecodeRequest {
  video: Pick<VideoFacts, 'path' | 'media'>
  /** Only pictures with startPts <= pts < endPts; null for the whole file. */
  span: { startPts: number, endPts: number } | null
  picturesAt: readonly PictureAt[]
  /** Decode the sound that is heard too. */
  withSound: boolean
}

export interface PacketRequest {
  video: Pick<VideoFacts, 'path' | 'media'>
  /** Null for the beginning of the file. */
  fromPts: number | null
  bytes: PacketBytes
}

/** Of each packet none, the first some thousand, or all. H.264 and HEVC come as Annex B, with the parameter sets before every picture that decoding can start from. */
export type PacketBytes = 'none' | 'heads' | 'all'

/** What a container keeps of one picture (of one field, in some). Times in pts of the stream. */
export interface StoredPacket {
  /** When its picture is shown; null where the container does not say. */
  pts: number | null
  /** 0 where it is not known. */
  durationPts: number
  sizeBytes: number
  /** Adler-32 of its bytes (as Annex B where these were asked for). */
  checksum: number
  isKey: boolean
  /** It is decoded but not shown: an edit list leaves it out. */
  isDiscarded: boolean
  /** Null where none were asked for. */
  bytes: Uint8Array | null
}

/** What a file of a clip is written as. */
export type ClipContainer = 'mp4' | 'mov' | 'mkv' | 'webm'

/** Sound of a clip: so many packets taken over, or encoded anew to the sample. */
export type ClipSound = { how: 'copy', streamIndex: number, packets: number } | { how: 'encode', streamIndex: number }

/** The packet whose picture is shown last, counted in the order of storing, and by what its duration is multiplied so that it stands up to the end. */
export interface LastPacket { index: number, stretch: number }

/** Packets of one span, as they are stored, become a file. They have to be closed: none of their pictures needs one that is not there. */
export interface CopyJob {
  video: VideoFacts
  /** The first one begins with a key frame at this pts; what is stored after it and shown before it is left out. */
  firstPts: number
  endPts: number
  packets: number
  /** Null where durations are right as they are. */
  last: LastPacket | null
  sound: ClipSound | null
  container: ClipContainer
  /** An empty file of the caller. */
  target: string
}

/** The pictures with firstPts <= pts < endPts, not changed in any way but encoded anew. */
export interface EdgeJob {
  video: VideoFacts
  firstPts: number
  endPts: number
  encoding: Encoding
  /** Of H.264: profile and level of the source as its parameter sets say, and a number for those of the edge that is still free. */
  h264: { profile: string, level: number, parameterSetId: number } | null
}

export interface SoundPacketsRequest { video: VideoFacts, streamIndex: number, startPts: number, endPts: number }

/** Where the first one begins, in seconds from `startPts`, how long it is, and how many there are. */
export interface SoundPackets { startSeconds: number, blockSeconds: number, packets: number }

export interface TrackJob {
  video: VideoFacts
  /** A file with one picture stream whose time 0 is `startPts` of the source. */
  track: string
  startPts: number
  endPts: number
  /** Null where durations are right as they are. */
  last: LastPacket | null
  sound: ClipSound | null
  container: ClipContainer
  /** An empty file of the caller. */
  target: string
}

/** Counted from the first or the last picture of the span: { edge: 'first', offset: -1 } is the one before the span. */
export interface PictureAt { edge: 'first' | 'last', offset: number }

/** The pictures a clip is checked by: its first two and last two, and those beside it in the source, which it must not show. */
export const EDGES: readonly PictureAt[] = [
  { edge: 'first', offset: -1 }, { edge: 'first', offset: 0 }, { edge: 'first', offset: 1 },
  { edge: 'last', offset: -1 }, { edge: 'last', offset: 0 }, { edge: 'last', offset: 1 },
]

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
  /** Of every picture in the span 144 bytes: 16x9 grey values. */
  traces: Uint8Array
  /** What the decoders complained about. */
  errors: string[]
}

/** Still pictures: made with sharp. */
export interface Pictures {
  /** A webp of the JPEG, at most `longEdge` pixels on its longer edge. */
  toWebp(jpeg: Uint8Array, longEdge: number): Promise<Uint8Array>
  /**
   * Any picture that a person has, as it is to be looked at: upright, in the colours of a plain screen, what can be seen through white, at most `longEdge` pixels on
   * its longer edge; of moving ones the first. PNG. Throws PICTURE_TOO_LARGE before anything is decoded, UNREADABLE for what is damaged or no picture.
   */
  upright(picture: Uint8Array, longEdge: number): Promise<Uint8Array>
  /** Variance of the Laplacian of the grey picture at `width` pixels: low when blurred. */
  sharpness(jpeg: Uint8Array, width: number): Promise<number>
  /** Reads a file of still or moving pictures (PNG, gif, WebP), each of them. Throws UNREADABLE for what is damaged or something else. */
  shownInFile(file: string): Promise<ShownFile>
}

/** What is turned into vectors: pictures and texts of a picture model lie in one space, passages and queries of a text model in another. */
export type EmbedBatch =
  /** Paths of files, or what is in one. */
  | { of: 'pictures', files: (string | Uint8Array)[] }
  /** What is searched in. */
  | { of: 'passages', texts: string[] }
  /** What is searched for, and labels. */
  | { of: 'queries', texts: string[] }

/** Turns pictures or texts into vectors of length 1, or of nothing but zeros where the model knows no word of a text. */
export interface Embedder {
  /** Names the vectors in the library: those with different names are never compared. */
  id: string
  dimensions: number
  /**
   * One vector for each item, in their order. Stops within one item when asked to. Throws MODEL_MISSING where the model is not
   * there, and for a kind of item that it does not take; MODEL_DAMAGED where its files are not what its spec says; UNREADABLE for a picture that is none.
   */
  embed(batch: EmbedBatch, signal: AbortSignal): Promise<Float32Array[]>
}

/** What is known of a sound up to where it was heard; to be handed in again with what follows. */
export interface VoiceState { memory: Float32Array, tail: Float32Array }

/** Tells speech from everything else. */
export interface VoiceDetector {
  id: string
  /**
   * 16 kHz mono, -1 to 1. Gives how likely speech is in each window of 512 samples (32 ms), one number a window, and the state to go on
   * with. What does not fill a window waits in the state. `state` is null at the beginning of a sound.
   */
  hear(samples: Float32Array, state: VoiceState | null, signal: AbortSignal): Promise<{ likely: Float32Array, state: VoiceState }>
}

export interface TranscribeJob {
  /** Pieces of sound that are heard one by one, in their order: 16 kHz mono, -1 to 1, at most 30 s each. */
  pieces: Float32Array[]
  /** Code of the language; null: found out for each piece. */
  language: string | null
  /** Names and jargon to expect. */
  prompt: string
  translateToEnglish: boolean
  /** 0 takes the likeliest word; a higher one tries others. */
  temperature: number
  threads: number
}

export interface HeardWord { text: string, start: number, end: number, /** 0 to 1. */ confidence: number }

/** What was heard in a piece, as the model says it: nothing is mended yet. Seconds from the beginning of the piece. */
export interface HeardPiece {
  index: number
  language: string | null
  segments: { text: string, start: number, end: number, words: HeardWord[] }[]
}

/** Turns speech into words. */
export interface Transcriber {
  id: string
  /** Gives each piece as soon as it was heard. Throws TOOL_MISSING without the program, MODEL_DAMAGED for a file that is no model, DECODE_FAILED when the program dies. */
  transcribe(job: TranscribeJob, signal: AbortSignal): AsyncIterable<HeardPiece>
}

/** Models that run on this machine. Sessions are opened at the first use and let go when nobody used them for a while. */
export interface Inference {
  embedder(model: InstalledModel): Embedder
  voiceDetector(model: InstalledModel): VoiceDetector
  transcriber(model: InstalledModel): Transcriber
  /**
   * Does one real piece of work with each of the variants, on everything here that can compute it, and measures them. Throws MODEL_DAMAGED when
   * none gives what the spec promises.
   */
  tryOut(folder: string, spec: ModelSpec, options: { variants: string[], signal: AbortSignal }): Promise<{ variant: string, provider: string, measures: ModelMeasure[] }>
  /** Lets go of everything of a folder, so that it can be deleted. */
  release(folder: string): Promise<void>
  close(): Promise<void>
}

/** The models that work for this library, by the person's choice or the best that are installed. Null when there is none. */
export interface Models {
  pictures(): Promise<Embedder | null>
  text(): Promise<Embedder | null>
  voice(): Promise<VoiceDetector | null>
  speech(): Promise<Transcriber | null>
  /** The embedder whose vectors have this name, as long as it is installed. */
  embedderOf(vectors: string): Promise<Embedder | null>
}

/** Searches on a thread and a connection of its own, so that no search waits for an import. The thread is started at the first question. */
export interface Searching {
  query(input: SearchInput, signal: AbortSignal): Promise<SearchAnswer>
  similar(asked: { like: KnownExample, limit: number }, signal: AbortSignal): Promise<SearchAnswer>
  /** Gets ready before anybody asks. */
  begin(): void
  close(): Promise<void>
}

/** What a search needs of the models. */
export interface SearchedModels extends Pick<Models, 'pictures' | 'text' | 'embedderOf'> {
  /** Another text whenever a model was put there, taken away or changed. */
  edition(): Promise<string>
}

/** A library that is searched: its folder, and the file that is read of it (a copy where only that can be read); null where there is none yet. */
export interface SearchedLibrary { folder: string, file: string | null }

/** Makes a `Searching` for a library, which asks these models for what it needs. */
export type OpenSearching = (library: SearchedLibrary, models: SearchedModels) => Searching

export interface NetworkAnswer {
  status: number
  /** Where it came from in the end. */
  url: string
  /** Names in lower case. */
  headers: Record<string, string>
  body: AsyncIterable<Uint8Array>
}

/** The only way out of this machine. The core asks through `core/network` only, which asks the person's switch and writes the log. */
export interface Network {
  /** One request; a redirect is an answer like any other. Throws NETWORK_FAILED with what a person can do where nobody answers. */
  request(url: string, options: { method: 'GET' | 'HEAD', headers: Record<string, string>, signal: AbortSignal }): Promise<NetworkAnswer>
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
