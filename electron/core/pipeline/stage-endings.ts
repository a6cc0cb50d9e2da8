import type { StageState } from '../../contract/videos.ts'
import type { ErrorShape } from '../../contract/errors.ts'
import { AppError, isRefusal, toErrorShape } from '../errors.ts'
import { fileNow } from '../import/file-now.ts'
import type { FoundFile } from '../import/import-store.ts'
import { offline, otherFile, refusal } from '../refusals.ts'
import { end, quarantine } from '../store/leases.ts'
import type { StageRun } from '../store/stage-runs.ts'
import { ANY_MODEL, restartRun, stageRun, workWith } from '../store/stage-runs.ts'
import { addStageSpeed } from '../store/stage-speeds.ts'
import { coverVideo } from '../store/vector-covers.ts'
import { videoFiles } from '../store/video-files.ts'
import type { VideoRecord } from '../store/videos.ts'
import { changeBadges, durationOf, setFirstLook, setVideoFile, setVideoState, video } from '../store/videos.ts'
import { deleteOwnRows } from './chunk-writer.ts'
import { dependentsOf } from './registered-stage.ts'
import { StageSkipped } from './stage.ts'
import { settleVideo } from './video-state.ts'
import type { Runner, StageResult, Work } from './work.ts'
import { takeWorkSeconds } from './work.ts'

// A file that was written to within this time is still being written.
const QUIET_MS = 5_000

interface Ending { state: StageState, note?: string, error?: ErrorShape, retryAtMs?: number, isCounted?: boolean }

function finish(runner: Runner, work: Work, how: Ending): void {
  end(runner.library.db, work.claimed, {
    state: how.state, note: how.note ?? null, error: how.error ?? null, workSeconds: takeWorkSeconds(runner, work),
    nowMs: runner.tools.clock.now(), retryAtMs: how.retryAtMs ?? null, isCounted: how.isCounted ?? true,
  })
}

/** True where something was computed, or is just now, from what a stage had found before. Who is at work loses the lease and hears of it. */
function isStale(run: StageRun | undefined): boolean {
  return run?.state === 'done' || run?.state === 'skipped' || run?.state === 'running' || (run?.state === 'pending' && run.position !== null)
}

/** What was computed from the rows of a stage that ran again is to be computed again. */
function restartDependents(runner: Runner, work: Work): void {
  const { db } = runner.library
  for (const { stage } of dependentsOf(runner.stages, work.claimed.stage)) {
    if (isStale(stageRun(db, work.of.id, stage.name))) restartRun(db, work.of.id, stage.name)
  }
}

function measure(runner: Runner, work: Work): void {
  const { db } = runner.library
  const { registered: { cost, stage }, run } = work
  const now = video(db, work.of.id)
  const stored = stageRun(db, work.of.id, stage.name)
  // A first look is another kind of work than the stage's usual one.
  if (now === undefined || stored === undefined || run.isFirstLook) return
  const units = cost.per === 'video' ? 1 : durationOf(now) ?? 0
  if (units > 0) addStageSpeed(db, stage.name, stored.workSeconds / units)
}

/** Search asks the vectors of this model from now on. */
function coverWith({ library: { db }, tools: { clock } }: Runner, { claimed: { videoId, stage }, registered }: Work): void {
  const model = stageRun(db, videoId, stage)?.model ?? null
  if (model !== null) coverVideo(db, videoId, { stage, model, version: registered.stage.version, nowMs: clock.now() })
}

/** The stage came to its end. */
export function finishDone(runner: Runner, work: Work): StageResult {
  const { db } = runner.library
  const { of, run, registered } = work
  db.transaction(() => {
    finish(runner, work, { state: 'done' })
    coverWith(runner, work)
    measure(runner, work)
    restartDependents(runner, work)
    if (registered.hasFirstLook) {
      changeBadges(db, of.id, { FIRST_LOOK: run.isFirstLook, CHANGED: false })
      if (run.isFirstLook) setFirstLook(db, of.id, false)
    }
    settleVideo(db, runner.stages, of.id)
  })
  return { kind: 'done' }
}

