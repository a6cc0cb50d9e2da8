import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addMissingRuns } from '../store/stage-runs.ts'
import { stages } from './registry.ts'
import { nextWork } from './scheduler.ts'
import type { TestQueue } from './test-queue.ts'
import { testQueue } from './test-queue.ts'

let queue: TestQueue
beforeEach(async () => { queue = await testQueue() })
afterEach(async () => { await queue.close() })

describe('of what the models do', () => {
  it('vectors of words that are there come before the hearing of another video, however long that waits', () => {
    const { db } = queue.library
    const [waiting, captioned] = [queue.add('To be heard'), queue.add('With captions')]
    for (const { stage } of stages) addMissingRuns(db, stage.name, stage.version)
    db.exec(`UPDATE stage_run SET state = 'done' WHERE stage IN ('probe', 'scan', 'speech', 'picture-vectors', 'tags');
      UPDATE stage_run SET state = 'skipped' WHERE stage = 'transcription' AND video_id = ${captioned}`)
    expect(nextWork(db, stages, { resource: 'inference', nowMs: 1 })).toEqual({ videoId: captioned, stage: 'text-vectors' })
    db.exec(`UPDATE stage_run SET state = 'done' WHERE stage = 'text-vectors' AND video_id = ${captioned}`)
    expect(nextWork(db, stages, { resource: 'inference', nowMs: 1 })).toEqual({ videoId: waiting, stage: 'transcription' })
  })
})
