import { z } from 'zod'
import { ErrorShape, RefusalCode } from './errors.ts'
import { SceneId, VideoId } from './ids.ts'

export const VideoState = z.enum(['queued', 'processing', 'ready', 'failed', 'missing', 'refused'])
export type VideoState = z.infer<typeof VideoState>

/** Facts worth a mark on the video that are no reason to refuse it. */
export const Badge = z.enum(['TRUNCATED', 'DAMAGED', 'CHANGED', 'FIRST_LOOK', 'VFR', 'HDR', 'NO_AUDIO'])
export type Badge = z.infer<typeof Badge>

export const StageName = z.enum(['probe', 'scan', 'speech', 'picture-vectors', 'tags', 'transcription', 'text-vectors'])
export type StageName = z.infer<typeof StageName>

export const StageState = z.enum(['pending', 'running', 'paused', 'done', 'failed', 'quarantined', 'cancelled', 'skipped'])
export type StageState = z.infer<typeof StageState>

export const StageStatus = z.object({
  name: StageName,
  state: StageState,
  /** 0 to 1 of this stage. */
  progress: z.number(),
  attempts: z.number().int(),
  /** Seconds of work spent on it so far, over all attempts. */
  workSeconds: z.number(),
  /** Seconds of video worked through per second, measured; null before there is a measure. */
  speed: z.number().nullable(),
  /** Why it was skipped, for example "no picture model installed". */
  note: z.string().nullable(),
  error: ErrorShape.nullable(),
})
export type StageStatus = z.infer<typeof StageStatus>

export const Video = z.object({
  id: VideoId,
  path: z.string(),
  title: z.string(),
  /** Seconds; the decoded length once it is known, the container's before. */
  duration: z.number().nullable(),
  state: VideoState,
  badges: z.array(Badge),
  error: ErrorShape.nullable(),
  stages: z.array(StageStatus),
})
export type Video = z.infer<typeof Video>

/** The transition INTO a shot. */
export const Transition = z.enum(['start', 'cut', 'fade', 'dissolve', 'wipe'])
export type Transition = z.infer<typeof Transition>

export const Shot = z.object({ start: z.number(), end: z.number(), transition: Transition })
export type Shot = z.infer<typeof Shot>

export const NamedColour = z.object({
  name: z.string(),
  /** Share of the picture, 0 to 1. */
  share: z.number(),
})
export type NamedColour = z.infer<typeof NamedColour>

export const SaidWord = z.object({
  text: z.string(),
  start: z.number(),
  end: z.number(),
  /** How sure the speech model is, 0 to 1; not there for what was read from subtitles. */
  confidence: z.number().optional(),
})
export type SaidWord = z.infer<typeof SaidWord>

export const Scene = z.object({
  id: SceneId,
  index: z.number().int(),
  /** Seconds from the first frame of the video. */
  start: z.number(),
  end: z.number(),
  /** The key frame's file inside the library folder, and its time in seconds. */
  keyframe: z.object({ file: z.string(), at: z.number() }).nullable(),
  motion: z.number(),
  brightness: z.number(),
  colours: z.array(NamedColour),
  said: z.array(z.object({ text: z.string(), start: z.number(), end: z.number(), language: z.string().nullable(), words: z.array(SaidWord) })),
  tags: z.array(z.object({ name: z.string(), score: z.number() })),
})
export type Scene = z.infer<typeof Scene>

export const ScenesOfVideo = z.object({ video: Video, shots: z.array(Shot), scenes: z.array(Scene) })
export type ScenesOfVideo = z.infer<typeof ScenesOfVideo>

export const Refusal = z.object({ path: z.string(), code: RefusalCode, message: z.string(), hint: z.string() })
export type Refusal = z.infer<typeof Refusal>

export const ImportReport = z.object({
  added: z.array(z.object({ id: VideoId, path: z.string() })),
  /** Already in the library: the same file, a hard link to it or a copy of it. */
  known: z.array(z.object({ id: VideoId, path: z.string() })),
  /** In the library under another path that is gone; the entry now points here. */
  moved: z.array(z.object({ id: VideoId, path: z.string(), from: z.string() })),
  refused: z.array(Refusal),
  /** Files in a folder that are no videos by their name, not listed one by one. */
  ignored: z.number().int(),
})
export type ImportReport = z.infer<typeof ImportReport>
