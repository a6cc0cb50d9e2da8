import { existsSync, utimesSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { VideoId } from '../../contract/ids.ts'
import { artifactsOf } from '../store/folder.ts'
import { scenesOf } from '../store/scenes.ts'
import { video } from '../store/videos.ts'
import type { RegisteredStage } from './registered-stage.ts'
import { runStage } from './runner.ts'
import { testQueue } from './test-queue.ts'
import type { TestQueue } from './test-queue.ts'
import { testStages } from './test-stages.ts'

const forever = new AbortController().signal
let queue: TestQueue
beforeEach(async () => { queue = await testQueue() })
afterEach(async () => { await queue.close() })

/** A probed video whose scan is due. */
async function due(stages: RegisteredStage[]): Promise<VideoId> {
  const id = queue.add('A')
  queue.enqueue(stages)
  await runStage(queue.runner(stages), { videoId: id, stage: 'probe' }, forever)
  return id
}

const scan = (stages: RegisteredStage[], id: VideoId) => runStage(queue.runner(stages), { videoId: id, stage: 'scan' }, forever)

/** Other content at the same path, written long ago. */
function exchange(title: string, content: string): void {
  writeFileSync(queue.fileOf(title), content)
  utimesSync(queue.fileOf(title), 2, 2)
}

describe('a stage', () => {
  it('of a file that was exchanged since its import begins anew under the new identity, and keeps nothing of the old one', async () => {
    const stages = testStages()
    const id = await due(stages)
    await scan(stages, id)
    exchange('A', 'other content')
    expect(await runStage(queue.runner(stages), { videoId: id, stage: 'speech' }, forever)).toEqual({ kind: 'changed' })
    const of = video(queue.library.db, id)!
    expect(of).toMatchObject({ state: 'queued', media: null, sizeBytes: 13, badges: ['NO_AUDIO', 'CHANGED'] })
    expect(of.identity).toMatch(/^[0-9a-f]{64}$/)
    expect([scenesOf(queue.library.db, id), existsSync(artifactsOf(queue.library.paths, id))]).toEqual([[], false])
    for (const { stage } of stages) {
      expect(queue.run(id, stage.name)).toMatchObject({ state: 'pending', lease: null })
      expect(await runStage(queue.runner(stages), { videoId: id, stage: stage.name }, forever)).toEqual({ kind: 'done' })
    }
    expect(video(queue.library.db, id)).toMatchObject({ state: 'ready', badges: ['NO_AUDIO'] })
  })

  it('whose file is exchanged in the middle is not done, whatever it has found', async () => {
    const stages = testStages({ scan: { onStep: (step) => { if (step === 9) exchange('A', 'other') } } })
    const id = await due(stages)
    expect(await scan(stages, id)).toEqual({ kind: 'changed' })
    expect([queue.run(id, 'scan').state, scenesOf(queue.library.db, id)]).toEqual(['pending', []])
  })

  it('waits while the file is being written, without counting', async () => {
    const stages = testStages()
    const id = await due(stages)
    writeFileSync(queue.fileOf('A'), 'half of')
    expect(await scan(stages, id)).toMatchObject({ kind: 'failed', error: { code: 'IN_USE' } })
    expect(queue.run(id, 'scan')).toMatchObject({ state: 'pending', attempts: 0 })
  })

  it('does not take the file of another video for its own', async () => {
    const stages = testStages()
    const id = await due(stages)
    exchange('A', 'other')
    await scan(stages, id)
    const second = queue.add('B')
    queue.enqueue(stages)
    exchange('B', 'other')
    expect(await runStage(queue.runner(stages), { videoId: second, stage: 'probe' }, forever)).toMatchObject({
      kind: 'offline', error: { code: 'CHANGED', message: `Another file is at ${queue.fileOf('B')} now.` },
    })
    expect(video(queue.library.db, second)).toMatchObject({ state: 'missing', identity: 'B' })
  })
})
