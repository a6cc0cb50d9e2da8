import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { VideoId } from '../../contract/ids.ts'
import { deleteVectorsOf } from '../store/vector-covers.ts'
import { createEngine } from './engine.ts'
import { restartForModels } from './older-runs.ts'
import { runStage } from './runner.ts'
import type { TestQueue } from './test-queue.ts'
import { StageSkipped } from './stage.ts'
import { testLimits, testQueue } from './test-queue.ts'
import { noModels, STEPS, testTools } from './test-stages.ts'
import { numbersModel, stagesWithTextVectors, textModels } from './test-switch.ts'
import type { Runner } from './work.ts'

const forever = new AbortController().signal
const stages = stagesWithTextVectors()
const [old, young] = [numbersModel('old'), numbersModel('young/int8')]

let queue: TestQueue
beforeEach(async () => { queue = await testQueue() })
afterEach(async () => { await queue.close() })

const runnerWith = (models: Runner['tools']['models']): Runner => ({ ...queue.runner(stages), tools: { ...testTools(queue.errors), models }, limits: testLimits })

/** Works until nothing is left to do, in the order of the stages. */
async function workOff(runner: Runner, videos: VideoId[]): Promise<number> {
  let done = 0
  for (const { stage } of stages) for (const id of videos) if ((await runStage(runner, { videoId: id, stage: stage.name }, forever)).kind === 'done') done++
  return done
}

const Cover = z.object({ video_id: z.number(), model: z.string() })
const covers = (): Record<string, number[]> => {
  const found: Record<string, number[]> = {}
  for (const { video_id: id, model } of queue.library.db.all('SELECT video_id, model FROM vector_cover ORDER BY model, video_id', Cover)) (found[model] ??= []).push(id)
  return found
}
const Vectors = z.object({ video_id: z.number(), model: z.string(), count: z.number() })
const vectors = () => queue.library.db.all(`SELECT video_id, model, count(*) AS count FROM vector JOIN scene ON scene.id = scene_id GROUP BY video_id, model ORDER BY model, video_id`, Vectors)
const states = (videos: VideoId[]): string[] => videos.map((id) => `${queue.run(id, 'text-vectors').state} ${queue.run(id, 'text-vectors').model ?? 'none'}`)

describe('another model', () => {
  it('fills up beside the one before, video by video; nothing of that goes', async () => {
    const videos = ['A', 'B', 'C'].map((title) => queue.add(title))
    const [a, b, c] = videos as [VideoId, VideoId, VideoId]
    queue.enqueue(stages)
    await workOff(runnerWith(textModels(old)), videos)
    expect([covers(), states(videos)]).toEqual([{ old: videos }, ['done old', 'done old', 'done old']])

    const switched = runnerWith(textModels(young, old))
    await restartForModels(switched)
    expect(states(videos)).toEqual(['pending old', 'pending old', 'pending old'])
    await runStage(switched, { videoId: b, stage: 'text-vectors' }, forever)
    expect(covers()).toEqual({ old: videos, 'young/int8': [b] })
    expect(vectors().map(({ video_id: id, model, count }) => [id, model, count])).toEqual([[a, 'old', STEPS], [b, 'old', STEPS], [c, 'old', STEPS], [b, 'young/int8', STEPS]])
  })

  it('is given up by choosing the one before: that has nothing to do, and neither has the new one where it was through', async () => {
    const videos = ['A', 'B'].map((title) => queue.add(title))
    queue.enqueue(stages)
    const before = runnerWith(textModels(old, young))
    await workOff(before, videos)
    const after = runnerWith(textModels(young, old))
    await restartForModels(after)
    await runStage(after, { videoId: videos[0]!, stage: 'text-vectors' }, forever)
    await restartForModels(before)
    expect(states(videos)).toEqual(['done old', 'done old'])
    expect(await workOff(before, videos)).toBe(0)
    await restartForModels(after)
    expect(states(videos)).toEqual(['done young/int8', 'pending old'])
  })

  it('that was put there while nobody worked is set to work at the next start', async () => {
    const id = queue.add('A')
    const workWith = async (models: Runner['tools']['models']): Promise<void> => {
      const engine = createEngine({ library: queue.library, stages, tools: { ...testTools(queue.errors), models }, emit: () => undefined, limits: testLimits })
      engine.start()
      await engine.idle([], forever)
      await engine.stop()
    }
    await workWith(noModels)
    expect(states([id])).toEqual(['skipped none'])
    await workWith(textModels(old))
    expect([states([id]), covers()]).toEqual([['done old'], { old: [id] }])
  })

  it('is looked for at the start and once for each stage, whatever changes in the library meanwhile', async () => {
    const id = queue.add('A')
    let asked = 0
    const models: Runner['tools']['models'] = { ...textModels(young), text: async () => {
      if (queue.run(id, 'text-vectors').state === 'pending' && asked++ < 20) {
        queue.library.db.run(`UPDATE video SET title = title || '.'`)
        engine.power(false) // looks at the queue
      }
      return young
    } }
    const engine = createEngine({ library: queue.library, stages, tools: { ...testTools(queue.errors), models }, emit: () => undefined, limits: testLimits })
    await engine.idle([], forever)
    await engine.stop()
    expect([states([id]), asked]).toEqual([['done young/int8'], 2])
  })

  it('that is chosen while the one before is at work takes the video over from its beginning', async () => {
    const id = queue.add('A')
    queue.enqueue(stages)
    const after = runnerWith(textModels(young, old))
    let switching: Promise<void> | undefined
    const busy = runnerWith(textModels(numbersModel('old', { onEmbed: () => { switching = restartForModels(after) } })))
    await workOff(busy, [id])
    await switching
    expect([states([id]), covers()]).toEqual([['pending old'], {}])
    await workOff(after, [id])
    expect([states([id]), covers()]).toEqual([['done young/int8'], { 'young/int8': [id] }])
    expect(new Set(vectors().map(({ model }) => model))).toEqual(new Set(['young/int8']))
  })

  it('starts again where the words have changed since: what it has made of others is not whole any more', async () => {
    const id = queue.add('A')
    queue.enqueue(stages)
    const before = runnerWith(textModels(old, young))
    await workOff(before, [id])
    const after = runnerWith(textModels(young, old))
    await restartForModels(after)
    queue.library.db.run(`UPDATE stage_run SET state = 'pending', position = NULL WHERE stage = 'speech'`)
    await workOff(after, [id])
    expect(covers()).toEqual({ 'young/int8': [id] })
    await restartForModels(before)
    expect(states([id])).toEqual(['pending young/int8'])
  })
})

