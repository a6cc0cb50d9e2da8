import { describe, expect, it } from 'vitest'
import type { ModelCard, TaskOverview } from '../../contract/models.ts'
import { modelLines } from './doctor-lines.ts'

const task: TaskOverview = { task: 'speech', id: null, state: 'missing', bytes: null, adds: 'Turns what is said into text.', hint: '', offer: { id: 'whisper-tiny', title: 'Whisper tiny', bytes: 45_864_957 }, waiting: 0, done: 0 }

const card: ModelCard = {
  id: 'siglip2-base', task: 'pictures', title: 'SigLIP 2 base', tier: 'balanced', languages: ['*'], licence: 'Apache-2.0', page: null, downloadBytes: 1, memoryBytes: null, variants: [], requires: [],
  state: {
    kind: 'installed', bytes: 1, variant: 'int8', variants: ['int8', 'fp32'], from: 'network', verifiedMs: null,
    measures: [{ variant: 'fp32', provider: 'cpu', itemsPerSecond: 2.9, note: '', atMs: 0 }, { variant: 'int8', provider: 'cpu', itemsPerSecond: 6.24, note: '', atMs: 0 }],
  },
  isChosen: true, vectors: 0,
}

describe('doctor on models', () => {
  it('names what works for a task, the variant, what computes it and how fast it was here', () => {
    const [line] = modelLines({ tasks: [{ ...task, task: 'pictures', id: card.id, state: 'installed', offer: null }], models: [card] })
    expect(line).toEqual({ name: 'picture model', state: 'ok', found: 'SigLIP 2 base (siglip2-base), int8 on cpu, 6.2 pictures a second', hint: '' })
  })
  it('says what is missing, how big it is and the command that adds it', () => {
    expect(modelLines({ tasks: [task], models: [] })[0]).toEqual({
      name: 'speech model', state: 'optional', found: 'none', hint: 'Turns what is said into text. Add one (45.9 MB): scenedex models install whisper-tiny',
    })
  })
  it('says what is wrong with one that is damaged', () => {
    const error = { code: 'MODEL_DAMAGED' as const, message: 'model.onnx is not whole.', hint: 'Install it again.' }
    const [line] = modelLines({ tasks: [{ ...task, state: 'broken' }], models: [{ ...card, task: 'speech', isChosen: false, state: { kind: 'broken', bytes: 1, error } }] })
    expect(line).toEqual({ name: 'speech model', state: 'broken', found: 'model.onnx is not whole.', hint: 'Install it again.' })
  })
  it('says which models this version was verified with', () => {
    expect(modelLines({ tasks: [], models: [] }).map(({ name }) => name)).toEqual(['verified with'])
  })
})
