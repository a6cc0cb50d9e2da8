import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { VideoId } from '../../contract/ids.ts'
import { AppError } from '../errors.ts'
import type { Models, Transcriber, VoiceDetector } from '../ports.ts'
import { scenesOf } from '../store/scenes.ts'
import { addSegment, segmentsOf } from '../store/speech.ts'
import { restartStage } from '../store/stage-runs.ts'
import { addTag, tagsOf } from '../store/tags.ts'
import { testMedia } from '../store/test-library.ts'
import { setFacts } from '../store/videos.ts'
import { restartForModels } from './older-runs.ts'
import type { RegisteredStage } from './registered-stage.ts'
import { runStage } from './runner.ts'
import { StageSkipped } from './stage.ts'
import { tags } from './stages/tags.ts'
import { transcription } from './stages/transcription.ts'
import { testTranscriber } from './speech/test-transcriber.ts'
import type { TestQueue } from './test-queue.ts'
import { testQueue } from './test-queue.ts'
import { noModels, testStages, testTools } from './test-stages.ts'
import { numbersModel } from './test-switch.ts'
import type { Runner } from './work.ts'

const forever = new AbortController().signal
const stages: RegisteredStage[] = [
  ...testStages({ speech: { onStep: () => { throw new StageSkipped('no subtitles') } } }),
  { stage: { ...tags, needs: ['scan'] }, stores: 'tags', model: 'pictures', hasFirstLook: false, cost: { per: 'video', workSeconds: 0.1 } },
  { stage: transcription, stores: 'transcript', model: 'speech', hasFirstLook: false, cost: { per: 'video', workSeconds: 0.1 } },
]

let queue: TestQueue
let id: VideoId
beforeEach(async () => {
  queue = await testQueue()
  id = queue.add('A')
  queue.enqueue(stages)
  for (const stage of ['probe', 'scan', 'speech'] as const) await runStage(queue.runner(stages), { videoId: id, stage }, forever)
  setFacts(queue.library.db, id, { ...testMedia, chosenSound: 1 })
})
afterEach(async () => { await queue.close() })

const runnerWith = (models: Models): Runner => ({ ...queue.runner(stages), tools: { ...testTools(queue.errors), models, labels: () => ['a dog'] } })
const heardBefore = { source: 'model:before', language: 'en', startSeconds: 1, endSeconds: 2, text: 'Hello', words: [] }
const tagAll = (): void => { for (const { id: sceneId } of scenesOf(queue.library.db, id)) addTag(queue.library.db, id, { sceneId, label: 'a cat', score: 5 }) }

describe('a video for which a model is missing', () => {
  it('keeps the words that were heard and the tags that were found before', async () => {
    addSegment(queue.library.db, id, heardBefore)
    tagAll()
    for (const stage of ['tags', 'transcription'] as const) expect(await runStage(runnerWith(noModels), { videoId: id, stage }, forever)).toMatchObject({ kind: 'skipped' })
    expect(segmentsOf(queue.library.db, id)).toEqual([heardBefore])
    expect(tagsOf(queue.library.db, id).size).toBe(10)
  })

  it('is heard as soon as the model for voices is there beside that for speech', async () => {
    const speech: Transcriber = testTranscriber()
    await runStage(runnerWith({ ...noModels, speech: async () => speech }), { videoId: id, stage: 'transcription' }, forever)
    expect(queue.run(id, 'transcription')).toMatchObject({ state: 'skipped', note: 'no voice model: it tells the speech model where somebody speaks' })
    const voice: VoiceDetector = { id: 'voice', hear: async () => { throw new Error('not asked here') } }
    await restartForModels(runnerWith({ ...noModels, speech: async () => speech, voice: async () => voice }))
    expect(queue.run(id, 'transcription').state).toBe('pending')
  })

  it('gets its tags once the picture model is mended, and keeps those of before until then', async () => {
    tagAll()
    const damaged = { ...numbersModel('pictures'), embed: async () => { throw new AppError('MODEL_DAMAGED', { message: 'It is damaged.' }) } }
    const models: Models = { ...noModels, pictures: async () => damaged }
    await runStage(runnerWith(models), { videoId: id, stage: 'tags' }, forever)
    expect(queue.run(id, 'tags')).toMatchObject({ state: 'skipped', note: 'It is damaged.' })
    expect(tagsOf(queue.library.db, id).size).toBe(10)
    await restartForModels(runnerWith(models))
    expect(queue.run(id, 'tags').state).toBe('pending')
  })
})

describe('a stage that all videos are to do again', () => {
  it('begins at the beginning also where it was stopped in the middle, and where it was cancelled there', () => {
    const { db } = queue.library
    for (const state of ['pending', 'cancelled']) {
      db.run(`UPDATE stage_run SET state = @state, position = '{"model":"pictures","toPts":5000}', progress = 0.5 WHERE stage = 'tags'`, { state })
      restartStage(db, 'tags')
      expect(queue.run(id, 'tags')).toMatchObject({ state, position: null, progress: 0 })
    }
  })
})