/** The claim is not ours any more: the row says why. */
export function resultOfLost(runner: Runner, { claimed }: Work): StageResult {
  return stageRun(runner.library.db, claimed.videoId, claimed.stage)?.state === 'cancelled' ? { kind: 'cancelled' } : { kind: 'lease-lost' }
}

/** The file is not there: the video waits for it, and the attempt is not counted. */
function finishOffline(runner: Runner, work: Work): StageResult {
  const { db } = runner.library
  const error = toErrorShape(offline(work.of.path), '')
  db.transaction(() => {
    finish(runner, work, { state: 'pending', isCounted: false })
    setVideoState(db, work.of.id, { state: 'missing', error })
  })
  return { kind: 'offline', error }
}

/** Somebody is writing the file: it is looked at again when that may have ended. */
function finishInUse(runner: Runner, work: Work): StageResult {
  const error = toErrorShape(refusal('IN_USE', work.of.path), '')
  const retryAtMs = runner.tools.clock.now() + QUIET_MS
  finish(runner, work, { state: 'pending', error, retryAtMs, isCounted: false })
  return { kind: 'failed', error, retryAtMs }
}

/** Other content at the path: all is computed again, under its own identity; one that is another video's is not this one's. */
function finishChanged(runner: Runner, work: Work, file: FoundFile): StageResult {
  const { library, library: { db }, tools: { clock } } = runner
  const files = videoFiles(library, clock, (id) => { settleVideo(db, runner.stages, id) })
  return files.together(() => {
    finish(runner, work, { state: 'pending', isCounted: false })
    if (files.findByIdentity(file.identity) === undefined) {
      files.markChanged(work.of.id, file)
      return { kind: 'changed' }
    }
    const error = toErrorShape(otherFile(work.of.path), '')
    setVideoState(db, work.of.id, { state: 'missing', error })
    return { kind: 'offline', error }
  })
}

/** Ends the work when the file is not the one any more that was imported; null while it is. Throws the refusal of what can not be read. */
export async function finishIfOther(runner: Runner, work: Work): Promise<StageResult | null> {
  const now = await fileNow(work.of)
  switch (now.kind) {
    case 'same': return null
    case 'gone': return finishOffline(runner, work)
    case 'touched':
      setVideoFile(runner.library.db, work.of.id, now.file)
      return null
    case 'changed': {
      const ageMs = runner.tools.clock.now() - now.file.modifiedMs
      // A time in the future tells nothing.
      return ageMs >= 0 && ageMs < QUIET_MS ? finishInUse(runner, work) : finishChanged(runner, work, now.file)
    }
  }
}

function finishRefused(runner: Runner, work: Work, error: ErrorShape): StageResult {
  const { db } = runner.library
  db.transaction(() => {
    finish(runner, work, { state: 'failed', error })
    setVideoState(db, work.of.id, { state: 'refused', error })
  })
  return { kind: 'refused', error }
}

// Nothing of the video's: it is tried again without end, but not at once.
const notItsFault: ReadonlySet<string> = new Set(['DISK_FULL', 'LIBRARY_BUSY', 'LIBRARY_READ_ONLY', 'TOOL_MISSING'])
const ENVIRONMENT_WAIT_MS = 10_000

function finishFailed(runner: Runner, work: Work, error: ErrorShape): StageResult {
  const { db } = runner.library
  const { mostAttempts, backoffMs } = runner.limits
  const nowMs = runner.tools.clock.now()
  return db.transaction(() => {
    const now = stageRun(db, work.of.id, work.claimed.stage)
    const failures = (now?.attempts ?? 0) - (now?.deaths ?? 0)
    const isCounted = !notItsFault.has(error.code)
    if (isCounted && failures >= mostAttempts) {
      finish(runner, work, { state: 'quarantined', error })
      settleVideo(db, runner.stages, work.of.id)
      return { kind: 'quarantined', error }
    }
    const retryAtMs = nowMs + (isCounted ? backoffMs * 4 ** Math.max(0, failures - 1) : ENVIRONMENT_WAIT_MS)
    finish(runner, work, { state: 'pending', error, retryAtMs, isCounted })
    return { kind: 'failed', error, retryAtMs }
  })
}

