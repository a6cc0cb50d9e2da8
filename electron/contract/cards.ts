import { z } from 'zod'
import { ErrorShape } from './errors.ts'
import { SceneId, VideoId } from './ids.ts'
import { Badge, StageName, StageState, StageStatus, VideoState } from './videos.ts'

/** How far one stage of a video is, in short. */
export const Coverage = z.object({ stage: StageName, state: StageState, progress: z.number() })
export type Coverage = z.infer<typeof Coverage>

/** A video as a grid of many thousand shows it: small enough that all of them are sent at once. */
export const VideoCard = z.object({
  id: VideoId,
  title: z.string(),
  path: z.string(),
  /** Seconds; null before it is known. */
  duration: z.number().nullable(),
  state: VideoState,
  paused: z.boolean(),
  badges: z.array(Badge),
  error: ErrorShape.nullable(),
  coverage: z.array(Coverage),
  /** The scene whose key frame stands for the video; null before there is one. */
  poster: SceneId.nullable(),
  /** As it is shown: upright, square pixels; null before it was probed. */
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  sizeBytes: z.number(),
  addedMs: z.number(),
  /** ISO 8601. */
  recordedAt: z.string().nullable(),
})
export type VideoCard = z.infer<typeof VideoCard>

/** A key frame of a video and its second. */
export const Frame = z.object({ sceneId: SceneId, at: z.number() })
export type Frame = z.infer<typeof Frame>

/** What the file is, in terms that people who cut video use. */
export const FileFacts = z.object({
  container: z.string(),
  codec: z.string(),
  profile: z.string().nullable(),
  pixelFormat: z.string().nullable(),
  codedWidth: z.number().int(),
  codedHeight: z.number().int(),
  frameRate: z.number().nullable(),
  isVariableRate: z.boolean(),
  rotationDegrees: z.number(),
  dynamicRange: z.string(),
  bitRate: z.number().nullable(),
  sounds: z.array(z.object({ codec: z.string(), channels: z.number().int(), sampleRateHz: z.number(), language: z.string().nullable(), isHeard: z.boolean() })),
  subtitles: z.array(z.object({ codec: z.string(), language: z.string().nullable(), title: z.string().nullable() })),
  chapters: z.array(z.object({ start: z.number(), end: z.number(), title: z.string() })),
})
export type FileFacts = z.infer<typeof FileFacts>

export const StageDetails = StageStatus.extend({ startedMs: z.number().nullable(), endedMs: z.number().nullable() })
export type StageDetails = z.infer<typeof StageDetails>

export const VideoDetails = z.object({
  card: VideoCard,
  /** Null before it was probed. */
  facts: FileFacts.nullable(),
  stages: z.array(StageDetails),
  scenes: z.number().int(),
  shots: z.number().int(),
  words: z.number().int(),
  languages: z.array(z.string()),
  /** What the library keeps for it on disk, beside the database. */
  artifactBytes: z.number(),
})
export type VideoDetails = z.infer<typeof VideoDetails>

/** A video that was taken out of the library and can still be put back. */
export const RemovedVideo = z.object({ id: VideoId, title: z.string(), path: z.string(), removedMs: z.number() })
export type RemovedVideo = z.infer<typeof RemovedVideo>
