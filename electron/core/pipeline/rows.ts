import type { NamedColour, SaidWord, Transition } from '../../contract/videos.ts'
import type { SceneId } from '../../contract/ids.ts'
import type { MediaFacts } from '../facts.ts'

/** What stages give back and the runner stores. Times in pts of the picture stream, or seconds from its first picture. */
export type Row = FactsRow | ShotRow | SceneRow | SilenceRow | EndRow | SegmentRow | VectorRow | TagRow

export interface FactsRow { kind: 'facts', media: MediaFacts }

export interface ShotRow { kind: 'shot', startPts: number, endPts: number, transition: Transition }

export interface SceneRow {
  kind: 'scene'
  startPts: number
  endPts: number
  keyframe: { pts: number, webp: Uint8Array } | null
  /** More pictures of a scene that moves, in the order of time; none where the key frame shows it all. */
  frames?: { pts: number, webp: Uint8Array }[]
  /** 0 (still) to 1 (everything changes at each picture). */
  motion: number
  /** Mean luma, 0 to 1. */
  brightness: number
  colours: NamedColour[]
}

/** Where the sound pauses. A longer one may come in pieces that touch, and a piece may be short. */
export interface SilenceRow { kind: 'silence', startPts: number, endPts: number }

/** The decoded end of the video, once the scan has seen it. */
export interface EndRow { kind: 'end', endPts: number, frames: number, isTruncated: boolean, isDamaged: boolean }

/** A piece of speech: one cue, or one segment of a transcriber. */
export interface SegmentRow {
  kind: 'segment'
  /** `embedded:<stream index>`, `sidecar:<file name>` or `model:<id>`. */
  source: string
  language: string | null
  startSeconds: number
  endSeconds: number
  text: string
  words: SaidWord[]
}

export interface VectorRow {
  kind: 'vector'
  sceneId: SceneId
  model: string
  modality: 'picture' | 'text'
  /** Which of the pictures or passages of the scene, from 0. */
  part: number
  /** Of the picture, or of the first word of the passage. */
  atSeconds: number
  vector: Float32Array
}

/** What is to be seen in a scene. The rows of a scene replace those that it had. */
export interface TagRow { kind: 'tag', sceneId: SceneId, label: string, score: number }
