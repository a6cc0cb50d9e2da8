import { renameSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { video } from '../store/videos.ts'
import { testQueue, until } from './test-queue.ts'
import type { TestQueue } from './test-queue.ts'
import { testStages } from './test-stages.ts'

const forever = new AbortController().signal
let queue: TestQueue
beforeEach(async () => { queue = await testQueue() })
afterEach(async () => { await queue.close() })

const stateOf = (id: Parameters<typeof video>[1]) => video(queue.library.db, id)?.state

describe('the engine', () => {
  it('does not take another file at the path of a missing video for it, and says so', async () => {
    const id = queue.add('A')
    renameSync(queue.fileOf('A'), queue.fileOf('away'))
    const engine = queue.engine(testStages())
    await engine.idle([], forever)
    writeFileSync(queue.fileOf('A'), 'somebody else')
    await until(() => video(queue.library.db, id)?.error?.code === 'CHANGED', 'it was seen')
    expect(video(queue.library.db, id)).toMatchObject({ state: 'missing', identity: 'A', error: { message: `Another file is at ${queue.fileOf('A')} now.` } })
    renameSync(queue.fileOf('away'), queue.fileOf('A'))
    await until(() => stateOf(id) === 'ready', 'the right one is back')
  })

  it('looks again at a video that an older version has refused', async () => {
    const id = queue.add('A')
    const refusing = testStages({ scan: { onStep: () => { throw new AppError('UNREADABLE', { message: 'No picture.' }) } } })
    const older = queue.engine(refusing)
    await older.idle([], forever)
    await older.stop()
    expect(stateOf(id)).toBe('refused')
    const newer = testStages().map((one) => one.stage.name === 'scan' ? { ...one, stage: { ...one.stage, version: 2 } } : one)
    await queue.engine(newer).idle([], forever)
    expect(stateOf(id)).toBe('ready')
  })
})
