import { afterEach, beforeEach, expect, it } from 'vitest'
import type { VideoId } from '../../contract/ids.ts'
import { restartForModels } from './older-runs.ts'
import { runStage } from './runner.ts'
import { lacksModel, StageSkipped } from './stage.ts'
import type { TestQueue } from './test-queue.ts'
import { testQueue } from './test-queue.ts'
import { noModels, testStages } from './test-stages.ts'
import type { Runner } from './work.ts'

const forever = new AbortController().signal
let queue: TestQueue
beforeEach(async () => { queue = await testQueue() })
afterEach(async () => { await queue.close() })

/** What hears here is called so, and ends as it is told. */
function hearing(model: string | null, end: () => Error): Runner {
  const stages = testStages({ speech: { onStep: () => { throw end() } } }).map((one) => one.stage.name === 'speech' ? { ...one, model: 'speech' as const } : one)
  const runner = queue.runner(stages)
  const speech = model === null ? noModels.speech : async () => ({ id: model, transcribe: () => { throw new Error('nothing is heard here') } })
  return { ...runner, tools: { ...runner.tools, models: { ...noModels, speech } } }
}

async function worked(runner: Runner): Promise<VideoId> {
  const id = queue.add('A')
  queue.enqueue([...runner.stages])
  for (const { stage } of runner.stages) await runStage(runner, { videoId: id, stage: stage.name }, forever)
  return id
}

it('a video in which there is nothing to hear is not heard again for every model that comes', async () => {
  for (const before of [null, 'small']) {
    const id = await worked(hearing(before, () => new StageSkipped('subtitles are there')))
    await restartForModels(hearing('large', () => new StageSkipped('')))
    expect([before, queue.run(id, 'speech').state, queue.run(id, 'speech').note]).toEqual([before, 'skipped', 'subtitles are there'])
    queue.library.db.run('DELETE FROM video')
  }
})

it('a video that was left out for want of a model is heard once there is one', async () => {
  const id = await worked(hearing(null, () => lacksModel('no speech model')))
  expect(queue.run(id, 'speech')).toMatchObject({ state: 'skipped', note: 'no speech model' })
  await restartForModels(hearing('large', () => new StageSkipped('')))
  expect(queue.run(id, 'speech').state).toBe('pending')
})
