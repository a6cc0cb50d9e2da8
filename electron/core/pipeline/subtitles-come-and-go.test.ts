import { afterEach, beforeEach, expect, it } from 'vitest'
import type { VideoId } from '../../contract/ids.ts'
import { segmentsOf } from '../store/speech.ts'
import { restartRun } from '../store/stage-runs.ts'
import type { RegisteredStage } from './registered-stage.ts'
import { runStage } from './runner.ts'
import type { Chunk, Stage } from './stage.ts'
import { StageSkipped } from './stage.ts'
import type { TestQueue } from './test-queue.ts'
import { testQueue } from './test-queue.ts'
import { testStages } from './test-stages.ts'

const forever = new AbortController().signal
let queue: TestQueue
/** What the stages do now. */
let now: { hasSubtitles: boolean, onHeard: () => Promise<void> }
beforeEach(async () => {
  queue = await testQueue()
  now = { hasSubtitles: false, onHeard: async () => undefined }
})
afterEach(async () => { await queue.close() })

function chunk(second: number, source: string): Chunk {
  const row = { kind: 'segment' as const, source, language: 'en', startSeconds: second, endSeconds: second + 1, text: source, words: [] }
  return { rows: [row], replaces: { from: second, to: second + 1 }, position: String(second + 1), progress: (second + 1) / 3 }
}

const read: Stage['run'] = async function* run() {
  if (!now.hasSubtitles) throw new StageSkipped('no subtitles')
  for (const second of [0, 1, 2]) yield chunk(second, 'sidecar:film.srt')
}

const heard: Stage['run'] = async function* run(input, tools, signal) {
  if (tools.storedSegments().some(({ source }) => !source.startsWith('model:'))) throw new StageSkipped('subtitles are there')
  for (let second = Number(input.resumeFrom ?? 0); second < 3; second++) {
    await now.onHeard()
    signal.throwIfAborted()
    yield chunk(second, 'model:test')
  }
}

/** Those of the tests, with speech that is read, and heard where there is nothing to read. */
function stages(): RegisteredStage[] {
  const small = testStages().map((one): RegisteredStage => one.stage.name === 'speech' ? { ...one, stage: { ...one.stage, needs: ['probe', 'scan'], run: read } } : one)
  const hearing: Stage = { name: 'transcription', version: 1, needs: ['speech'], resource: 'inference', run: heard }
  return [...small, { stage: hearing, stores: 'transcript', model: null, hasFirstLook: false, cost: { per: 'second', workSeconds: 0.3 } }]
}

async function workOff(id: VideoId): Promise<void> {
  for (const { stage } of stages()) await runStage(queue.runner(stages()), { videoId: id, stage: stage.name }, forever)
}

async function withVideo(): Promise<VideoId> {
  const id = queue.add('A')
  queue.enqueue(stages())
  await workOff(id)
  return id
}

const states = (id: VideoId): string[] => (['speech', 'transcription'] as const).map((stage) => queue.run(id, stage).state)
const sources = (id: VideoId): string[] => [...new Set(segmentsOf(queue.library.db, id).map(({ source }) => source))]

it('where there are no subtitles it is heard what is said', async () => {
  const id = await withVideo()
  expect([states(id), sources(id)]).toEqual([['skipped', 'done'], ['model:test']])
})

it('subtitles that come later take the place of what was heard, and when they go it is heard again', async () => {
  const id = await withVideo()
  now.hasSubtitles = true
  restartRun(queue.library.db, id, 'speech')
  await workOff(id)
  expect([states(id), sources(id), queue.run(id, 'transcription').note]).toEqual([['done', 'skipped'], ['sidecar:film.srt'], 'subtitles are there'])

  now.hasSubtitles = false
  restartRun(queue.library.db, id, 'speech')
  await workOff(id)
  expect([states(id), sources(id)]).toEqual([['skipped', 'done'], ['model:test']])
})

it.each([['they are looked for', 'speech'], ['the pictures are looked at', 'scan']] as const)('where there still are none, nothing is heard again when %s again', async (_what, again) => {
  const id = await withVideo()
  now.onHeard = async () => { throw new Error('it was heard already') }
  restartRun(queue.library.db, id, again)
  await workOff(id)
  expect([states(id), sources(id)]).toEqual([['skipped', 'done'], ['model:test']])
})

it.each([['at work', 1], ['half done', 2]])('subtitles that come while hearing is %s end it', async (_how, at) => {
  const id = await withVideo()
  restartRun(queue.library.db, id, 'transcription')
  const runner = queue.runner(stages())
  let heardSeconds = 0
  now.onHeard = async () => {
    heardSeconds++
    if (heardSeconds < 2) return
    if (at === 2) throw new Error('the power went')
    now.hasSubtitles = true
    restartRun(queue.library.db, id, 'speech')
    await runStage(runner, { videoId: id, stage: 'speech' }, forever)
  }
  expect((await runStage(runner, { videoId: id, stage: 'transcription' }, forever)).kind).toBe(at === 1 ? 'lease-lost' : 'failed')
  now = { hasSubtitles: true, onHeard: async () => undefined }
  if (at === 2) restartRun(queue.library.db, id, 'speech')
  await workOff(id)
  expect([states(id), sources(id)]).toEqual([['done', 'skipped'], ['sidecar:film.srt']])
})
