import { renameSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sqlite } from '../../../native/sqlite/open.ts'
import type { AppEvent } from '../../contract/events.ts'
import { AppError } from '../errors.ts'
import { openLibrary } from '../store/database.ts'
import { testClock } from '../store/test-library.ts'
import { video } from '../store/videos.ts'
import { createEngine } from './engine.ts'
import { controlQueue } from './jobs/control.ts'
import { testLimits, testQueue, until } from './test-queue.ts'
import type { TestQueue } from './test-queue.ts'
import { testStages, testTools } from './test-stages.ts'

const forever = new AbortController().signal
let queue: TestQueue
beforeEach(async () => { queue = await testQueue() })
afterEach(async () => { await queue.close() })

const stateOf = (id: Parameters<typeof video>[1]) => video(queue.library.db, id)?.state
const ofType = <Type extends AppEvent['type']>(type: Type) => queue.events.filter((event): event is Extract<AppEvent, { type: Type }> => event.type === type)

/** Stages that write down in which order they begin. */
function watched(stepMs = 1): { stages: ReturnType<typeof testStages>, begun: string[] } {
  const begun: string[] = []
  const at = (name: string) => (step: number, { id, isFirstLook }: { id: number, isFirstLook: boolean }): void => {
    if (step === 0) begun.push(`${name}${isFirstLook ? ' first' : ''} ${id}`)
  }
  return { begun, stages: testStages({ probe: { onStep: at('probe') }, scan: { onStep: at('scan'), stepMs }, speech: { onStep: at('speech'), stepMs } }) }
}

