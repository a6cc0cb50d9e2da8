import type { JobOfVideo, JobsOverview } from '../../../contract/jobs.ts'
import type { ReadDatabase } from '../../ports.ts'
import { engineHolder } from '../../store/engine-lock.ts'
import type { StageRun } from '../../store/stage-runs.ts'
import { allStageRuns } from '../../store/stage-runs.ts'
import { stageStatus } from '../../store/video-view.ts'
import type { VideoSummary } from '../../store/video-summaries.ts'
import { videoSummaries } from '../../store/video-summaries.ts'
import type { RegisteredStage } from '../registered-stage.ts'
import type { Resource } from '../stage.ts'
import { dueRefinements, openRuns } from '../video-state.ts'
import type { Costs } from './costs.ts'
import { costsHere, speedOf, workOf } from './costs.ts'
import { batchSinceMs, isQueuePaused } from './queue-state.ts'

// For a video that was not probed yet, where no other one says how long videos are here.
const USUAL_DURATION_SECONDS = 60

interface View { stages: readonly RegisteredStage[], costs: Costs, usualDuration: number, isQueuePaused: boolean }

/** Speed of the work in hand; where several stages of it run, the slowest counts. */
function speedNow(running: StageRun[], durationSeconds: number | null): number | null {
  const speeds = running.flatMap((run) => speedOf(run, durationSeconds) ?? [])
  return speeds.length === 0 ? null : Math.min(...speeds)
}

interface Sums { isOpen: boolean, done: number, left: number, leftOn: Map<Resource, number> }

interface VideoWork extends Sums { job: JobOfVideo }

function sumUp(runs: StageRun[], view: View, durationSeconds: number): Sums {
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

function viewOf(record: VideoSummary, runs: StageRun[], view: View): VideoWork {
  const known = record.durationSeconds
  const sums = sumUp(runs, view, known ?? view.usualDuration)
  const isHeld = view.isQueuePaused || record.isPaused
  const isAway = record.state === 'missing' || record.state === 'refused'
  const running = runs.filter(({ state }) => state === 'running')
  const job: JobOfVideo = {
    videoId: record.id, title: record.title, state: record.state, paused: isHeld && sums.isOpen,
    progress: sums.left === 0 ? 1 : sums.done / (sums.done + sums.left),
    speed: speedNow(running, known),
    etaSeconds: isHeld || isAway ? null : sums.left,
    current: running[0]?.stage ?? null,
    stages: runs.map((run) => stageStatus(run, { durationSeconds: known, isHeld })),
  }
  return { job, ...sums }
}

function usualDuration(videos: VideoSummary[]): number {
  const known = videos.flatMap(({ durationSeconds }) => durationSeconds ?? [])
  return known.length === 0 ? USUAL_DURATION_SECONDS : known.reduce((sum, seconds) => sum + seconds, 0) / known.length
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
}

function countsOf(works: VideoWork[]): JobsOverview['counts'] {
  const counts = { running: 0, waiting: 0, failed: 0, done: 0 }
  for (const { job, isOpen } of works) {
    if (job.current !== null) counts.running++
    else if (isOpen) counts.waiting++
    else if (job.state === 'ready') counts.done++
    else counts.failed++
  }
  return counts
}

/** What is being done, what is left and how long it will take: videos with work left, failed ones, and those done since the queue was last empty. */
export function jobsOverview(db: ReadDatabase, query: OverviewQuery): JobsOverview {
  const videos = videoSummaries(db)
  const runsOf = allStageRuns(db)
  const since = batchSinceMs(db)
  const paused = isQueuePaused(db)
  const view: View = { stages: query.stages, costs: costsHere(db), usualDuration: usualDuration(videos), isQueuePaused: paused }
  const works = videos.flatMap((record) => {
    const runs = runsOf.get(record.id) ?? []
    const isInBatch = runs.some(({ state, endedMs }) => state === 'running' || (endedMs ?? 0) >= since)
    const work = viewOf(record, runs, view)
    return work.left > 0 || isInBatch || record.state !== 'ready' ? [work] : []
  })
  const holder = engineHolder(db)
  const isHeld = holder !== undefined && query.nowMs - holder.heartbeatMs < query.silentMs
  const [done, left] = works.reduce(([doneSum, leftSum], work) => [doneSum + work.done, leftSum + work.left], [0, 0])
  const speeds = works.flatMap(({ job }) => job.speed ?? [])
  return {
    paused,
    working: works.some(({ job }) => job.current !== null),
    workedOnElsewhere: isHeld && holder.token !== query.ownToken,
    progress: left === 0 ? 1 : done / (done + left),
    speed: speeds.length === 0 ? null : Math.max(...speeds),
    etaSeconds: paused ? null : etaOfAll(works),
    counts: countsOf(works),
    videos: works.map(({ job }) => job),
    leftOut: 0,
  }
}
