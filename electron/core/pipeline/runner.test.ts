import { existsSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { VideoId } from '../../contract/ids.ts'
import { AppError } from '../errors.ts'
import { artifactsOf, keyframeName } from '../store/folder.ts'
import { claim } from '../store/leases.ts'
import { scenesOf } from '../store/scenes.ts'
import { cancelRuns } from '../store/stage-runs.ts'
import { stageSpeeds } from '../store/stage-speeds.ts'
import { deleteVideo, video } from '../store/videos.ts'
import type { RegisteredStage } from './registered-stage.ts'
import { runStage } from './runner.ts'
import { StageSkipped } from './stage.ts'
import { testLimits, testQueue, foundIn } from './test-queue.ts'
import type { TestQueue } from './test-queue.ts'
import { STEPS, testStages } from './test-stages.ts'

const forever = new AbortController().signal
let queue: TestQueue
beforeEach(async () => { queue = await testQueue() })
afterEach(async () => { await queue.close() })

/** A probed video whose scan is due. */
async function due(stages: RegisteredStage[], wantsFirstLook = false): Promise<VideoId> {
  const id = queue.add('A', wantsFirstLook)
  queue.enqueue(stages)
  await runStage(queue.runner(stages), { videoId: id, stage: 'probe' }, forever)
  return id
}

const scan = (stages: RegisteredStage[], id: VideoId, signal = forever) => runStage(queue.runner(stages), { videoId: id, stage: 'scan' }, signal)

describe('a stage of a video', () => {
  it('is run, stored with its files and measured', async () => {
    const stages = testStages()
    const id = await due(stages)
    expect(await scan(stages, id)).toEqual({ kind: 'done' })
    expect(queue.run(id, 'scan')).toMatchObject({ state: 'done', progress: 1, lease: null, error: null, position: '10' })
    expect(scenesOf(queue.library.db, id)).toHaveLength(STEPS)
    for (const { keyframePts } of scenesOf(queue.library.db, id)) expect(existsSync(path.join(queue.library.paths.folder, keyframeName(id, keyframePts!)))).toBe(true)
    expect(stageSpeeds(queue.library.db).get('scan')).toBeCloseTo(queue.run(id, 'scan').workSeconds / 10, 6)
  })

  it('is not run again when it is stored', async () => {
    const stages = testStages()
    const id = await due(stages)
    await scan(stages, id)
    const before = scenesOf(queue.library.db, id)
    expect(await scan(stages, id)).toEqual({ kind: 'not-due' })
    expect(scenesOf(queue.library.db, id)).toEqual(before)
  })

  it('is run again by a higher version, to the same result, and what hangs on it after it', async () => {
    const stages = testStages()
    const id = await due(stages)
    await scan(stages, id)
    await runStage(queue.runner(stages), { videoId: id, stage: 'speech' }, forever)
    const before = foundIn(queue.library.db, id)
    const newer = stages.map((registered) => registered.stage.name === 'probe' ? { ...registered, stage: { ...registered.stage, version: 2 } } : registered)
    expect(await runStage(queue.runner(newer), { videoId: id, stage: 'probe' }, forever)).toEqual({ kind: 'done' })
    expect([queue.run(id, 'scan'), queue.run(id, 'speech')]).toMatchObject([{ state: 'pending', position: null }, { state: 'pending', position: null }])
    await scan(newer, id)
    await runStage(queue.runner(newer), { videoId: id, stage: 'speech' }, forever)
    expect(foundIn(queue.library.db, id)).toEqual(before)
  })

  it('stops within one item and goes on from there; the attempt is not counted', async () => {
    const stop = new AbortController()
    const seen: number[] = []
    const stages = testStages({ scan: { onStep: (step) => {
      seen.push(step)
      if (step === 4 && !stop.signal.aborted) stop.abort(new AppError('CANCELLED', { message: 'Stopped.' }))
    } } })
    const id = await due(stages)
    expect(await scan(stages, id, stop.signal)).toEqual({ kind: 'stopped' })
    expect(queue.run(id, 'scan')).toMatchObject({ state: 'pending', position: '4', attempts: 0, lease: null })
    expect(await scan(stages, id)).toEqual({ kind: 'done' })
    expect(seen).toEqual([0, 1, 2, 3, 4, 4, 5, 6, 7, 8, 9])
  })

  it('is tried three times from where it is, and then given up, and said whole in the log each time', async () => {
    const stages = testStages({ scan: { onStep: (step) => { if (step === 6) throw new TypeError('a bug') } } })
    const id = await due(stages)
    const results = []
    for (let attempt = 0; attempt < 4; attempt++) results.push((await scan(stages, id)).kind)
    // The first attempt came on, so that it is the three after it that count.
    expect(results).toEqual(['failed', 'failed', 'failed', 'quarantined'])
    expect(queue.run(id, 'scan')).toMatchObject({ state: 'quarantined', position: '6', error: { code: 'INTERNAL', message: `Something went wrong in scan of ${queue.fileOf('A')}.` } })
    expect(queue.errors).toEqual(Array.from({ length: 4 }, () => new TypeError('a bug')))
    expect(await scan(stages, id)).toEqual({ kind: 'not-due' })
  })

  it('waits longer after each failed attempt', async () => {
    const stages = testStages({ scan: { onStep: () => { throw new Error('no') } } })
    const id = await due(stages)
    const [usual, nowMs] = [queue.runner(stages), Date.now()]
    const runner = { ...usual, tools: { ...usual.tools, clock: { ...usual.tools.clock, now: () => nowMs } }, limits: { ...testLimits, backoffMs: 1000 } }
    const waits: number[] = []
    for (let attempt = 0; attempt < 2; attempt++) {
      const result = await runStage(runner, { videoId: id, stage: 'scan' }, forever)
      if (result.kind === 'failed') waits.push(result.retryAtMs - nowMs)
    }
    expect(waits).toEqual([1000, 4000])
  })

  it('that finds nothing to work with is skipped with a note', async () => {
    const stages = testStages({ speech: { onStep: () => { throw new StageSkipped('no model') } } })
    const id = await due(stages)
    expect(await runStage(queue.runner(stages), { videoId: id, stage: 'speech' }, forever)).toEqual({ kind: 'skipped', note: 'no model' })
    expect(queue.run(id, 'speech')).toMatchObject({ state: 'skipped', note: 'no model', error: null, progress: 1 })
  })

  it('that refuses the video ends it: no further attempt', async () => {
    const error = { code: 'NO_FRAMES', message: 'There is nothing in it.', hint: 'Look elsewhere.' } as const
    const stages = testStages({ scan: { onStep: () => { throw new AppError(error.code, error) } } })
    const id = await due(stages)
    expect(await scan(stages, id)).toEqual({ kind: 'refused', error })
    expect(video(queue.library.db, id)).toMatchObject({ state: 'refused', error })
    expect(queue.errors).toEqual([])
    expect(await scan(stages, id)).toEqual({ kind: 'not-due' })
  })

  it('waits without counting when the file goes away in the middle, whatever error that makes', async () => {
    const stages = testStages({ scan: { onStep: (step) => {
      if (step !== 3) return
      rmSync(queue.fileOf('A'))
      throw new AppError('NOT_FOUND', { message: 'gone' })
    } } })
    const id = await due(stages)
    expect(await scan(stages, id)).toMatchObject({ kind: 'offline', error: { code: 'OFFLINE' } })
    expect(queue.run(id, 'scan')).toMatchObject({ state: 'pending', position: '3', attempts: 0 })
    expect(video(queue.library.db, id)?.state).toBe('missing')
  })

  it('is not given up for a full disk, however often that happens', async () => {
    const stages = testStages({ scan: { onStep: () => { throw new AppError('DISK_FULL', { message: 'full' }) } } })
    const id = await due(stages)
    for (let attempt = 0; attempt < 5; attempt++) expect((await scan(stages, id)).kind).toBe('failed')
    expect(queue.run(id, 'scan')).toMatchObject({ state: 'pending', attempts: 0, error: { code: 'DISK_FULL' } })
  })

  it('replaces what it found before, and the key frames of it', async () => {
    const stages = testStages()
    const id = await due(stages, true)
    await scan(stages, id)
    expect(video(queue.library.db, id)).toMatchObject({ badges: ['NO_AUDIO', 'FIRST_LOOK'], wantsFirstLook: false })
    expect(queue.run(id, 'scan')).toMatchObject({ state: 'done', isFirstLook: true })
    const [looked] = scenesOf(queue.library.db, id)
    const files = () => readdirSync(artifactsOf(queue.library.paths, id)).sort()
    expect(files()).toContain('keyframe-500.webp')
    expect(await scan(stages, id)).toEqual({ kind: 'done' })
    const scanned = scenesOf(queue.library.db, id)
    expect(scanned).toHaveLength(STEPS)
    expect(scanned[0]!.id).toBeGreaterThan(looked!.id)
    expect(files()).toEqual(scanned.map(({ keyframePts }) => `keyframe-${keyframePts}.webp`).sort())
    expect(video(queue.library.db, id)?.badges).toEqual(['NO_AUDIO'])
    expect(queue.run(id, 'scan')).toMatchObject({ state: 'done', isFirstLook: false })
  })
})

describe('the lease on a stage', () => {
  const other = { token: 'other', pid: process.pid, host: 'another-machine' }
  const take = (id: VideoId, lease: typeof other & { untilMs: number }, stage: 'scan' | 'speech' = 'scan') =>
    claim(queue.library.db, { videoId: id, stage, version: 1, isFirstLook: false, model: null, lease, nowMs: 0, mostDeaths: 99, isHolderGone: () => false }).kind

  it('keeps others away as long as its holder shows life', async () => {
    const stages = testStages()
    const id = await due(stages)
    expect(take(id, { ...other, untilMs: Date.now() + 30_000 })).toBe('claimed')
    expect(await scan(stages, id)).toEqual({ kind: 'not-due' })
  })

  it('is taken over when it ran out, and at once when its holder is dead on this machine', async () => {
    const stages = testStages()
    const id = await due(stages)
    take(id, { ...other, untilMs: Date.now() - 1 })
    expect(await scan(stages, id)).toEqual({ kind: 'done' })
    const second = queue.add('B')
    queue.enqueue(stages)
    await runStage(queue.runner(stages), { videoId: second, stage: 'probe' }, forever)
    const { host } = queue.runner(stages).claimant
    take(second, { token: 'dead', pid: 2 ** 22 + 1, host, untilMs: Date.now() + 30_000 }) // above the highest pid there is
    expect(await scan(stages, second)).toEqual({ kind: 'done' })
  })

  it('is checked at every write: who lost it stores nothing more', async () => {
    const stages = testStages({ scan: { onStep: (step, input) => {
      if (step === 5) queue.library.db.run(`UPDATE stage_run SET lease_token = 'other' WHERE video_id = @id AND stage = 'scan'`, { id: input.id })
    } } })
    const id = await due(stages)
    expect(await scan(stages, id)).toEqual({ kind: 'lease-lost' })
    expect(scenesOf(queue.library.db, id)).toHaveLength(5)
    expect(queue.run(id, 'scan')).toMatchObject({ state: 'running', position: '5', lease: { token: 'other' } })
  })

  it('lost to a cancel or a removal ends the work in the middle of a long item', async () => {
    const stages = testStages({ scan: { stepMs: 20_000, onStep: (_step, { id }) => { cancelRuns(queue.library.db, id, 1) } } })
    const id = await due(stages)
    expect(await scan(stages, id)).toEqual({ kind: 'cancelled' })
    const removing = testStages({ scan: { stepMs: 20_000, onStep: (_step, { id: own }) => { deleteVideo(queue.library.db, own) } } })
    const second = queue.add('B')
    queue.enqueue(removing)
    await runStage(queue.runner(removing), { videoId: second, stage: 'probe' }, forever)
    expect(await scan(removing, second)).toEqual({ kind: 'lease-lost' })
  })

  it('of processes that died over a model three times without coming on is given to nobody: the stage is quarantined, the rest goes on', async () => {
    const stages = testStages()
    const id = await due(stages)
    for (let death = 0; death < 3; death++) expect(take(id, { ...other, untilMs: -1 }, 'speech')).toBe('claimed')
    expect(await runStage(queue.runner(stages), { videoId: id, stage: 'speech' }, forever)).toMatchObject({
      kind: 'quarantined', error: { code: 'QUARANTINED', message: `Scenedex ended 3 times in a row while it worked on speech of ${queue.fileOf('A')}.` },
    })
    expect(await scan(stages, id)).toEqual({ kind: 'done' })
    expect(video(queue.library.db, id)).toMatchObject({ state: 'failed', error: { code: 'QUARANTINED' } })
  })

  it('of processes that died while another program decoded is given on more often, and failures are counted apart', async () => {
    let isBroken = true
    const stages = testStages({ scan: { onStep: () => { if (isBroken) throw new Error('once') } } })
    const id = await due(stages)
    for (let death = 0; death < 9; death++) expect(take(id, { ...other, untilMs: -1 })).toBe('claimed')
    expect(await scan(stages, id)).toMatchObject({ kind: 'failed' })
    expect(queue.run(id, 'scan')).toMatchObject({ attempts: 10, deaths: 9 })
    isBroken = false
    expect(await scan(stages, id)).toEqual({ kind: 'done' })
    expect(queue.run(id, 'scan')).toMatchObject({ attempts: 0, deaths: 0 })
  })
})
