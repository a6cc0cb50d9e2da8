import type { VideoId } from '../../contract/ids.ts'
import type { StageName, StageState } from '../../contract/videos.ts'
import type { ErrorShape } from '../../contract/errors.ts'
import { AppError } from '../errors.ts'
import type { WriteDatabase } from '../ports.ts'
import type { Lease, StageRun } from './stage-runs.ts'
import { runningStages, stageRun } from './stage-runs.ts'

/** A stage run that is ours as long as the token in its row is this one. */
export interface Claim { videoId: VideoId, stage: StageName, token: string }

export interface ClaimRequest {
  videoId: VideoId
  stage: StageName
  version: number
  isFirstLook: boolean
  /** The model it is done with; null where it needs none, or there is none. */
  model: string | null
  lease: Lease
  nowMs: number
  /** After this many deaths of the whole process without progress nobody gets it. */
  mostDeaths: number
  /** True when the holder of a lease that still runs is known to be gone. */
  isHolderGone: (lease: Lease) => boolean
}

export type ClaimOutcome =
  | { kind: 'claimed', run: StageRun }
  /** Somebody else works on it, or it is not to be done. */
  | { kind: 'not-due' }
  /** Too many processes died over it. */
  | { kind: 'worn-out', run: StageRun }

type Reader = Pick<ClaimRequest, 'nowMs' | 'isHolderGone'>

function isAbandoned({ state, lease }: StageRun, { nowMs, isHolderGone }: Reader): boolean {
  return state === 'running' && (lease === null || lease.untilMs < nowMs || isHolderGone(lease))
}

/** Puts back into the queue what dead processes had in hand. Gives how many. */
export function takeBackAbandoned(db: WriteDatabase, reader: Reader): number {
  const abandoned = runningStages(db).filter((run) => isAbandoned(run, reader))
  for (const { videoId, stage, lease } of abandoned) {
    db.run(`
      UPDATE stage_run SET state = 'pending', deaths = deaths + 1, lease_token = NULL, lease_until_ms = NULL, lease_pid = NULL, lease_host = NULL
      WHERE video_id = @videoId AND stage = @stage AND lease_token IS @token`, { videoId, stage, token: lease?.token ?? null })
  }
  return abandoned.length
}

function isDue(run: StageRun, request: ClaimRequest): boolean {
  if (run.state === 'pending') return true
  return run.state === 'done' && (run.version < request.version || (run.isFirstLook && !request.isFirstLook))
}

// What another version, the other kind of look or another model has stored is no place to go on from.
function canGoOn(run: StageRun, { version, isFirstLook, model }: ClaimRequest): boolean {
  return run.state !== 'done' && run.version === version && run.isFirstLook === isFirstLook && (run.position === null || run.model === model)
}

/** Takes a stage run for the holder of the lease; the attempt is counted here, so that a crash counts too. */
export function claim(db: WriteDatabase, request: ClaimRequest): ClaimOutcome {
  return db.transaction(() => {
    takeBackAbandoned(db, request)
    const run = stageRun(db, request.videoId, request.stage)
    if (run === undefined || !isDue(run, request)) return { kind: 'not-due' }
    const goesOn = canGoOn(run, request)
    if (goesOn && run.deaths >= request.mostDeaths) return { kind: 'worn-out', run }
    db.run(`
      UPDATE stage_run SET state = 'running', attempts = CASE WHEN @goesOn THEN attempts + 1 ELSE 1 END, deaths = CASE WHEN @goesOn THEN deaths ELSE 0 END, retry_at_ms = NULL, version = @version, is_first_look = @isFirstLook, model = @model,
        position = CASE WHEN @goesOn THEN position END, chunks = CASE WHEN @goesOn THEN chunks ELSE 0 END, progress = CASE WHEN @goesOn THEN progress ELSE 0 END,
        work_seconds = CASE WHEN @goesOn THEN work_seconds ELSE 0 END, started_ms = CASE WHEN @goesOn THEN coalesce(started_ms, @nowMs) ELSE @nowMs END,
        ended_ms = NULL, note = CASE WHEN @goesOn THEN note END, error = NULL,
        lease_token = @token, lease_until_ms = @untilMs, lease_pid = @pid, lease_host = @host
      WHERE video_id = @videoId AND stage = @stage`, {
      videoId: request.videoId, stage: request.stage, version: request.version, isFirstLook: request.isFirstLook ? 1 : 0, model: request.model,
      goesOn: goesOn ? 1 : 0, nowMs: request.nowMs, ...request.lease,
    })
    const claimed = stageRun(db, request.videoId, request.stage)
    return claimed === undefined ? { kind: 'not-due' } : { kind: 'claimed', run: claimed }
  })
}

