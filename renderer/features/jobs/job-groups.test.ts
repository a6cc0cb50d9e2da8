import { describe, expect, it } from 'vitest'
import type { JobOfVideo, JobsOverview } from '../../../electron/contract/jobs.ts'
import type { StageStatus } from '../../../electron/contract/videos.ts'
import { VideoId } from '../../../electron/contract/ids.ts'
import { failureOf, groupOf, jobLines, moodOf, speedText } from './job-groups.ts'

function stage(name: StageStatus['name'], state: StageStatus['state'], given: Partial<StageStatus> = {}): StageStatus {
  return { name, state, progress: 0, attempts: 1, workSeconds: 0, speed: null, note: null, error: null, ...given }
}

function job(id: number, given: Partial<JobOfVideo> = {}): JobOfVideo {
  const usual = { state: 'ready', paused: false, progress: 1, speed: null, etaSeconds: null, current: null } as const
  return { videoId: VideoId.parse(id), title: `Video ${id}`, ...usual, stages: [stage('scan', 'done')], ...given }
}

const overview: JobsOverview = {
  paused: false, resting: null, working: true, workedOnElsewhere: false, progress: 0.5, speed: 2, etaSeconds: 10,
  counts: { running: 1, waiting: 2, failed: 0, done: 0 }, videos: [], leftOut: 0,
}

describe('the list of what is being done', () => {
  it('has running, failed, waiting and done videos under headings, and no empty heading', () => {
    const lines = jobLines([
      job(1), job(2, { state: 'queued', stages: [stage('probe', 'pending')] }), job(3, { state: 'processing', current: 'scan' }), job(4, { state: 'queued', stages: [stage('scan', 'paused')] }),
    ])
    expect(lines.map((line) => line.kind === 'heading' ? line.group : line.job.videoId)).toEqual(['running', 3, 'waiting', 2, 4, 'done', 1])
  })

  it('counts a video among the failed when a part of it was given up', () => {
    expect(groupOf(job(1, { stages: [stage('scan', 'done'), stage('speech', 'quarantined')] }))).toBe('failed')
    expect(groupOf(job(1, { stages: [stage('scan', 'done'), stage('picture-vectors', 'skipped')] }))).toBe('done')
  })

  it('says why a video failed, from its stages or from its state', () => {
    const error = { code: 'DECODE_FAILED', message: 'It can not be decoded.', hint: 'Copy it again.' } as const
    expect(failureOf(job(1, { stages: [stage('probe', 'done'), stage('scan', 'failed', { error })] }))).toBe(error)
    expect(failureOf(job(1, { state: 'missing' })).code).toBe('OFFLINE')
    expect(failureOf(job(1, { state: 'failed', stages: [stage('scan', 'cancelled')] })).code).toBe('CANCELLED')
  })
})

describe('the queue', () => {
  it('is idle, working, paused, resting, waiting or worked on elsewhere', () => {
    expect(moodOf(overview)).toBe('working')
    expect(moodOf({ ...overview, working: false })).toBe('waiting')
    expect(moodOf({ ...overview, paused: true })).toBe('paused')
    expect(moodOf({ ...overview, resting: 'battery' })).toBe('resting')
    expect(moodOf({ ...overview, workedOnElsewhere: true })).toBe('elsewhere')
    expect(moodOf({ ...overview, paused: true, counts: { running: 0, waiting: 0, failed: 3, done: 9 } })).toBe('idle')
  })

  it('tells its speed with as many digits as matter', () => {
    expect([0.42, 3.21, 27.4].map(speedText)).toEqual(['0.4', '3.2', '27'])
  })
})
