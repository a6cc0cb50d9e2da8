import { create } from 'zustand'
import type { VideoId } from '../../electron/contract/ids.ts'
import type { JobAction, JobOfVideo, JobsOverview } from '../../electron/contract/jobs.ts'
import { engine, onConnection } from '../api.ts'
import { reportError } from '../report-error.ts'

interface JobsState {
  /** Null until the engine has told of it for the first time. */
  overview: JobsOverview | null
  byVideo: ReadonlyMap<VideoId, JobOfVideo>
}

export const useJobs = create<JobsState>(() => ({ overview: null, byVideo: new Map() }))

// As many as anybody looks at; the rest is counted. More are asked for by name.
const SHOWN_JOBS = 200

let limit: number | null = SHOWN_JOBS

function show(overview: JobsOverview): void {
  useJobs.setState({ overview, byVideo: new Map(overview.videos.map((job) => [job.videoId, job])) })
}

function ask(): void {
  engine.call('jobs.overview', { limit }).then(show, reportError)
}

/** Lists every video of the queue once, until the next change tells of the first ones again. */
export function listAllJobs(): void {
  limit = null
  ask()
  limit = SHOWN_JOBS
}

/** Does something to one video of the queue, or to the whole queue. */
export async function controlJobs(action: JobAction, video: VideoId | null): Promise<void> {
  try {
    show(await engine.call('jobs.control', { action, video }))
  } catch (error) {
    reportError(error)
  }
}

/** The same for several videos; the first failure is told and the rest is tried. */
export async function controlJobsOf(action: JobAction, videos: readonly VideoId[]): Promise<void> {
  for (const video of videos) await controlJobs(action, video)
}

/** Follows what is being done. To be called once. */
export function followJobs(): void {
  engine.onEvent((event) => { if (event.type === 'jobs') show(event.jobs) })
  // After a restart the engine begins where it was; what is shown must not be from before.
  onConnection((connection) => { if (connection === 'connected') ask() })
}