function lost({ stage, videoId }: Claim): AppError {
  return new AppError('LEASE_LOST', { message: `The stage ${stage} of video ${videoId} was taken over or stopped.` })
}

/** Keeps the claim for longer. False when it is ours no more. */
export function renew(db: WriteDatabase, claimed: Claim, untilMs: number): boolean {
  return db.run('UPDATE stage_run SET lease_until_ms = @untilMs WHERE video_id = @videoId AND stage = @stage AND lease_token = @token', { ...claimed, untilMs }).changes === 1
}

export interface Reached { position: string, progress: number, note: string | null, workSeconds: number, untilMs: number }

/**
 * Stores how far a run has come; to be called in the transaction that stores what it found. Throws LEASE_LOST.
 * Only what is further than ever before starts the counts of attempts and deaths anew: a stage that fails each time at the same place is given up.
 */
export function reach(db: WriteDatabase, claimed: Claim, reached: Reached): void {
  const { changes } = db.run(`
    UPDATE stage_run SET position = @position, note = coalesce(@note, note), chunks = chunks + 1, attempts = CASE WHEN @progress > progress THEN 0 ELSE attempts END,
      deaths = CASE WHEN @progress > progress THEN 0 ELSE deaths END,
      progress = max(progress, @progress), work_seconds = work_seconds + @workSeconds, lease_until_ms = @untilMs
    WHERE video_id = @videoId AND stage = @stage AND lease_token = @token`, { ...claimed, ...reached })
  if (changes !== 1) throw lost(claimed)
}

export interface Ended {
  state: StageState
  note: string | null
  error: ErrorShape | null
  workSeconds: number
  nowMs: number
  retryAtMs: number | null
  /** False when the attempt is not to be counted: it was stopped from outside. */
  isCounted: boolean
}

/** Ends a run and gives the lease back. Throws LEASE_LOST. */
export function end(db: WriteDatabase, claimed: Claim, ended: Ended): void {
  const { changes } = db.run(`
    UPDATE stage_run SET state = @state, note = CASE WHEN @state = 'done' THEN note ELSE @note END, error = @error, work_seconds = work_seconds + @workSeconds, retry_at_ms = @retryAtMs,
      attempts = CASE WHEN @isCounted THEN attempts ELSE max(0, attempts - 1) END,
      progress = CASE WHEN @state IN ('done', 'skipped') THEN 1 ELSE progress END,
      ended_ms = CASE WHEN @state = 'pending' THEN NULL ELSE @nowMs END,
      lease_token = NULL, lease_until_ms = NULL, lease_pid = NULL, lease_host = NULL
    WHERE video_id = @videoId AND stage = @stage AND lease_token = @token`, {
    ...claimed, state: ended.state, note: ended.note, error: ended.error === null ? null : JSON.stringify(ended.error),
    workSeconds: ended.workSeconds, retryAtMs: ended.retryAtMs, isCounted: ended.isCounted ? 1 : 0, nowMs: ended.nowMs,
  })
  if (changes !== 1) throw lost(claimed)
}

/** Gives a run up for good, until somebody asks for it again. */
export function quarantine(db: WriteDatabase, run: StageRun, { error, nowMs }: { error: ErrorShape, nowMs: number }): void {
  db.run(`
    UPDATE stage_run SET state = 'quarantined', error = @error, ended_ms = @nowMs, lease_token = NULL, lease_until_ms = NULL, lease_pid = NULL, lease_host = NULL
    WHERE video_id = @videoId AND stage = @stage`, { videoId: run.videoId, stage: run.stage, error: JSON.stringify(error), nowMs })
}
