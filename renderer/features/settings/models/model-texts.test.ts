import { describe, expect, it } from 'vitest'
import { installText, languagesText, shareOf, speedText, vectorsText } from './model-texts.ts'

const measured = { itemsPerSecond: 1, note: '', atMs: 0 }

describe('the languages of a model', () => {
  it.each([[['en'], 'English'], [['en', 'de'], 'English, German'], [['*'], 'Many languages'], [['und'], 'Languages unknown'], [['en', 'de', 'fr', 'es', 'it'], '5 languages']])('%j are "%s"', (codes, said) => {
    expect(languagesText(codes)).toBe(said)
  })
})

describe('the measured speed', () => {
  const measures = [
    { ...measured, variant: 'fp32', provider: 'cpu', itemsPerSecond: 2.91 },
    { ...measured, variant: 'int8', provider: 'cpu', itemsPerSecond: 6.2 },
    { ...measured, variant: 'q4', provider: 'cpu', itemsPerSecond: null, note: 'wrong vectors' },
  ]
  it('names what is used, what computes it, and what the others gave', () => {
    expect(speedText('pictures', { variant: 'int8', measures })).toBe('6.2 pictures a second (int8, processor); fp32 2.9; q4: wrong vectors')
  })
  it('of a variant on several is the fastest of them', () => {
    const both = [{ ...measured, variant: 'fp32', provider: 'cpu', itemsPerSecond: 3 }, { ...measured, variant: 'fp32', provider: 'webgpu', itemsPerSecond: 41.6 }]
    expect(speedText('pictures', { variant: 'fp32', measures: both })).toBe('42 pictures a second (fp32, graphics card)')
  })
  it('of speech is times realtime', () => {
    expect(speedText('speech', { variant: 'q5', measures: [{ ...measured, variant: 'q5', provider: 'whisper-cli', itemsPerSecond: 4.04 }] })).toBe('4.0 × realtime (q5, whisper.cpp)')
  })
  it('is nothing before there is a measure', () => { expect(speedText('text', { variant: 'fp32', measures: [] })).toBeNull() })
})

describe('an install', () => {
  const state = { kind: 'installing' as const, doneBytes: 45_000_000, totalBytes: 100_000_000, bytesPerSecond: 3_200_000, etaSeconds: 17.2 }
  it('says how far it is, how fast and how long still', () => {
    expect(installText({ ...state, phase: 'fetching' })).toBe('Fetching · 45 % · 45.0 MB of 100 MB · 3.2 MB/s · 17 s left')
  })
  it('says only what it knows', () => {
    expect(installText({ ...state, phase: 'fetching', bytesPerSecond: null, etaSeconds: null })).toBe('Fetching · 45 % · 45.0 MB of 100 MB')
    expect(installText({ ...state, phase: 'trying' })).toBe('Trying it out')
  })
  it('is a share of the whole, or unknown', () => {
    expect(shareOf(state)).toBe(0.45)
    expect(shareOf({ doneBytes: 0, totalBytes: 0 })).toBeNull()
  })
})

it('vectors are counted in words', () => {
  expect([vectorsText(1), vectorsText(1204)]).toEqual(['1 vector', '1,204 vectors'])
})
