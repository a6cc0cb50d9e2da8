import type { AppEvent } from '../../contract/events.ts'
import type { VideoId } from '../../contract/ids.ts'
import type { JobAction, JobsOverview } from '../../contract/jobs.ts'
import type { StageName } from '../../contract/videos.ts'
import type { Library } from '../store/database.ts'
import type { Wanted } from './jobs/queue-state.ts'
import type { RegisteredStage } from './registered-stage.ts'
import type { Limits, Runner } from './work.ts'

export interface EngineOptions {
  library: Library
  stages: readonly RegisteredStage[]
  tools: Runner['tools']
  emit: (event: AppEvent) => void
  limits?: Partial<Limits>
}

export interface Engine {
  /** Begins to work on the queue, or to wait for the process that does: when it ends or dies, this one goes on. */
  start(): 'working' | 'another-process-works'
  /** Resolves when nothing of these videos (of all when empty) is left that will be done: done, given up, held by a pause, or gone. */
  idle(videos: readonly VideoId[], signal: AbortSignal, until?: Wanted['until']): Promise<void>
  control(action: JobAction, videoId: VideoId | null): JobsOverview
  /** Tries again what failed or was skipped of these videos, all at once; what was cancelled stays so. */
  tryAgain(videos: readonly VideoId[]): void
  /** Stops what is done for a video for good, and resolves when nothing writes for it any more. */
  giveUp(videoId: VideoId): Promise<void>
  /** Another model works for a task now, or one is there that was not: what was done with another one, or left out, is put into the queue. */
  modelsChanged(): Promise<void>
  /** Does a stage of all videos again: what it goes by has changed. */
  again(stage: StageName): void
  /** At most `limit` videos; all when it is not given. */
  overview(limit?: number | null): JobsOverview
  /** How the machine is powered: with the person's consent the work rests on battery, and goes on by itself on mains. */
  power(onBattery: boolean): void
  /** Stops what runs within one item, stores where it is and leaves the queue to others. */
  stop(): Promise<void>
}
