import { describe, expect, it } from 'vitest'
import type { ModelCard, ModelsOverview } from '../../../contract/models.ts'
import { checksText, modelsText, planText, readyText } from './model-tables.ts'

function card(change: Partial<ModelCard>): ModelCard {
  return {
    id: 'bge-small', task: 'text', title: 'BGE small', tier: 'small', languages: ['en'], licence: 'MIT', page: null, downloadBytes: 34_700_000, memoryBytes: null, variants: [], requires: [],
    state: { kind: 'not-installed' }, isChosen: false, vectors: 0, ...change,
  }
}

const installed = card({
  id: 'whisper-tiny', task: 'speech', title: 'Whisper tiny', isChosen: true,
  state: {
    kind: 'installed', bytes: 43_537_433, variant: 'q8', variants: ['q8'], from: 'network', verifiedMs: 0,
    measures: [{ variant: 'q8', provider: 'whisper-cli', itemsPerSecond: 5.25, note: '', atMs: 0 }],
  },
})

const overview: ModelsOverview = {
  folder: '/m', freeBytes: 1e9, networkAllowed: true,
  tasks: [
    { task: 'speech', id: 'whisper-tiny', state: 'installed', bytes: 43_537_433, adds: 'Speech.', hint: '', offer: null, waiting: 0, done: 3 },
    { task: 'text', id: null, state: 'missing', bytes: null, adds: 'Finds other words.', hint: '', offer: { id: 'bge-small', title: 'BGE small', bytes: 34_700_000 }, waiting: 3, done: 0 },
  ],
  models: [installed, card({}), card({ id: 'half', tier: null, state: { kind: 'partial', doneBytes: 45, totalBytes: 100, error: null } }), card({ id: 'old', tier: null, downloadBytes: 0, vectors: 12, title: 'o\u001b[2Jld' })],
}

describe('models on the command line', () => {
  it('are a table with the one in use marked, and what is missing with its size and the command for it', () => {
    expect(modelsText(overview)).toBe([
      '   ID            TASK    TIER   SIZE     STATE                  TITLE',
      '*  whisper-tiny  speech  small  43.5 MB  installed (q8)         Whisper tiny',
      '   bge-small     text    small  34.7 MB  not installed          BGE small',
      '   half          text           34.7 MB  45 % is here           BGE small',
      '   old           text                    gone, 12 vectors left  o\\u001b[2Jld',
      '* works for its task',
      'No model for text. Finds other words. To add one (34.7 MB): scenedex models install bge-small',
    ].join('\n'))
  })
})

it('a plan says what is fetched, from where, and how much room there is', () => {
  const plan = { id: 'whisper-tiny', models: [{ id: 'whisper-tiny', title: 'Whisper tiny', licence: 'MIT', bytes: 43_500_000 }, { id: 'silero-vad', title: 'Silero VAD', licence: 'MIT', bytes: 2_300_000 }], totalBytes: 45_800_000, toFetchBytes: 20_000_000, freeBytes: 84.2e9, isEnoughRoom: true, hosts: ['mirror.example'], otherHosts: ['hub.example'] }
  expect(planText(plan)).toBe('whisper-tiny  Whisper tiny, 43.5 MB, licence MIT\nsilero-vad  Silero VAD, 2.3 MB, licence MIT\nTo fetch: 20.0 MB from mirror.example (hub.example where that does not have it). The rest of 45.8 MB is here. Free: 84.2 GB.')
})

it('a model that is ready says how fast it is', () => {
  expect(readyText(installed).split('\n')[0]).toBe('Whisper tiny (whisper-tiny) is ready. 5.3 x realtime with q8 on whisper-cli.')
})

it('a check names each file that is not whole', () => {
  expect(checksText([
    { id: 'a', isWhole: true, isCompared: true, files: [{ path: 'x.bin', state: 'whole', bytes: 1, sha256: null }] },
    { id: 'b', isWhole: false, isCompared: true, files: [{ path: 'y.bin', state: 'changed', bytes: 1, sha256: null }, { path: 'z.bin', state: 'whole', bytes: 1, sha256: null }] },
  ])).toBe('whole    a, 1 file\nDAMAGED  b, 2 files\n  changed  y.bin')
  expect(checksText([{ id: 'own', isWhole: true, isCompared: false, files: [{ path: 'x.bin', state: 'whole', bytes: 1, sha256: null }] }])).toBe('whole    own, 1 file, nothing to compare with')
  expect(checksText([])).toBe('No model is installed.')
})
