import type { JobsOverview } from '../../../contract/jobs.ts'
import type { ReadDatabase } from '../../ports.ts'
import { engineHolder } from '../../store/engine-lock.ts'
import { videoSummaries } from '../../store/video-summaries.ts'
import type { RunInShort, WorkSummary } from '../../store/work-summaries.ts'
import { workSummaries } from '../../store/work-summaries.ts'
import type { RegisteredStage } from '../registered-stage.ts'
import type { Resource } from '../stage.ts'
import { dueRefinements, openRuns } from '../video-state.ts'
import type { Costs } from './costs.ts'
import { costsHere, speedOf, workOf } from './costs.ts'
import type { JobInShort, JobKind } from './job-list.ts'
import { countsOf, inOrder, withStages } from './job-list.ts'
import { batchSinceMs, isQueuePaused } from './queue-state.ts'

// For a video that was not probed yet, where no other one says how long videos are here.
const USUAL_DURATION_SECONDS = 60

interface View { stages: readonly RegisteredStage[], costs: Costs, usualDuration: number, isQueueHeld: boolean }

/** Speed of the work in hand; where several stages of it run, the slowest counts. */
function speedNow(running: RunInShort[], durationSeconds: number | null): number | null {
  const speeds = running.flatMap((run) => speedOf(run, durationSeconds) ?? [])
  return speeds.length === 0 ? null : Math.min(...speeds)
}

interface Sums { isOpen: boolean, done: number, left: number, leftOn: Map<Resource, number> }

interface VideoWork extends Sums, JobInShort {}

function sumUp(runs: RunInShort[], view: View, durationSeconds: number): Sums {
  const going = new Set([...openRuns(view.stages, runs), ...dueRefinements(runs)])
  const sums: Sums = { isOpen: going.size > 0, done: 0, left: 0, leftOn: new Map() }
  for (const registered of view.stages) {
    const run = runs.find(({ stage }) => stage === registered.stage.name)
    if (run === undefined) continue
    const work = workOf(registered, run, { durationSeconds, costs: view.costs })
    sums.done += work.done
    if (!going.has(run)) continue
    const { resource } = registered.stage
    sums.left += work.left
    sums.leftOn.set(resource, (sums.leftOn.get(resource) ?? 0) + work.left)
  }
  return sums
}

function kindOf({ state }: WorkSummary, of: { isRunning: boolean, isOpen: boolean }): JobKind {
  if (of.isRunning) return 'running'
  if (of.isOpen) return 'waiting'
  return state === 'ready' ? 'done' : 'failed'
}

function viewOf(summary: WorkSummary, view: View): VideoWork {
  const { runs, durationSeconds: known } = summary
  const sums = sumUp(runs, view, known ?? view.usualDuration)
  const isHeld = view.isQueueHeld || summary.isPaused
  const isAway = summary.state === 'missing' || summary.state === 'refused'
  const running = runs.filter(({ state }) => state === 'running')
  return {
    ...sums, summary, isHeld, kind: kindOf(summary, { isRunning: running.length > 0, isOpen: sums.isOpen }),
    job: {
      videoId: summary.id, title: summary.title, state: summary.state, paused: isHeld && sums.isOpen,
      progress: sums.left === 0 ? 1 : sums.done / (sums.done + sums.left),
      speed: speedNow(running, known),
      etaSeconds: isHeld || isAway ? null : sums.left,
      current: running[0]?.stage ?? null,
    },
  }
}

function mean(seconds: number[]): number | null {
  return seconds.length === 0 ? null : seconds.reduce((sum, one) => sum + one, 0) / seconds.length
}

/** How long a video is that was not probed yet: as the others, and those are only asked where there is such a one. */
function usualDuration(db: ReadDatabase, videos: WorkSummary[]): number {
  if (videos.every(({ durationSeconds }) => durationSeconds !== null)) return USUAL_DURATION_SECONDS
  const known = (of: readonly Pick<WorkSummary, 'durationSeconds'>[]): number | null => mean(of.flatMap(({ durationSeconds }) => durationSeconds ?? []))
  return known(videos) ?? known(videoSummaries(db)) ?? USUAL_DURATION_SECONDS
}

/** Seconds until all is done: the resources work side by side, so the longest queue counts. */
function etaOfAll(works: VideoWork[]): number | null {
  const totals = new Map<Resource, number>()
  for (const { job, leftOn } of works) {
    if (job.etaSeconds === null) continue
    for (const [resource, seconds] of leftOn) totals.set(resource, (totals.get(resource) ?? 0) + seconds)
  }
  return totals.size === 0 ? null : Math.max(...totals.values())
}

export interface OverviewQuery {
  stages: readonly RegisteredStage[]
  nowMs: number
  /** The token of this process's own engine; null when it has none. */
  ownToken: string | null
  /** A holder that was silent for longer is not at work any more. */
  silentMs: number
  /** Why nothing is done at the moment though nobody has paused it. */
  resting?: JobsOverview['resting']
  /** List at most so many videos; all when it is not given. */
  limit?: number | null
}

function isElsewhere(db: ReadDatabase, { nowMs, silentMs, ownToken }: OverviewQuery): boolean {
  const holder = engineHolder(db)
  return holder !== undefined && nowMs - holder.heartbeatMs < silentMs && holder.token !== ownToken
}

/** What is being done, what is left and how long it will take: videos with work left, failed ones, and those done since the queue was last empty. */
export function jobsOverview(db: ReadDatabase, query: OverviewQuery): JobsOverview {
  const { resting = null, limit = null } = query
  const since = batchSinceMs(db)
  const paused = isQueuePaused(db)
  const summaries = workSummaries(db, since)
  const view: View = { stages: query.stages, costs: costsHere(db), usualDuration: usualDuration(db, summaries), isQueueHeld: paused }
  const works = summaries.map((summary) => viewOf(summary, view)).filter(({ left, summary: { state, runs } }) =>
    left > 0 || state !== 'ready' || runs.some((run) => run.state === 'running' || (run.endedMs ?? 0) >= since))
  const [done, left] = works.reduce(([doneSum, leftSum], work) => [doneSum + work.done, leftSum + work.left], [0, 0])
  const speeds = works.flatMap(({ job }) => job.speed ?? [])
  const listed = inOrder(works).slice(0, limit ?? works.length)
  return {
    paused, resting,
    working: works.some(({ kind }) => kind === 'running'),
    workedOnElsewhere: isElsewhere(db, query),
    progress: left === 0 ? 1 : done / (done + left),
    speed: speeds.length === 0 ? null : Math.max(...speeds),
    etaSeconds: paused || resting !== null ? null : etaOfAll(works),
    counts: countsOf(works),
    videos: withStages(db, listed),
    leftOut: works.length - listed.length,
  }
}
