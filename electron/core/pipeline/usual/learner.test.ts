import { afterEach, beforeEach, expect, it } from 'vitest'
import { SceneId } from '../../../contract/ids.ts'
import { addScene } from '../../store/scenes.ts'
import { storedUsual } from '../../store/usual.ts'
import { coverVideo } from '../../store/vector-covers.ts'
import { putVector } from '../../store/vectors.ts'
import { testVideo } from '../../store/test-library.ts'
import type { TestQueue } from '../test-queue.ts'
import { testQueue } from '../test-queue.ts'
import { numbersModel, textModels } from '../test-switch.ts'
import { UsualLearner } from './learner.ts'

const kind = { model: 'm', modality: 'text' } as const
let queue: TestQueue
beforeEach(async () => { queue = await testQueue() })
afterEach(async () => { await queue.close() })

/** A video with as many passages. */
async function addPassages(count: number): Promise<void> {
  const { library } = queue
  const video = testVideo(library)
  const vectors = await numbersModel('m').embed({ of: 'passages', texts: Array.from({ length: count }, (_, at) => `${String(video)} ${String(at)}`) }, new AbortController().signal)
  for (const [at, vector] of vectors.entries()) {
    const sceneId = SceneId.parse(addScene(library.db, video, { startPts: 500 + at, endPts: 501 + at, keyframePts: null, motion: 0, brightness: 0, colours: [] }))
    putVector(library.db, { ...kind, sceneId, part: 0, atSeconds: 0, vector })
  }
  coverVideo(library.db, video, { stage: 'text-vectors', model: 'm', version: 1, nowMs: 1 })
}

it('what was learned while more was coming is learned again from all of it, before anybody who waits for the end is told', async () => {
  const runner = queue.runner([])
  const learner = new UsualLearner({ ...runner, tools: { ...runner.tools, models: textModels(numbersModel('m')) } }, () => undefined)
  const learned = (): number | undefined => storedUsual(queue.library.db, kind)?.usual.vectors
  await addPassages(50)
  learner.stageEnded('text-vectors')
  learner.look({ isHeld: false, isGrowing: true })
  await expect.poll(learned).toBe(50)
  await expect.poll(() => learner.isSettled).toBe(true)
  await addPassages(29)
  learner.stageEnded('text-vectors')
  // Another stage is still at work: 79 are not twice 50.
  learner.look({ isHeld: false, isGrowing: true })
  learner.look({ isHeld: false, isGrowing: false })
  expect(learner.isSettled).toBe(false)
  await expect.poll(learned).toBe(79)
})