function nullForRefusal(error: unknown): null {
  if (isRefusal(error)) return null
  throw error
}

/** The stage has nothing to work with. What was computed from what it had found before is to be computed again. */
function finishSkipped(runner: Runner, work: Work, { message: note }: StageSkipped): StageResult {
  const { db } = runner.library
  db.transaction(() => {
    finish(runner, work, { state: 'skipped', note })
    // No other model would have more to do: there are subtitles, or there is no sound.
    if (work.registered.model !== null) workWith(db, work.of.id, { stage: work.claimed.stage, model: ANY_MODEL })
    if (deleteOwnRows(db, work.of.id, work.registered.stores)) restartDependents(runner, work)
    settleVideo(db, runner.stages, work.of.id)
  })
  return { kind: 'skipped', note }
}

const modelsFault: ReadonlySet<string> = new Set(['MODEL_MISSING', 'MODEL_DAMAGED'])

/** A model that can not be used is no fault of the video's: it goes without, as where there is none, and what there is stays. */
function finishWithoutModel(runner: Runner, work: Work, { message: note }: AppError): StageResult {
  const { db } = runner.library
  db.transaction(() => {
    finish(runner, work, { state: 'skipped', note })
    // So that it is done once the model is mended.
    workWith(db, work.of.id, { stage: work.claimed.stage, model: null })
    settleVideo(db, runner.stages, work.of.id)
  })
  return { kind: 'skipped', note }
}

function finishWithout(error: unknown, runner: Runner, work: Work): StageResult | null {
  if (error instanceof StageSkipped) return finishSkipped(runner, work, error)
  return error instanceof AppError && modelsFault.has(error.code) ? finishWithoutModel(runner, work, error) : null
}

/** The stage threw, or was stopped. */
export async function finishAfter(error: unknown, { runner, work, signal }: { runner: Runner, work: Work, signal: AbortSignal }): Promise<StageResult> {
  if (error instanceof AppError && error.code === 'LEASE_LOST') return resultOfLost(runner, work)
  if (signal.aborted) {
    finish(runner, work, { state: 'pending', isCounted: false })
    return { kind: 'stopped' }
  }
  const without = finishWithout(error, runner, work)
  if (without !== null) return without
  const isOffline = error instanceof AppError && error.code === 'OFFLINE'
  if (isOffline) return finishOffline(runner, work)
  // Whatever went wrong may only have been so because the file was exchanged or taken away in the middle.
  const other = await finishIfOther(runner, work).catch(nullForRefusal)
  if (other !== null) return other
  const where = `${work.claimed.stage} of ${work.of.path}`
  const shape = toErrorShape(error, where)
  if (isRefusal(error)) return finishRefused(runner, work, shape)
  runner.tools.log.error(`${where} failed`, error)
  return finishFailed(runner, work, shape)
}

/** Too many processes died over it: given up, until somebody asks for it again. */
export function wornOut(runner: Runner, run: StageRun, of: VideoRecord): StageResult {
  const { db } = runner.library
  const error = run.error ?? {
    code: 'QUARANTINED' as const, message: `Scenedex ended ${run.deaths} times in a row while it worked on ${run.stage} of ${of.path}.`,
    hint: 'The rest goes on without it. To try it again: scenedex jobs retry.',
  }
  db.transaction(() => {
    quarantine(db, run, { error, nowMs: runner.tools.clock.now() })
    settleVideo(db, runner.stages, of.id)
  })
  return { kind: 'quarantined', error }
}
