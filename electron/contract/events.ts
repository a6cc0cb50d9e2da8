import { z } from 'zod'
import { JobsOverview } from './jobs.ts'
import { Refusal } from './videos.ts'
import { VideoId } from './ids.ts'
import { ErrorShape } from './errors.ts'

/** What the engine tells its clients unasked. */
export const AppEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('jobs'), jobs: JobsOverview }),
  z.object({ type: z.literal('video-ready'), videoId: VideoId, path: z.string() }),
  z.object({ type: z.literal('video-failed'), videoId: VideoId, path: z.string(), error: ErrorShape }),
  z.object({ type: z.literal('refused'), refusal: Refusal }),
  z.object({ type: z.literal('import-found'), files: z.number().int() }),
  z.object({ type: z.literal('export-progress'), clip: z.number().int(), clips: z.number().int(), progress: z.number(), etaSeconds: z.number().nullable() }),
  z.object({ type: z.literal('library-changed') }),
])
export type AppEvent = z.infer<typeof AppEvent>
