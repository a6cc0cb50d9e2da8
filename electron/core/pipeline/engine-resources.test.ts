import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepSettings } from '../store/chosen-settings.ts'
import { video } from '../store/videos.ts'
import { testQueue, until } from './test-queue.ts'
import type { TestQueue } from './test-queue.ts'
import { testStages } from './test-stages.ts'

const forever = new AbortController().signal
let queue: TestQueue
beforeEach(async () => { queue = await testQueue() })
afterEach(async () => { await queue.close() })

const stateOf = (id: Parameters<typeof video>[1]) => video(queue.library.db, id)?.state

describe('the engine, by what it may take of the machine', () => {
  it('rests on battery where that is wished, and goes on at once on mains, without a pause of the person', async () => {
    const steps: number[] = []
    const id = queue.add('A')
    const engine = queue.engine(testStages({ scan: { stepMs: 30, onStep: (step) => { steps.push(step) } } }))
    engine.start()
    await until(() => steps.length === 3, 'the third step')
    engine.power(true)
    expect(engine.overview()).toMatchObject({ resting: 'battery', paused: false, etaSeconds: null })
    await until(() => queue.run(id, 'scan').state === 'pending', 'it has stopped')
    const before = steps.length
    await new Promise((resolve) => { setTimeout(resolve, 400) })
    expect(steps).toHaveLength(before)
    engine.power(false)
    expect(engine.overview().resting).toBeNull()
    await engine.idle([], forever)
    expect([stateOf(id), queue.run(id, 'scan').attempts]).toEqual(['ready', 0])
  })

  it('works on battery where the person wants that', async () => {
    keepSettings(queue.library.db, { pauseOnBattery: false })
    const id = queue.add('A')
    const engine = queue.engine(testStages())
    engine.power(true)
    await engine.idle([id], forever)
    expect([stateOf(id), engine.overview().resting]).toEqual(['ready', null])
  })

  it('runs no more stages side by side than it may take cores', async () => {
    let [running, most] = [0, 0]
    const counted = { stepMs: 5, onStep: async (): Promise<void> => {
      running++
      most = Math.max(most, running)
      await new Promise((resolve) => { setTimeout(resolve, 5) })
      running--
    } }
    keepSettings(queue.library.db, { cores: 1 })
    for (const title of ['A', 'B']) queue.add(title)
    await queue.engine(testStages({ scan: counted, speech: counted })).idle([], forever)
    expect(most).toBe(1)
  })

  it('lets a video that is put first go before one that is in work, which then goes on from where it was', async () => {
    const steps: string[] = []
    const isFirst = Promise.withResolvers<undefined>()
    const [long, short] = [queue.add('long'), queue.add('short')]
    const engine = queue.engine(testStages({ scan: { onStep: async (step, { id }) => {
      steps.push(`${id} ${step}`)
      if (id === long && step === 3) await isFirst.promise
    } } }))
    engine.start()
    await until(() => steps.includes(`${long} 3`) && queue.run(short, 'probe').state === 'done', 'the long one is in work, and the short one could be')
    engine.control('first', short)
    isFirst.resolve(undefined)
    await engine.idle([], forever)
    expect(steps.indexOf(`${short} 9`)).toBeLessThan(steps.indexOf(`${long} 9`))
    expect(steps.length).toBeLessThanOrEqual(21) // one step may be done twice
    expect([stateOf(long), stateOf(short), queue.run(long, 'scan').attempts]).toEqual(['ready', 'ready', 0])
  })
})
