import type { VideoId } from '../../contract/ids.ts'
import type { StageName, VideoState } from '../../contract/videos.ts'
import type { ErrorShape } from '../../contract/errors.ts'
import type { WriteDatabase } from '../ports.ts'
import type { StageRun } from '../store/stage-runs.ts'
import { stageRunsOf } from '../store/stage-runs.ts'
import type { VideoRecord } from '../store/videos.ts'
import { setVideoState, video } from '../store/videos.ts'
import type { RegisteredStage } from './registered-stage.ts'

function isOpen(run: Pick<StageRun, 'state'>): boolean {
  return run.state === 'pending' || run.state === 'running' || run.state === 'paused'
}

/** The runs that are still to be done and can be: what waits for a stage that was given up or cancelled is not among them. */
export function openRuns<Run extends Pick<StageRun, 'stage' | 'state'>>(list: readonly RegisteredStage[], runs: readonly Run[]): Run[] {
  const byName = new Map(runs.map((run) => [run.stage, run]))
  const blocked = new Set<StageName>()
  return list.flatMap(({ stage }) => {
    const run = byName.get(stage.name)
    const isBlocked = run === undefined || stage.needs.some((need) => blocked.has(need))
    if (isBlocked || !(isOpen(run) || run.state === 'done' || run.state === 'skipped')) blocked.add(stage.name)
    return run !== undefined && !isBlocked && isOpen(run) ? [run] : []
  })
}

/** The full runs that are due because only a first look is stored so far. */
export function dueRefinements<Run extends Pick<StageRun, 'state' | 'isFirstLook'>>(runs: readonly Run[]): Run[] {
  return runs.filter((run) => run.state === 'done' && run.isFirstLook)
}

const CANCELLED: ErrorShape = { code: 'CANCELLED', message: 'Its import was cancelled.', hint: 'To go on with it: scenedex jobs retry' }

function endOf(of: VideoRecord, runs: readonly StageRun[]): { state: VideoState, error: ErrorShape | null } {
  const failed = runs.find((run) => run.state === 'quarantined' || run.state === 'failed')
  if (failed !== undefined) return { state: 'failed', error: failed.error }
  // With a first look stored there is something to search; what was cancelled is only the rest.
  if (runs.some((run) => run.state === 'cancelled') && !of.badges.includes('FIRST_LOOK')) return { state: 'failed', error: CANCELLED }
  return { state: 'ready', error: null }
}

function nextState(list: readonly RegisteredStage[], of: VideoRecord, runs: readonly StageRun[]): { state: VideoState, error: ErrorShape | null } {
  if (of.state === 'refused' || of.state === 'missing') return { state: of.state, error: of.error }
  const open = openRuns(list, runs)
  if (open.length === 0) return endOf(of, runs)
  // It was ready once; that something of it is computed anew, for example after a first look, takes nothing from the person.
  if (of.state === 'ready') return { state: 'ready', error: null }
  const isUntouched = runs.every((run) => run.state === 'pending' && run.startedMs === null)
  return { state: isUntouched ? 'queued' : 'processing', error: null }
}

/** Brings the state of a video in line with its stages; to be called in the transaction that changed one. Gives the state before and after. */
export function settleVideo(db: WriteDatabase, list: readonly RegisteredStage[], id: VideoId): { before: VideoState, after: VideoState } | null {
  const of = video(db, id)
  if (of === undefined) return null
  const next = nextState(list, of, stageRunsOf(db, id))
  if (next.state !== of.state || JSON.stringify(next.error) !== JSON.stringify(of.error)) setVideoState(db, id, next)
  return { before: of.state, after: next.state }
}
