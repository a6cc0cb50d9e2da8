import type { VideoId } from '../../../contract/ids.ts'
import type { ReadDatabase, WriteDatabase } from '../../ports.ts'
import { setting, setSetting } from '../../store/settings.ts'
import type { StageRun } from '../../store/stage-runs.ts'
import { allStageRuns } from '../../store/stage-runs.ts'
import type { VideoSummary } from '../../store/video-summaries.ts'
import { videoSummaries } from '../../store/video-summaries.ts'
import type { RegisteredStage } from '../registered-stage.ts'
import { dueRefinements, openRuns } from '../video-state.ts'

const PAUSED = 'queue.paused'
const BATCH = 'queue.batch-since-ms'

/** True when the person has paused the whole queue. */
export function isQueuePaused(db: ReadDatabase): boolean {
  return setting(db, PAUSED) !== null
}

export function pauseQueue(db: WriteDatabase, isPaused: boolean): void {
  setSetting(db, PAUSED, isPaused ? 'yes' : null)
}

/** Since when there was always something to do: progress "in all" is counted from here. */
export function batchSinceMs(db: ReadDatabase): number {
  return Number(setting(db, BATCH) ?? 0)
}

export function beginBatch(db: WriteDatabase, nowMs: number): void {
  setSetting(db, BATCH, String(nowMs))
}

function hasWorkLeft(stages: readonly RegisteredStage[], runs: readonly StageRun[]): boolean {
  // A stage without a row is one that the engine has not seen yet.
  return openRuns(stages, runs).length > 0 || dueRefinements(runs).length > 0 || runs.length < stages.length
}

export interface Wanted {
  /** All when empty. */
  videos: readonly VideoId[]
  /** How far each is wanted: all stages, or so far that it is ready after a first look. */
  until: 'done' | 'first-look'
}

/** Videos of these that have something left that will be done without anybody's help. */
export function unfinishedVideos(db: ReadDatabase, stages: readonly RegisteredStage[], wanted: Wanted): VideoId[] {
  const runsOf = allStageRuns(db)
  const isQueueHeld = isQueuePaused(db)
  const asked = new Set(wanted.videos)
  const isUnfinished = (video: VideoSummary): boolean => {
    const runs = runsOf.get(video.id) ?? []
    if (wanted.until === 'first-look' && video.state !== 'queued' && video.state !== 'processing') return false
    if (runs.some(({ state }) => state === 'running')) return true
    const isHeld = isQueueHeld || video.isPaused || video.state === 'missing' || video.state === 'refused'
    return !isHeld && hasWorkLeft(stages, runs)
  }
  return videoSummaries(db).filter((video) => (asked.size === 0 || asked.has(video.id)) && isUnfinished(video)).map(({ id }) => id)
}
