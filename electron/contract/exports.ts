import { z } from 'zod'
import { ErrorShape } from './errors.ts'
import { ExportChoices, Framing, WrittenMode } from './export-choices.ts'
import { SceneId, VideoId } from './ids.ts'

/** What goes with a clip wherever it is taken from. */
const AboutClip = z.object({
  /** The person's own name for it. */
  title: z.string().min(1).max(300).optional(),
  /** What it was found with. */
  query: z.string().max(1000).optional(),
  /** Why it was found, for markers in an editor. */
  note: z.string().max(2000).optional(),
  /** In place of the one for all. */
  framing: Framing.optional(),
})

export const ClipSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('scene'), sceneId: SceneId, ...AboutClip.shape }),
  z.object({ kind: z.literal('span'), videoId: VideoId, start: z.number().min(0), end: z.number().positive(), ...AboutClip.shape }),
])
export type ClipSource = z.infer<typeof ClipSource>

export const ExportInput = z.object({ clips: z.array(ClipSource).min(1), outFolder: z.string().min(1), ...ExportChoices.shape })
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
  /** What was checked, in words for a report: "every picture compared with the source", "turned as the source is". */
  checks: z.array(z.string()).default([]),
})
export type Verification = z.infer<typeof Verification>

/** A clip inside of a reel. */
export const ReelPart = z.object({
  clip: ClipSource,
  /** Seconds in the reel. */
  at: z.number(),
  duration: z.number(),
  title: z.string(),
})
export type ReelPart = z.infer<typeof ReelPart>

export const ExportedFile = z.object({
  path: z.string(),
  /** How it was made, and why so: "in and out are on key frames". */
  mode: WrittenMode,
  why: z.string().default(''),
  /** Seconds in the source video; of a reel from 0 to its end. */
  start: z.number(),
  end: z.number(),
  duration: z.number(),
  verified: Verification,
  /** Other files written beside it, for example captions. */
  sidecars: z.array(z.string()),
  /** What a person should know: fell back to another mode, HDR was tone-mapped, begins 12 frames earlier. */
  notes: z.array(z.string()).default([]),
  /** Only of a reel. */
  parts: z.array(ReelPart).default([]),
})
export type ExportedFile = z.infer<typeof ExportedFile>

export const ExportReport = z.object({
  files: z.array(ExportedFile),
  failed: z.array(z.object({ clip: ClipSource, error: ErrorShape })),
})
export type ExportReport = z.infer<typeof ExportReport>

/** By how many pictures a copied clip is longer than asked. */
export const Shift = z.object({ framesBefore: z.number().int(), framesAfter: z.number().int() })
export type Shift = z.infer<typeof Shift>

/** What will be written for a clip, before it is written. */
export const PlannedClip = z.object({
  clip: ClipSource,
  fileName: z.string(),
  mode: WrittenMode,
  /** Why this mode, in words for a person. */
  why: z.string(),
  /** What copying would do, where it can be done at all; both 0 where in and out are on key frames. */
  copyShift: Shift.nullable(),
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
