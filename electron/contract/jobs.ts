import { z } from 'zod'
import { VideoId } from './ids.ts'
import { StageName, StageStatus, VideoState } from './videos.ts'

export const JobOfVideo = z.object({
  videoId: VideoId,
  title: z.string(),
  state: VideoState,
  paused: z.boolean(),
  /** 0 to 1 over all stages, weighted by their measured cost. */
  progress: z.number(),
  /** Seconds of video per second of work at this moment; null when nothing runs. */
  speed: z.number().nullable(),
  etaSeconds: z.number().nullable(),
  current: StageName.nullable(),
  stages: z.array(StageStatus),
})
export type JobOfVideo = z.infer<typeof JobOfVideo>

export const JobsOverview = z.object({
  /** True when the whole queue was paused. */
  paused: z.boolean(),
  /** Why the work rests though nobody paused it; it goes on by itself. */
  resting: z.enum(['battery']).nullable(),
  /** True when some process (this or another one) is working on the queue. */
  working: z.boolean(),
  /** True when that is another process: what is queued here is done there. */
  workedOnElsewhere: z.boolean(),
  progress: z.number(),
  speed: z.number().nullable(),
  etaSeconds: z.number().nullable(),
  /** How many videos there are of each kind, also of those that are left out below. */
  counts: z.object({ running: z.number().int(), waiting: z.number().int(), failed: z.number().int(), done: z.number().int() }),
  videos: z.array(JobOfVideo),
  /** Videos that are not listed because there are too many; zero in the answer to jobs.overview with no limit. */
  leftOut: z.number().int(),
})
export type JobsOverview = z.infer<typeof JobsOverview>

export const JobAction = z.enum(['pause', 'resume', 'cancel', 'retry', 'first'])
export type JobAction = z.infer<typeof JobAction>