describe('the vectors of a model', () => {
  it('stay when no model is there any more', async () => {
    const id = queue.add('A')
    queue.enqueue(stages)
    await workOff(runnerWith(textModels(old)), [id])
    queue.library.db.run(`UPDATE stage_run SET state = 'pending', position = NULL WHERE stage = 'text-vectors'`)
    expect(await runStage(queue.runner(stages), { videoId: id, stage: 'text-vectors' }, forever)).toEqual({ kind: 'skipped', note: 'no text model: what is said is found by its own words only' })
    expect([vectors().length, covers()]).toEqual([1, { old: [id] }])
  })

  it('go where nothing is said any more', async () => {
    const id = queue.add('A')
    queue.enqueue(stages)
    await workOff(runnerWith(textModels(old)), [id])
    const silent = stagesWithTextVectors(async function* none() { throw new StageSkipped('no subtitles any more') })
    queue.library.db.run(`UPDATE stage_run SET state = 'pending', position = NULL WHERE stage = 'speech'`)
    for (const stage of ['speech', 'text-vectors'] as const) await runStage({ ...runnerWith(textModels(old)), stages: silent }, { videoId: id, stage }, forever)
    expect(queue.run(id, 'text-vectors')).toMatchObject({ state: 'skipped', note: 'nothing is said' })
    expect([vectors(), covers()]).toEqual([[], {}])
  })

  it('of all its precisions go when the person says so, with their index, and are made again', async () => {
    const id = queue.add('A')
    queue.enqueue(stages)
    const runner = runnerWith(textModels(young))
    await workOff(runner, [id])
    const indexes = () => queue.library.db.all(`SELECT name AS model, 0 AS video_id FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE vec_%'`, Cover).length
    expect([indexes(), deleteVectorsOf(queue.library.db, 'you'), deleteVectorsOf(queue.library.db, 'young')]).toEqual([1, 0, STEPS])
    expect([indexes(), vectors(), covers(), states([id])]).toEqual([0, [], {}, ['pending young/int8']])
    await workOff(runner, [id])
    expect(vectors()).toEqual([{ video_id: id, model: 'young/int8', count: STEPS }])
  })

  it('that are not as long as the model promises are never stored: the video goes without, until the model is mended', async () => {
    const id = queue.add('A')
    queue.enqueue(stages)
    const promising = (dimensions: number): Runner => runnerWith(textModels({ ...young, dimensions }))
    await workOff(promising(9), [id])
    const message = 'The model young/int8 gives vectors of 8 numbers, and should give 9.'
    expect(queue.run(id, 'text-vectors')).toMatchObject({ state: 'skipped', note: message, model: null })
    expect(vectors()).toEqual([])
    await restartForModels(promising(8))
    expect(await workOff(promising(8), [id])).toBe(1)
  })
})

it('a process that is killed in the middle of a switch leaves every video with one model that covers it; the next one goes on', { timeout: 60_000 }, async () => {
  const videos = Array.from({ length: 8 }, (_, at) => queue.add(String(at)))
  queue.enqueue(stages)
  await workOff(runnerWith(textModels(old)), videos)
  const before = vectors()

  const work = async (killAfter: number): Promise<void> => {
    const child = spawn(process.execPath, [path.join(import.meta.dirname, 'test-switch-process.ts'), queue.library.paths.folder, 'young', '30'], { stdio: ['ignore', 'pipe', 'inherit'] })
    let embedded = 0
    child.stdout.on('data', (text: Buffer) => {
      embedded += text.toString().split('embedded').length - 1
      if (embedded >= killAfter) child.kill('SIGKILL')
    })
    await once(child, 'close')
  }
  for (const embeds of [1, 2, 1]) {
    await work(embeds)
    const { old: byOld, young: byYoung = [] } = covers()
    expect(byOld).toEqual(videos)
    for (const id of byYoung) expect(vectors()).toContainEqual({ video_id: id, model: 'young', count: STEPS })
  }
  expect(covers()['young']?.length ?? 0).toBeLessThan(videos.length)
  await work(Infinity)
  expect(covers()).toEqual({ old: videos, young: videos })
  expect(vectors()).toEqual([...before, ...before.map((row) => ({ ...row, model: 'young' }))])
  expect(states(videos)).toEqual(videos.map(() => 'done young'))
})
