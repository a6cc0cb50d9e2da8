import { z } from 'zod'
import { Framing } from './export-choices.ts'
import { VideoId } from './ids.ts'

/** A row id of the `tray_clip` table. */
export const TrayClipId = z.number().int().positive().brand<'TrayClipId'>()
export type TrayClipId = z.infer<typeof TrayClipId>

/** A clip gathered for export: what the person made, so it is kept until they take it away. */
export const TrayClip = z.object({
  id: TrayClipId,
  videoId: VideoId,
  /** Of the video, for showing. */
  videoTitle: z.string(),
  /** The clip's own name; becomes its file name. */
  title: z.string(),
  start: z.number(),
  end: z.number(),
  /** What it was found with, and why; null where it was not found by a search. */
  query: z.string().nullable(),
  note: z.string().nullable(),
  /** Null: the one for all. */
  framing: Framing.nullable(),
})
export type TrayClip = z.infer<typeof TrayClip>

export const Tray = z.object({ clips: z.array(TrayClip) })
export type Tray = z.infer<typeof Tray>

export const NewTrayClip = z.object({
  videoId: VideoId, start: z.number().min(0), end: z.number().positive(), title: z.string().min(1).max(300).optional(),
  query: z.string().max(1000).nullable().optional(), note: z.string().max(2000).nullable().optional(), framing: Framing.nullable().optional(),
})
export type NewTrayClip = z.infer<typeof NewTrayClip>

export const TrayChange = z.object({
  id: TrayClipId, start: z.number().min(0).optional(), end: z.number().positive().optional(), title: z.string().min(1).max(300).optional(), framing: Framing.nullable().optional(),
})
export type TrayChange = z.infer<typeof TrayChange>
