import { z } from 'zod'

/** A row id of the `video` table. Never reused within a library. */
export const VideoId = z.number().int().positive().brand<'VideoId'>()
export type VideoId = z.infer<typeof VideoId>

/** A row id of the `scene` table. Never reused, also not after a rescan. */
export const SceneId = z.number().int().positive().brand<'SceneId'>()
export type SceneId = z.infer<typeof SceneId>
