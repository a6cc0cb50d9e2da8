import { describe, expect, it } from 'vitest'
import type { ModelCard, ModelsOverview, TaskOverview } from '../../../electron/contract/models.ts'
import { missingTasks, taskOfStage } from './missing-models.ts'

const offer = { id: 'whisper-tiny', title: 'Whisper tiny', bytes: 77_700_000 }

function task(name: TaskOverview['task'], state: TaskOverview['state']): TaskOverview {
  return { task: name, id: state === 'installed' ? 'some' : null, state, bytes: null, adds: 'It adds this.', hint: '', offer: state === 'installed' ? null : offer, waiting: 0, done: 0 }
}

function overview(models: ModelCard[] = []): ModelsOverview {
  return { folder: '/m', freeBytes: 1e9, networkAllowed: true, tasks: [task('pictures', 'installed'), task('speech', 'missing'), task('text', 'broken')], models }
}

const tiny: ModelCard = {
  id: 'whisper-tiny', task: 'speech', title: 'Whisper tiny', tier: 'small', languages: ['*'], licence: 'MIT', page: null, downloadBytes: 100, memoryBytes: null, variants: [], requires: [],
  state: { kind: 'installing', phase: 'fetching', doneBytes: 25, totalBytes: 100, bytesPerSecond: null, etaSeconds: null }, isChosen: false, vectors: 0,
}

describe('what is missing', () => {
  it('is every task of those asked for that no model does, with what is offered', () => {
    expect(missingTasks(overview(), ['pictures', 'speech'])).toEqual([{ task: 'speech', adds: 'It adds this.', offer, installing: null }])
    expect(missingTasks(overview(), ['text', 'speech']).map((one) => one.task)).toEqual(['text', 'speech'])
  })
  it('says how far the install is that ends it', () => {
    expect(missingTasks(overview([tiny]), ['speech'])[0]?.installing).toEqual({ title: 'Whisper tiny', share: 0.25 })
  })
  it('is nothing before anything is known', () => { expect(missingTasks(null, ['speech'])).toEqual([]) })
})

it('a stage that was left out leads to the models of its task', () => {
  expect((['probe', 'scan', 'speech', 'picture-vectors', 'tags', 'transcription', 'text-vectors'] as const).map(taskOfStage)).toEqual([null, null, null, 'pictures', 'pictures', 'speech', 'text'])
})
