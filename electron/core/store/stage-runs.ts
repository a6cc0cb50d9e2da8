import { z } from 'zod'
import { VideoId } from '../../contract/ids.ts'
import { StageName, StageState } from '../../contract/videos.ts'
import type { ErrorShape } from '../../contract/errors.ts'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'
import { ErrorColumn, FlagColumn } from './columns.ts'

/** Who works on a stage run, and until when it is believed without a sign of life. */
export interface Lease { token: string, untilMs: number, pid: number, host: string }

/** A row of the queue: one stage of one video. */
export interface StageRun {
  videoId: VideoId
  stage: StageName
  state: StageState
  version: number
  isFirstLook: boolean
  /** Claims since the last progress. */
  attempts: number
  /** Those of them in which the whole process died. */
  deaths: number
  retryAtMs: number | null
  progress: number
  position: string | null
  note: string | null
  error: ErrorShape | null
  lease: Lease | null
  /** The model it works or worked with. */
  model: string | null
  startedMs: number | null
  endedMs: number | null
  workSeconds: number
}

const Row = z.object({
  video_id: VideoId, stage: StageName, state: StageState, version: z.number(), is_first_look: FlagColumn, attempts: z.number(), deaths: z.number(),
  retry_at_ms: z.number().nullable(), progress: z.number(), position: z.string().nullable(), note: z.string().nullable(), error: ErrorColumn,
  lease_token: z.string().nullable(), lease_until_ms: z.number().nullable(), lease_pid: z.number().nullable(), lease_host: z.string().nullable(),
  model: z.string().nullable(), started_ms: z.number().nullable(), ended_ms: z.number().nullable(), work_seconds: z.number(),
}).transform((row): StageRun => ({
  videoId: row.video_id, stage: row.stage, state: row.state, version: row.version, isFirstLook: row.is_first_look, attempts: row.attempts, deaths: row.deaths,
  retryAtMs: row.retry_at_ms, progress: row.progress, position: row.position, note: row.note, error: row.error,
  lease: row.lease_token === null ? null : { token: row.lease_token, untilMs: row.lease_until_ms ?? 0, pid: row.lease_pid ?? 0, host: row.lease_host ?? '' },
  model: row.model, startedMs: row.started_ms, endedMs: row.ended_ms, workSeconds: row.work_seconds,
}))

export function stageRun(db: ReadDatabase, videoId: VideoId, stage: StageName): StageRun | undefined {
  return db.get('SELECT * FROM stage_run WHERE video_id = @videoId AND stage = @stage', Row, { videoId, stage })
}

function inOrder<Run extends Pick<StageRun, 'stage'>>(runs: Run[]): Run[] {
  const order = (run: Run): number => StageName.options.indexOf(run.stage)
  return runs.sort((a, b) => order(a) - order(b))
}

/** The stages of a video, in the order of the contract. */
export function stageRunsOf(db: ReadDatabase, videoId: VideoId): StageRun[] {
  return inOrder(db.all('SELECT * FROM stage_run WHERE video_id = @videoId', Row, { videoId }))
}

/** The stages of all videos. */
export function allStageRuns(db: ReadDatabase): Map<VideoId, StageRun[]> {
  const byVideo = new Map<VideoId, StageRun[]>()
  for (const run of db.all('SELECT * FROM stage_run ORDER BY video_id', Row)) {
    const runs = byVideo.get(run.videoId)
    if (runs === undefined) byVideo.set(run.videoId, [run])
    else runs.push(run)
  }
  for (const runs of byVideo.values()) inOrder(runs)
  return byVideo
}

/** What is shown of a stage of a video. */
export type ShownRun = Pick<StageRun, 'stage' | 'state' | 'progress' | 'attempts' | 'workSeconds' | 'note' | 'error'>

const ShownRow = z.object({
  video_id: VideoId, stage: StageName, state: StageState, progress: z.number(), attempts: z.number(), work_seconds: z.number(), note: z.string().nullable(), error: ErrorColumn,
})

/** What is shown of the stages of all videos: of the many rows of a large library only these columns are read. */
export function allShownRuns(db: ReadDatabase): Map<VideoId, ShownRun[]> {
  const byVideo = new Map<VideoId, ShownRun[]>()
  for (const { video_id: id, work_seconds: workSeconds, ...run } of db.all('SELECT video_id, stage, state, progress, attempts, work_seconds, note, error FROM stage_run ORDER BY video_id', ShownRow)) {
    const runs = byVideo.get(id)
    if (runs === undefined) byVideo.set(id, [{ ...run, workSeconds }])
    else runs.push({ ...run, workSeconds })
  }
  for (const runs of byVideo.values()) inOrder(runs)
  return byVideo
}

/** Those that somebody holds a lease on. */
export function runningStages(db: ReadDatabase): StageRun[] {
  return db.all(`SELECT * FROM stage_run WHERE state = 'running'`, Row)
}