describe('the engine', () => {
  it('makes every video ready and says so once', async () => {
    const ids = [queue.add('A'), queue.add('B')]
    const engine = queue.engine(testStages())
    expect(engine.start()).toBe('working')
    await engine.idle([], forever)
    expect(ids.map(stateOf)).toEqual(['ready', 'ready'])
    expect(ofType('video-ready')).toEqual(ids.map((videoId, at) => ({ type: 'video-ready', videoId, path: queue.fileOf('AB'[at]!) })))
    expect(engine.overview()).toMatchObject({ progress: 1, etaSeconds: null, working: false, paused: false, workedOnElsewhere: false })
  })

  it('goes breadth first: the cheap stage of all videos before the dear one of any, and side by side what needs other things', async () => {
    const { stages, begun } = watched()
    for (const title of 'ABC') queue.add(title)
    await queue.engine(stages).idle([], forever)
    const ofStage = (name: string) => begun.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1))
    expect([ofStage('probe'), ofStage('scan'), ofStage('speech')]).toEqual([['1', '2', '3'], ['1', '2', '3'], ['1', '2', '3']])
    expect(begun.indexOf('speech 1')).toBeLessThan(begun.indexOf('scan 2'))
  })

  it('does one thing at a time that needs the same', async () => {
    let [running, most] = [0, 0]
    const stages = testStages({ scan: { onStep: async () => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => { setTimeout(resolve, 1) })
      running--
    } } })
    for (const title of 'ABC') queue.add(title)
    await queue.engine(stages).idle([], forever)
    expect(most).toBe(1)
  })

  it('takes a video first that the person wants first', async () => {
    const { stages, begun } = watched()
    for (const title of 'ABCD') queue.add(title)
    const engine = queue.engine(stages)
    engine.control('first', video(queue.library.db, queue.add('E'))!.id)
    await engine.idle([], forever)
    expect(begun.filter((line) => line.startsWith('scan'))).toEqual(['scan 5', 'scan 1', 'scan 2', 'scan 3', 'scan 4'])
    expect(begun.filter((line) => line.startsWith('probe'))[0]).toBe('probe 5')
  })

  it('gives every video its first look before any gets its full scan, and is ready in between', async () => {
    const { stages, begun } = watched(5)
    const [a, b] = [queue.add('A', true), queue.add('B', true)]
    const engine = queue.engine(stages)
    engine.start()
    await until(() => begun.includes('scan 1'), 'the full scan begins')
    expect([stateOf(a), stateOf(b), video(queue.library.db, b)?.badges.includes('FIRST_LOOK')]).toEqual(['ready', 'ready', true])
    await engine.idle([], forever)
    expect(begun.filter((line) => line.startsWith('scan'))).toEqual(['scan first 1', 'scan first 2', 'scan 1', 'scan 2'])
    expect([stateOf(a), video(queue.library.db, a)?.badges]).toEqual(['ready', ['NO_AUDIO']])
    expect(ofType('video-ready')).toHaveLength(2)
  })

  it('pauses within one item and goes on from there', async () => {
    const steps: number[] = []
    const id = queue.add('A')
    const engine = queue.engine(testStages({ scan: { stepMs: 30, onStep: (step) => { steps.push(step) } } }))
    engine.start()
    await until(() => steps.length === 3, 'the third step')
    expect(engine.control('pause', null)).toMatchObject({ paused: true, etaSeconds: null })
    await until(() => queue.run(id, 'scan').state === 'pending', 'it has stopped')
    const before = steps.length
    await engine.idle([], forever) // nothing goes on by itself: this does not wait
    expect(steps).toHaveLength(before)
    engine.control('resume', null)
    await engine.idle([], forever)
    expect(stateOf(id)).toBe('ready')
    expect(steps.length).toBeLessThanOrEqual(11)
    expect(queue.run(id, 'scan').attempts).toBe(0)
  })

  it('pauses one video and does the others', async () => {
    const [a, b] = [queue.add('A'), queue.add('B')]
    const engine = queue.engine(testStages())
    engine.control('pause', a)
    await engine.idle([], forever)
    expect([stateOf(a), stateOf(b)]).toEqual(['queued', 'ready'])
    expect(engine.overview().videos.find(({ videoId }) => videoId === a)).toMatchObject({ paused: true, etaSeconds: null, stages: [{ state: 'paused' }, { state: 'paused' }, { state: 'paused' }] })
    engine.control('resume', a)
    await engine.idle([a], forever)
    expect(stateOf(a)).toBe('ready')
  })

  it('cancels within one item, and tries again from there when asked', async () => {
    const steps: number[] = []
    const id = queue.add('A')
    const engine = queue.engine(testStages({ scan: { stepMs: 30, onStep: (step) => { steps.push(step) } } }))
    engine.start()
    await until(() => steps.length === 3, 'the third step')
    engine.control('cancel', id)
    await engine.idle([id], forever)
    expect([stateOf(id), video(queue.library.db, id)?.error?.code, queue.run(id, 'scan').state]).toEqual(['failed', 'CANCELLED', 'cancelled'])
    await new Promise((resolve) => { setTimeout(resolve, 100) })
    expect(steps).toHaveLength(3)
    engine.control('retry', id)
    await engine.idle([id], forever)
    expect([stateOf(id), video(queue.library.db, id)?.error]).toEqual(['ready', null])
    expect(steps).toEqual([0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('gives one video up and does the others; what waits for the lost stage waits in vain, and retry begins it anew', async () => {
    let isBroken = true
    const [a, b] = [queue.add('A'), queue.add('B')]
    const engine = queue.engine(testStages({ probe: { onStep: (_step, { id }) => { if (id === a && isBroken) throw new Error('broken') } } }))
    await engine.idle([], forever)
    expect([stateOf(a), stateOf(b)]).toEqual(['failed', 'ready'])
    expect(queue.run(a, 'probe')).toMatchObject({ state: 'quarantined', attempts: 3 })
    expect(ofType('video-failed')).toMatchObject([{ videoId: a, error: { code: 'INTERNAL' } }])
    isBroken = false
    engine.control('retry', a)
    await engine.idle([], forever)
    expect(stateOf(a)).toBe('ready')
  })

  it('tells of a video that is refused', async () => {
    const id = queue.add('A')
    const engine = queue.engine(testStages({ probe: { onStep: () => { throw new AppError('NO_VIDEO', { message: 'Only sound.', hint: 'h' }) } } }))
    await engine.idle([id], forever)
    expect(ofType('refused')).toEqual([{ type: 'refused', refusal: { path: queue.fileOf('A'), code: 'NO_VIDEO', message: 'Only sound.', hint: 'h' } }])
  })

  it('lets a video wait whose file is gone, and goes on when it is back', async () => {
    const id = queue.add('A')
    renameSync(queue.fileOf('A'), queue.fileOf('away'))
    const engine = queue.engine(testStages())
    await engine.idle([], forever)
    expect([stateOf(id), queue.run(id, 'probe')]).toMatchObject(['missing', { state: 'pending', attempts: 0 }])
    renameSync(queue.fileOf('away'), queue.fileOf('A'))
    await until(() => stateOf(id) === 'ready', 'it was seen')
  })

  it('tells how far it is, at most four times a second, and never goes back', async () => {
    queue.add('A')
    // However late its word comes, the scan is not over before it was told of.
    const isTold = () => ofType('jobs').at(-1)?.jobs.videos[0]?.current === 'scan'
    const engine = queue.engine(testStages({ scan: { stepMs: 60, onStep: async (step) => { if (step === 9) await until(isTold, 'the scan was told of') } } }))
    const begun = performance.now()
    await engine.idle([], forever)
    const seconds = (performance.now() - begun) / 1000
    const told = ofType('jobs').map(({ jobs }) => jobs)
    expect(told.length).toBeGreaterThanOrEqual(2)
    expect(told.length).toBeLessThanOrEqual(seconds * 4 + 2) // and the first and the last
    const scanned = told.map(({ videos }) => videos[0]!.stages.find(({ name }) => name === 'scan')?.progress ?? 0)
    expect(scanned).toEqual(scanned.toSorted((x, y) => x - y))
    expect(told.at(-2)).toMatchObject({ working: true, workedOnElsewhere: false, videos: [{ current: 'scan', state: 'processing' }] })
    expect(told.at(-1)).toMatchObject({ working: false, progress: 1, videos: [{ state: 'ready' }] })
  })

  it('ends a wait that is given up without ending the work', async () => {
    const id = queue.add('A')
    const engine = queue.engine(testStages({ scan: { stepMs: 10 } }))
    const stop = new AbortController()
    const waiting = engine.idle([id], stop.signal)
    stop.abort(new AppError('CANCELLED', { message: 'enough' }))
    await expect(waiting).rejects.toThrow('enough')
    await engine.idle([id], forever)
    expect(stateOf(id)).toBe('ready')
  })
})

describe('two engines on one library', () => {
  it('take turns: the second waits, hears and is heard, and goes on when the first one stops', async () => {
    const id = queue.add('A')
    const steps: number[] = []
    const first = queue.engine(testStages({ scan: { stepMs: 50, onStep: (step) => { steps.push(step) } } }))
    const elsewhere = await openLibrary(queue.library.paths.folder, sqlite, testClock)
    const second = createEngine({
      library: elsewhere, stages: testStages({ scan: { onStep: (step) => { steps.push(100 + step) } } }), tools: testTools(), emit: () => undefined, limits: testLimits,
    })
    expect([first.start(), second.start()]).toEqual(['working', 'another-process-works'])
    await until(() => steps.length === 2, 'the second step')
    expect([first.overview().workedOnElsewhere, second.overview().workedOnElsewhere]).toEqual([false, true])
    // What is said on one side is heard on the other.
    controlQueue(elsewhere.db, { action: 'pause', videoId: id, stages: testStages(), nowMs: 1 })
    await until(() => queue.run(id, 'scan').state === 'pending', 'the pause was heard')
    controlQueue(elsewhere.db, { action: 'resume', videoId: id, stages: testStages(), nowMs: 1 })
    await until(() => steps.length >= 5, 'it goes on')
    await first.stop()
    await second.idle([id], forever)
    expect(stateOf(id)).toBe('ready')
    expect(steps.some((step) => step >= 100)).toBe(true)
    // Every step was stored once; only those in hand at a pause and at the change were done twice.
    expect(new Set(steps.map((step) => step % 100)).size).toBe(10)
    expect(steps.length).toBeLessThanOrEqual(12)
    await second.stop()
    elsewhere.close()
  })
})
