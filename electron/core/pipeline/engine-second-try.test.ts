import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { segmentsOf } from '../store/speech.ts'
import { restartRun } from '../store/stage-runs.ts'
import { video } from '../store/videos.ts'
import { StageSkipped } from './stage.ts'
import { foundIn, testQueue, until } from './test-queue.ts'
import type { TestQueue } from './test-queue.ts'
import { testStages } from './test-stages.ts'

const forever = new AbortController().signal
let queue: TestQueue
beforeEach(async () => { queue = await testQueue() })
afterEach(async () => { await queue.close() })

const stateOf = (id: Parameters<typeof video>[1]) => video(queue.library.db, id)?.state

describe('the engine, where work was stopped or is done again', () => {
  it('tries again what was skipped, from its start, and leaves what a person cancelled', async () => {
    const [a, b] = [queue.add('A'), queue.add('B')]
    const cancelled = Promise.withResolvers<undefined>()
    const engine = queue.engine(testStages({
      // However late the word to cancel comes, B is still being looked at.
      scan: { onStep: async (_step, { id }) => { if (id === b) await cancelled.promise } },
      speech: { onStep: (_step, { id }) => { if (id === a) throw new StageSkipped('no words') } },
    }))
    await engine.idle([a], forever)
    engine.control('cancel', b)
    cancelled.resolve(undefined)
    await engine.idle([], forever)
    expect([queue.run(a, 'speech').state, queue.run(a, 'speech').progress, queue.run(b, 'scan').state]).toEqual(['skipped', 1, 'cancelled'])
    const paused = engine.control('pause', null)
    expect(paused.videos.find(({ videoId }) => videoId === b)).toMatchObject({ state: 'failed', paused: false })
    engine.tryAgain([a, b])
    expect(queue.run(a, 'speech')).toMatchObject({ state: 'pending', progress: 0, position: null, note: null, attempts: 0 })
    expect([stateOf(b), queue.run(b, 'scan').state]).toEqual(['failed', 'cancelled'])
  })

  it('forgets the words of a video that has none any more', async () => {
    let hasWords = true
    const id = queue.add('A')
    const engine = queue.engine(testStages({ speech: { onStep: () => { if (!hasWords) throw new StageSkipped('no words') } } }))
    await engine.idle([], forever)
    const said = () => [segmentsOf(queue.library.db, id).length, JSON.stringify(foundIn(queue.library.db, id)).includes('seven')]
    expect(said()).toEqual([10, true])
    hasWords = false
    restartRun(queue.library.db, id, 'speech')
    await engine.idle([], forever)
    expect(queue.run(id, 'speech').state).toBe('skipped')
    expect(said()).toEqual([0, false])
  })

  it('writes nothing for a video any more once it is given up', async () => {
    const steps: string[] = []
    const id = queue.add('A')
    const engine = queue.engine(testStages({ scan: { onStep: async (step) => {
      if (step !== 3) return
      steps.push('begun')
      await new Promise((resolve) => { setTimeout(resolve, 100) })
      steps.push('ended')
    } } }))
    engine.start()
    await until(() => steps.length === 1, 'the third step')
    await engine.giveUp(id)
    expect(steps).toEqual(['begun', 'ended'])
    expect(queue.run(id, 'scan').state).toBe('cancelled')
  })

  it('tells who waits that the drive is full, and goes on when it is not', async () => {
    let isFull = true
    const id = queue.add('A')
    const engine = queue.engine(testStages({ scan: { onStep: () => { if (isFull) throw new AppError('DISK_FULL', { message: 'no room' }) } } }))
    await expect(engine.idle([], forever)).rejects.toMatchObject({ code: 'DISK_FULL', message: 'no room' })
    expect(queue.run(id, 'scan')).toMatchObject({ state: 'pending', attempts: 0 })
    isFull = false
    queue.library.db.exec('UPDATE stage_run SET retry_at_ms = NULL')
    await engine.idle([], forever)
    expect(stateOf(id)).toBe('ready')
  })
})
