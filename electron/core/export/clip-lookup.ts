import type { SceneId, VideoId } from '../../contract/ids.ts'
import type { SaidWord } from '../../contract/videos.ts'
import type { VideoFacts } from '../facts.ts'

export interface ClipVideo {
  facts: VideoFacts
  title: string
  /** Size and time of change as they were when the video was read. */
  sizeBytes: number
  modifiedMs: number
  /** The decoded end; null before the scan has seen it. */
  endPts: number | null
}

export interface ClipScene {
  videoId: VideoId
  /** Counted from 0 within the video. */
  index: number
  startPts: number
  endPts: number
}

export interface SpokenSegment {
  startSeconds: number
  endSeconds: number
  text: string
  /** BCP 47; null or missing where it is not known. */
  language?: string | null
  words: SaidWord[]
}

/** What an export needs of the library, and no more. */
export interface ClipLookup {
  /** Null when there is no such scene. */
  scene(id: SceneId): ClipScene | null
  /** Null when there is no such video, or when it was not probed yet. */
  video(id: VideoId): ClipVideo | null
  /** What is said in the span, in order; seconds from the first picture. */
  spoken(id: VideoId, fromSeconds: number, toSeconds: number): SpokenSegment[]
  /** pts of the first pictures of the shots that begin in the span, in order. None where they are not known yet. */
  shotStarts(id: VideoId, span: { startPts: number, endPts: number }): number[]
}
