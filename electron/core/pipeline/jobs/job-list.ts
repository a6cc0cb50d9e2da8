import type { VideoId } from '../../../contract/ids.ts'
import type { JobOfVideo, JobsOverview } from '../../../contract/jobs.ts'
import type { ReadDatabase } from '../../ports.ts'
import type { StageRun } from '../../store/stage-runs.ts'
import { allStageRuns, stageRunsOf } from '../../store/stage-runs.ts'
import { stageStatus } from '../../store/video-view.ts'
import type { WorkSummary } from '../../store/work-summaries.ts'

export type JobKind = keyof JobsOverview['counts']

/** What is known of a video in work before its stages are read in full. */
export interface JobInShort {
  summary: WorkSummary
  kind: JobKind
  isHeld: boolean
  job: Omit<JobOfVideo, 'stages'>
}

const KINDS: readonly JobKind[] = ['running', 'failed', 'waiting', 'done']
// Up to so many are read one by one; of more, all of the table at once.
const FEW = 500

/** Running, failed, waiting in their order, done. */
export function inOrder<Job extends JobInShort>(jobs: readonly Job[]): Job[] {
  const rank = ({ kind }: JobInShort): number => KINDS.indexOf(kind)
  return [...jobs].sort((a, b) => rank(a) - rank(b) || b.summary.priority - a.summary.priority || a.summary.id - b.summary.id)
}

export function countsOf(jobs: readonly JobInShort[]): JobsOverview['counts'] {
  const counts = { running: 0, waiting: 0, failed: 0, done: 0 }
  for (const { kind } of jobs) counts[kind]++
  return counts
}

/** The jobs with their stages. */
export function withStages(db: ReadDatabase, jobs: readonly JobInShort[]): JobOfVideo[] {
  const all = jobs.length > FEW ? allStageRuns(db) : null
  const runsOf = (id: VideoId): StageRun[] => all === null ? stageRunsOf(db, id) : all.get(id) ?? []
  return jobs.map(({ summary, isHeld, job }) => ({
    ...job, stages: runsOf(summary.id).map((run) => stageStatus(run, { durationSeconds: summary.durationSeconds, isHeld })),
  }))
}
