import type { StageName } from '../../contract/videos.ts'
import type { SceneId, VideoId } from '../../contract/ids.ts'
import type { Settings } from '../../contract/settings.ts'
import { AppError } from '../errors.ts'
import type { MediaFacts, VideoFacts } from '../facts.ts'
import type { Clock, Ffmpeg, Log, Models, Pictures } from '../ports.ts'
import type { Row, SegmentRow } from './rows.ts'

/** What a stage competes for. One stage a resource runs at a time. */
export type Resource = 'decode' | 'inference' | 'light'

/** A piece of a stage's work. The runner stores rows and position in one transaction. */
export interface Chunk {
  rows: Row[]
  /** Rows of this stage that start in here were there before and are replaced by these. pts for scan, seconds for speech. */
  replaces: { from: number, to: number } | null
  /** From where the stage goes on after this chunk; what it means is the stage's own affair. */
  position: string
  /** 0 to 1 of this stage. */
  progress: number
  /** What a person should know of the work up to here, for example what was left out and why; shown with the stage. */
  note?: string
}

export interface StageInput {
  id: VideoId
  path: string
  /** What `probe` found out; null only for `probe` itself. */
  media: MediaFacts | null
  /** The position of the last stored chunk; null to begin at the beginning. */
  resumeFrom: string | null
  /** A quick first look is asked for; a stage that knows no quicker way does its usual work. */
  isFirstLook: boolean
}

export interface StoredScene {
  id: SceneId
  startPts: number
  endPts: number
  keyframePath: string | null
  frames: { pts: number, path: string }[]
}

/** A piece of speech that is stored; its source says whether it was read or heard. */
export type StoredSegment = Omit<SegmentRow, 'kind'>

/** What a stage may use. It reads what was stored before it through here, and writes nothing. */
export interface StageTools {
  ffmpeg: Ffmpeg
  pictures: Pictures
  models: Models
  clock: Clock
  log: Log
  /** Processor threads that the person leaves to a decoder; null for as many as serve it. */
  threads: number | null
  /** True while other stages run too: each keeps a core busy. */
  othersAtWork(): boolean
  /** Scenes of the video in order. `frames` are its pictures as files in the order of time, the key frame among them. */
  storedScenes(): StoredScene[]
  /** What is said in the video, in order; seconds from the first picture. */
  storedSegments(): StoredSegment[]
  /** The vectors that the pictures of a scene have from a model. */
  storedPictureVectors(scene: SceneId, model: string): Float32Array[]
  /** The same of at most so many pictures of the whole library, spread evenly. */
  storedPictureSample(model: string, limit: number): Float32Array[]
  /** Spans of seconds in which the scan heard nothing. */
  storedSilences(): { start: number, end: number }[]
  /** What the person has chosen. */
  settings(): Settings
  /** The labels that pictures are compared with. */
  labels(): string[]
}

/** Thrown by a stage that has nothing to work with here, for example no sound: not an error, said as a note. What it had stored before goes. */
export class StageSkipped extends Error {
  override readonly name = 'StageSkipped'
}

/** Thrown by a stage that lacks a model: said as a note too, but what it had stored before stays, and it is done once the model is there. */
export function lacksModel(note: string): AppError {
  return new AppError('MODEL_MISSING', { message: note, hint: 'scenedex models lists all that can be had.' })
}

/** One kind of work on one video. It stands alone: it knows neither other stages nor the store. */
export interface Stage {
  name: StageName
  /** A higher number computes again what an older version stored. */
  version: number
  /** What must be stored before. */
  needs: StageName[]
  resource: Resource
  run(input: StageInput, tools: StageTools, signal: AbortSignal): AsyncIterable<Chunk>
}

/** The facts of a video for a stage that needs `probe`. Throws when the runner broke that promise. */
export function probedVideo(input: StageInput): VideoFacts {
  if (input.media === null) throw new Error(`video ${input.id} was not probed before a stage that needs it`)
  return { id: input.id, path: input.path, media: input.media }
}