/** Puts a stage of every video that has no row for it into the queue. Gives how many. */
export function addMissingRuns(db: WriteDatabase, stage: StageName, version: number): number {
  return db.run(`
    INSERT INTO stage_run (video_id, stage, version)
    SELECT id, @stage, @version FROM video WHERE NOT EXISTS (SELECT 1 FROM stage_run WHERE video_id = video.id AND stage = @stage)`, { stage, version }).changes
}

/** SQL that puts a run back to its beginning. */
export const FROM_THE_START = `state = 'pending', attempts = 0, deaths = 0, retry_at_ms = NULL, progress = 0, position = NULL, chunks = 0, note = NULL, error = NULL,
  lease_token = NULL, lease_until_ms = NULL, lease_pid = NULL, lease_host = NULL, started_ms = NULL, ended_ms = NULL, work_seconds = 0, is_first_look = 0`

/** Puts back into the queue what an older version of the stage has stored or failed at. Gives how many. */
export function restartOlderRuns(db: WriteDatabase, stage: StageName, version: number): number {
  return db.run(`UPDATE stage_run SET ${FROM_THE_START}, version = @version WHERE stage = @stage AND version < @version AND state <> 'cancelled'`, { stage, version }).changes
}

/** Puts back into the queue what was done with another model than this one, or was left out for want of one; what waits begins with this one by itself. Gives how many. */
export function restartRunsOfOtherModels(db: WriteDatabase, stage: StageName, model: string): number {
  return db.run(`UPDATE stage_run SET ${FROM_THE_START} WHERE stage = @stage
    AND ((state = 'skipped' AND model IS NULL) OR (state IN ('running', 'done', 'failed', 'quarantined') AND model IS NOT @model))`, { stage, model }).changes
}

/** The model of a run that had nothing to do, with whatever model. */
export const ANY_MODEL = 'any'

/** Notes the model that a run works with. */
export function workWith(db: WriteDatabase, videoId: VideoId, { stage, model }: { stage: StageName, model: string | null }): void {
  db.run('UPDATE stage_run SET model = @model WHERE video_id = @videoId AND stage = @stage', { videoId, stage, model })
}

/** Puts a stage of all videos back to its beginning: what it goes by has changed. Gives how many wait now that did not before. */
export function restartStage(db: WriteDatabase, stage: StageName): number {
  // What was stopped in the middle stays so, but has no place to go on from.
  db.run(`UPDATE stage_run SET position = NULL, chunks = 0, progress = 0 WHERE stage = @stage AND state IN ('pending', 'paused', 'cancelled')`, { stage })
  return db.run(`UPDATE stage_run SET ${FROM_THE_START} WHERE stage = @stage AND state IN ('running', 'done', 'skipped', 'failed', 'quarantined')`, { stage }).changes
}

/** The same for one video, also where the stage has no row for it yet. */
export function renewRun(db: WriteDatabase, videoId: VideoId, { stage, version }: { stage: StageName, version: number }): void {
  db.run(`INSERT INTO stage_run (video_id, stage, version) VALUES (@videoId, @stage, @version)
    ON CONFLICT (video_id, stage) DO UPDATE SET ${FROM_THE_START}, version = @version WHERE version < @version AND state <> 'cancelled'`, { videoId, stage, version })
}

/** Puts a stage of one video back to its beginning: what it was computed from has changed. */
export function restartRun(db: WriteDatabase, videoId: VideoId, stage: StageName): void {
  db.run(`UPDATE stage_run SET ${FROM_THE_START} WHERE video_id = @videoId AND stage = @stage`, { videoId, stage })
}

/** Lets what failed or was quarantined be tried again from where it was, and what was skipped from its start. Gives how many. */
export function retryRuns(db: WriteDatabase, videoId: VideoId, { withCancelled }: { withCancelled: boolean }): number {
  const goingOn = db.run(`
    UPDATE stage_run SET state = 'pending', attempts = 0, deaths = 0, retry_at_ms = NULL, note = NULL, error = NULL, ended_ms = NULL
    WHERE video_id = @videoId AND (state IN ('failed', 'quarantined') OR (state = 'cancelled' AND @withCancelled = 1))`, { videoId, withCancelled: withCancelled ? 1 : 0 })
  // It was said to be through: nothing of that is a place to go on from.
  const anew = db.run(`UPDATE stage_run SET ${FROM_THE_START} WHERE video_id = @videoId AND state = 'skipped'`, { videoId })
  return goingOn.changes + anew.changes
}

/** Cancels what waits, also for its full work after a first look, and takes the lease of what runs: who works on it sees that at its next write. */
export function cancelRuns(db: WriteDatabase, videoId: VideoId, nowMs: number): number {
  return db.run(`
    UPDATE stage_run SET state = 'cancelled', lease_token = NULL, lease_until_ms = NULL, lease_pid = NULL, lease_host = NULL, ended_ms = @nowMs
    WHERE video_id = @videoId AND (state IN ('pending', 'running', 'paused') OR (state = 'done' AND is_first_look = 1))`, { videoId, nowMs }).changes
}
