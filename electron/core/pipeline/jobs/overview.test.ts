import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { VideoId } from '../../../contract/ids.ts'
import type { StageName } from '../../../contract/videos.ts'
import { addStageSpeed } from '../../store/stage-speeds.ts'
import { setFacts } from '../../store/videos.ts'
import { testMedia } from '../../store/test-library.ts'
import type { TestQueue } from '../test-queue.ts'
import { testQueue } from '../test-queue.ts'
import { testStages } from '../test-stages.ts'
import { jobsOverview } from './overview.ts'
import { beginBatch, pauseQueue, unfinishedVideos } from './queue-state.ts'

// What they cost before they were measured: probe 0.1 s a video, scan 0.1 s and speech 0.2 s for each second of video.
const stages = testStages()
let queue: TestQueue
beforeEach(async () => { queue = await testQueue() })
afterEach(async () => { await queue.close() })

const overview = (limit?: number) => jobsOverview(queue.library.db, { stages, nowMs: 1_000_000, ownToken: null, silentMs: 30_000, limit: limit ?? null })

function add(title: string): VideoId {
  const id = queue.add(title)
  setFacts(queue.library.db, id, testMedia) // 10 s
  queue.enqueue(stages)
  return id
}

function set(id: VideoId, stage: StageName, columns: string): void {
  queue.library.db.run(`UPDATE stage_run SET ${columns} WHERE video_id = @id AND stage = @stage`, { id, stage })
}

describe('the overview of the work', () => {
  it('weighs each stage by what it costs, and what works side by side counts once', () => {
    const [a, b] = [add('A'), add('B')]
    for (const id of [a, b]) set(id, 'probe', `state = 'done', progress = 1`)
    set(a, 'scan', `state = 'done', progress = 1`)
    // A: 0.1 + 1 done, 2 left. B: 0.1 done, 1 + 2 left.
    const jobs = overview()
    expect(jobs.videos.map(({ progress, etaSeconds }) => [progress.toFixed(3), etaSeconds])).toEqual([[(1.1 / 3.1).toFixed(3), 2], [(0.1 / 3.1).toFixed(3), 3]])
    expect(jobs.progress).toBeCloseTo(1.2 / 6.2, 6)
    expect(jobs.etaSeconds).toBe(4) // speech of both; the scan of B runs beside it
    expect(jobs).toMatchObject({ working: false, speed: null, paused: false, workedOnElsewhere: false })
  })

  it('takes the speeds measured on this machine, the newer ones more', () => {
    const id = add('A')
    for (const stage of ['probe', 'speech'] as const) set(id, stage, `state = 'done', progress = 1`)
    addStageSpeed(queue.library.db, 'scan', 1)
    expect(overview().etaSeconds).toBe(10)
    addStageSpeed(queue.library.db, 'scan', 2)
    expect(overview().etaSeconds).toBeCloseTo(13, 6) // 1 + 0.3 x (2 - 1)
  })

  it('tells the speed of what runs and counts with it: 4 of 10 s in 2 s of work is 2 x realtime, 3 s left', () => {
    const id = add('A')
    for (const stage of ['probe', 'speech'] as const) set(id, stage, `state = 'done', progress = 1`)
    set(id, 'scan', `state = 'running', progress = 0.4, work_seconds = 2`)
    expect(overview().videos[0]).toMatchObject({ current: 'scan', speed: 2 })
    expect(overview().etaSeconds).toBeCloseTo(0.6, 6) // too short a measure to count with
    set(id, 'scan', 'progress = 0.8, work_seconds = 4')
    expect(overview()).toMatchObject({ working: true, speed: 2 })
    expect(overview().etaSeconds).toBeCloseTo(1, 6)
  })

  it('shows what is left, what failed and what was done since the queue was last empty', () => {
    const [done, before, failed] = [add('done'), add('before'), add('failed')]
    beginBatch(queue.library.db, 500)
    for (const [id, endedMs] of [[done, 600], [before, 400]] as const) {
      for (const stage of ['probe', 'scan', 'speech'] as const) set(id, stage, `state = 'done', progress = 1, ended_ms = ${endedMs}`)
      queue.library.db.run(`UPDATE video SET state = 'ready' WHERE id = @id`, { id })
    }
    set(failed, 'probe', `state = 'quarantined', ended_ms = 400`)
    queue.library.db.run(`UPDATE video SET state = 'failed' WHERE id = @id`, { id: failed })
    expect(overview().videos.map(({ videoId }) => videoId)).toEqual([failed, done])
    expect(overview().counts).toEqual({ running: 0, waiting: 0, failed: 1, done: 1 })
    expect(overview()).toMatchObject({ progress: 1, etaSeconds: null })
  })

  it('lists what runs, then what failed, then what waits, the first put first; of many the first few, and counts them all', () => {
    const [waits, first, runs, failed] = [add('waits'), add('first'), add('runs'), add('failed')]
    queue.library.db.run('UPDATE video SET priority = 1 WHERE id = @id', { id: first })
    set(runs, 'probe', `state = 'running'`)
    set(failed, 'probe', `state = 'quarantined'`)
    queue.library.db.run(`UPDATE video SET state = 'failed' WHERE id = @id`, { id: failed })
    expect(overview().videos.map(({ videoId }) => videoId)).toEqual([runs, failed, first, waits])
    const few = overview(2)
    expect(few.videos.map(({ videoId }) => videoId)).toEqual([runs, failed])
    expect(few).toMatchObject({ leftOut: 2, counts: { running: 1, waiting: 2, failed: 1, done: 0 }, progress: overview().progress })
  })

  it('promises nothing while all is paused', () => {
    add('A')
    pauseQueue(queue.library.db, true)
    expect(overview()).toMatchObject({ paused: true, etaSeconds: null, videos: [{ paused: true, etaSeconds: null }] })
  })
})

describe('a video is unfinished', () => {
  it('as long as something of it will be done by itself', () => {
    const id = add('A')
    const isUnfinished = () => unfinishedVideos(queue.library.db, stages, { videos: [id], until: 'done' }).length === 1
    expect(isUnfinished()).toBe(true)
    set(id, 'probe', `state = 'quarantined'`)
    expect(isUnfinished()).toBe(false) // the rest needs what was given up
    set(id, 'probe', `state = 'done'`)
    expect(isUnfinished()).toBe(true)
    queue.library.db.run('UPDATE video SET paused = 1')
    expect(isUnfinished()).toBe(false)
    set(id, 'scan', `state = 'running'`)
    expect(isUnfinished()).toBe(true) // until it has stopped
    queue.library.db.run('UPDATE video SET paused = 0')
    for (const stage of ['scan', 'speech'] as const) set(id, stage, `state = 'done'`)
    expect(isUnfinished()).toBe(false)
    set(id, 'scan', 'is_first_look = 1')
    expect(isUnfinished()).toBe(true)
  })
})
