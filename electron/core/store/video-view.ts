import { z } from 'zod'
import { VideoId } from '../../contract/ids.ts'
import type { StageStatus, Video } from '../../contract/videos.ts'
import { VideoState } from '../../contract/videos.ts'
import type { ReadDatabase } from '../ports.ts'
import { BadgesColumn, ErrorColumn, FlagColumn } from './columns.ts'
import type { ShownRun } from './stage-runs.ts'
import { allShownRuns, stageRunsOf } from './stage-runs.ts'
import type { VideoRecord } from './videos.ts'
import { DURATION_SQL } from './video-summaries.ts'
import { durationOf, video } from './videos.ts'

/** A stage of a video as the contract shows it. */
export function stageStatus(run: ShownRun, of: { durationSeconds: number | null, isHeld: boolean }): StageStatus {
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

type Shown = Pick<VideoRecord, 'id' | 'path' | 'title' | 'state' | 'badges' | 'error' | 'isPaused'> & { durationSeconds: number | null }

function show(record: Shown, runs: ShownRun[], isQueuePaused: boolean): Video {
  const { durationSeconds } = record
  const isHeld = isQueuePaused || record.isPaused
  return {
    id: record.id, path: record.path, title: record.title, duration: durationSeconds, state: record.state, badges: record.badges, error: record.error,
    stages: runs.map((run) => stageStatus(run, { durationSeconds, isHeld })),
  }
}

/** A video with its stages, as the contract shows it. */
export function videoView(db: ReadDatabase, id: VideoId, isQueuePaused: boolean): Video | undefined {
  const record = video(db, id)
  return record === undefined ? undefined : show({ ...record, durationSeconds: durationOf(record) }, stageRunsOf(db, id), isQueuePaused)
}

const ListRow = z.object({
  id: VideoId, path: z.string(), title: z.string(), state: VideoState, paused: FlagColumn, badges: BadgesColumn, error: ErrorColumn, duration: z.number().nullable(),
}).transform(({ paused, duration, ...row }): Shown => ({ ...row, isPaused: paused, durationSeconds: duration }))

/** All videos in the order they were added. */
export function videoList(db: ReadDatabase, isQueuePaused: boolean): Video[] {
  const runs = allShownRuns(db)
  const videos = db.all(`SELECT id, path, title, state, paused, badges, error, ${DURATION_SQL} AS duration FROM video ORDER BY id`, ListRow)
  return videos.map((record) => show(record, runs.get(record.id) ?? [], isQueuePaused))
}
