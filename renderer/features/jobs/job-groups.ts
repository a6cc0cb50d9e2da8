import type { JobOfVideo, JobsOverview } from '../../../electron/contract/jobs.ts'
import type { ErrorShape } from '../../../electron/contract/errors.ts'
import { messages } from '../../messages.ts'

export type JobGroup = 'running' | 'failed' | 'waiting' | 'done'
const order: readonly JobGroup[] = ['running', 'failed', 'waiting', 'done']

/** Which part of the list a video stands in. */
export function groupOf({ current, state, stages }: Pick<JobOfVideo, 'current' | 'state' | 'stages'>): JobGroup {
  if (current !== null) return 'running'
  if (state === 'failed' || state === 'missing' || state === 'refused') return 'failed'
  // Ready, but something of it was given up: that too needs the person.
  if (stages.some((stage) => stage.state === 'failed' || stage.state === 'quarantined')) return 'failed'
  return stages.some((stage) => stage.state === 'pending' || stage.state === 'paused') ? 'waiting' : 'done'
}

export type JobLine = { kind: 'heading', group: JobGroup } | { kind: 'job', group: JobGroup, job: JobOfVideo }

/** The list as it is shown: running, failed, waiting and done, each under its heading; within them as the engine gives them. */
export function jobLines(jobs: readonly JobOfVideo[]): JobLine[] {
  const groups = Map.groupBy(jobs, groupOf)
  return order.flatMap((group): JobLine[] => {
    const inside = groups.get(group) ?? []
    return inside.length === 0 ? [] : [{ kind: 'heading', group }, ...inside.map((job): JobLine => ({ kind: 'job', group, job }))]
  })
}

/** Why a video failed: what its first failed stage says, or what is known of its state. */
export function failureOf({ state, stages }: Pick<JobOfVideo, 'state' | 'stages'>): ErrorShape {
  const told = stages.find((stage) => stage.error !== null && (stage.state === 'failed' || stage.state === 'quarantined')) ?? stages.find((stage) => stage.error !== null)
  if (told?.error != null) return told.error
  if (state === 'missing') return { code: 'OFFLINE', message: messages.jobs.missing, hint: messages.jobs.missingHint }
  if (stages.some((stage) => stage.state === 'cancelled')) return { code: 'CANCELLED', message: messages.jobs.cancelled, hint: '' }
  return { code: 'INTERNAL', message: messages.jobs.unnamedFailure, hint: messages.jobs.unnamedHint }
}

export type QueueMood = 'idle' | 'working' | 'paused' | 'resting' | 'waiting' | 'elsewhere'

/** What the queue as a whole is doing. */
export function moodOf({ paused, resting, working, workedOnElsewhere, counts }: JobsOverview): QueueMood {
  if (counts.running + counts.waiting === 0) return 'idle'
  if (paused) return 'paused'
  if (resting !== null) return 'resting'
  if (workedOnElsewhere) return 'elsewhere'
  return working ? 'working' : 'waiting'
}

/** Seconds of video per second of work: 0.4, 3.2, 27. */
export function speedText(speed: number): string {
  return speed >= 10 ? String(Math.round(speed)) : speed.toFixed(1)
}
