import { z } from 'zod'
import { ClipSource } from './exports.ts'

/** Lists of clips as editors and other programs read them. */
export const TimelineFormat = z.enum(['edl', 'fcpxml', 'fcp7xml', 'otio', 'csv', 'youtube', 'llc'])
export type TimelineFormat = z.infer<typeof TimelineFormat>

export const TimelineInput = z.object({
  clips: z.array(ClipSource).min(1),
  outFolder: z.string().min(1),
  /** Becomes the name of the sequence and of the file. */
  name: z.string().min(1).max(200),
  format: TimelineFormat,
  /** Conform videos whose pictures come at no constant rate to the nearest usual one; else they are refused. */
  conformVariableRate: z.boolean().default(false),
})
export type TimelineInput = z.infer<typeof TimelineInput>

export const WrittenTimeline = z.object({
  /** One file; of llc, which knows one video only, one for each video; of youtube one for what the clips become, then one for each video. */
  paths: z.array(z.string()),
  clips: z.number().int(),
  /** Pictures in the sequence, on its own grid. */
  frames: z.number().int(),
  /** What is different from what was asked: clamped to the media, conformed to another rate. */
  notes: z.array(z.string()),
})
export type WrittenTimeline = z.infer<typeof WrittenTimeline>
