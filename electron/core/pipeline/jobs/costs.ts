import type { StageName } from '../../../contract/videos.ts'
import type { ReadDatabase } from '../../ports.ts'
import type { StageRun } from '../../store/stage-runs.ts'
import type { RunInShort } from '../../store/work-summaries.ts'
import { stageSpeeds } from '../../store/stage-speeds.ts'
import type { RegisteredStage } from '../registered-stage.ts'

// A run that is under way says more about itself than other videos do, once it has worked this long.
const OWN_MEASURE_AFTER_SECONDS = 3

/** Seconds of work that each stage takes on this machine: as measured, else the usual. */
export type Costs = (registered: RegisteredStage, durationSeconds: number) => number

export function costsHere(db: ReadDatabase): Costs {
  const measured = stageSpeeds(db)
  return ({ stage, cost }, durationSeconds) => (measured.get(stage.name) ?? cost.workSeconds) * (cost.per === 'video' ? 1 : durationSeconds)
}

/** Seconds of video worked through per second of work in this run; null before there is a measure. */
export function speedOf(run: Pick<StageRun, 'progress' | 'workSeconds'>, durationSeconds: number | null): number | null {
  if (durationSeconds === null || run.workSeconds <= 0 || run.progress <= 0) return null
  return run.progress * durationSeconds / run.workSeconds
}

export interface StageWork {
  name: StageName
  /** Seconds of work, done and left. */
  done: number
  left: number
}

function isOver({ state }: Pick<StageRun, 'state'>): boolean {
  return state === 'done' || state === 'skipped' || state === 'failed' || state === 'quarantined' || state === 'cancelled'
}

/** How much of a run is done and left, in seconds of work on this machine. */
export function workOf(registered: RegisteredStage, run: Omit<RunInShort, 'endedMs'>, of: { durationSeconds: number, costs: Costs }): StageWork {
  const usual = of.costs(registered, of.durationSeconds)
  const hasOwnMeasure = run.state === 'running' && run.workSeconds >= OWN_MEASURE_AFTER_SECONDS && run.progress > 0
  const whole = hasOwnMeasure ? run.workSeconds / run.progress : usual
  if (isOver(run) && !(run.state === 'done' && run.isFirstLook)) return { name: registered.stage.name, done: whole, left: 0 }
  const progress = run.state === 'done' ? 0 : run.progress
  return { name: registered.stage.name, done: whole * progress, left: whole * (1 - progress) }
}
