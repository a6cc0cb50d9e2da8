import type { VideoId } from '../../contract/ids.ts'
import type { StageStatus, Video } from '../../contract/videos.ts'
import type { ReadDatabase } from '../ports.ts'
import type { StageRun } from './stage-runs.ts'
import { allStageRuns, stageRunsOf } from './stage-runs.ts'
import type { VideoRecord } from './videos.ts'
import { allVideos, durationOf, video } from './videos.ts'

/** A stage of a video as the contract shows it. */
export function stageStatus(run: StageRun, of: { durationSeconds: number | null, isHeld: boolean }): StageStatus {
  const isMeasured = of.durationSeconds !== null && run.workSeconds > 0 && run.progress > 0
  return {
    name: run.stage,
    state: run.state === 'pending' && of.isHeld ? 'paused' : run.state,
    progress: run.progress,
    attempts: run.attempts,
    workSeconds: run.workSeconds,
    speed: isMeasured ? run.progress * (of.durationSeconds ?? 0) / run.workSeconds : null,
    note: run.note,
    error: run.error,
  }
}

function show(record: VideoRecord, runs: StageRun[], isQueuePaused: boolean): Video {
  const durationSeconds = durationOf(record)
  const isHeld = isQueuePaused || record.isPaused
  return {
    id: record.id, path: record.path, title: record.title, duration: durationSeconds, state: record.state, badges: record.badges, error: record.error,
    stages: runs.map((run) => stageStatus(run, { durationSeconds, isHeld })),
  }
}

/** A video with its stages, as the contract shows it. */
export function videoView(db: ReadDatabase, id: VideoId, isQueuePaused: boolean): Video | undefined {
  const record = video(db, id)
  return record === undefined ? undefined : show(record, stageRunsOf(db, id), isQueuePaused)
}

/** All videos in the order they were added. */
export function videoList(db: ReadDatabase, isQueuePaused: boolean): Video[] {
  const runs = allStageRuns(db)
  return allVideos(db).map((record) => show(record, runs.get(record.id) ?? [], isQueuePaused))
}
