import { z } from 'zod'
import { ErrorShape } from './errors.ts'
import { SceneId, VideoId } from './ids.ts'

export const ExportMode = z.enum(['exact', 'copy', 'smart'])
export type ExportMode = z.infer<typeof ExportMode>

export const ClipSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('scene'), sceneId: SceneId }),
  z.object({ kind: z.literal('span'), videoId: VideoId, start: z.number().min(0), end: z.number().positive(), title: z.string().min(1).max(300).optional() }),
])
export type ClipSource = z.infer<typeof ClipSource>

export const ExportInput = z.object({
  clips: z.array(ClipSource).min(1),
  outFolder: z.string().min(1),
  mode: ExportMode.default('exact'),
  captions: z.enum(['none', 'sidecar', 'burned']).default('none'),
})
export type ExportInput = z.infer<typeof ExportInput>

/** What was checked on the finished file before it got its name. */
export const Verification = z.object({
  frames: z.number().int(),
  expectedFrames: z.number().int(),
  firstFrameMatches: z.boolean(),
  lastFrameMatches: z.boolean(),
  decodedToTheEnd: z.boolean(),
  /** Seconds the audio starts after (+) or before (-) the picture; null without audio. */
  audioOffset: z.number().nullable(),
})
export type Verification = z.infer<typeof Verification>

export const ExportedFile = z.object({
  path: z.string(),
  mode: ExportMode,
  /** Seconds in the source video. */
  start: z.number(),
  end: z.number(),
  duration: z.number(),
  verified: Verification,
  /** Other files written beside it, for example captions. */
  sidecars: z.array(z.string()),
})
export type ExportedFile = z.infer<typeof ExportedFile>

export const ExportReport = z.object({
  files: z.array(ExportedFile),
  failed: z.array(z.object({ clip: ClipSource, error: ErrorShape })),
})
export type ExportReport = z.infer<typeof ExportReport>

/** What will be written for a clip, before it is written. */
export const PlannedClip = z.object({
  clip: ClipSource,
  fileName: z.string(),
  /** Seconds in the source, on its own frames. */
  start: z.number(),
  end: z.number(),
  /** Seconds of the first and the last picture that will be in the clip. */
  firstFrameAt: z.number(),
  lastFrameAt: z.number(),
  /** As many as there are at the video's average rate; exact only once it is written. */
  frames: z.number().int(),
  estimatedBytes: z.number(),
})
export type PlannedClip = z.infer<typeof PlannedClip>

export const ExportPlan = z.object({
  clips: z.array(PlannedClip),
  /** Clips that can not be written, and why. */
  problems: z.array(z.object({ clip: ClipSource, error: ErrorShape })),
  seconds: z.number(),
  estimatedBytes: z.number(),
})
export type ExportPlan = z.infer<typeof ExportPlan>
