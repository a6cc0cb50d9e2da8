import { describe, expect, it } from 'vitest'
import type { Coverage } from '../../../electron/contract/cards.ts'
import { coverageOf, roughProgress, shownState } from './video-state.ts'

const coverage = (speech: Coverage['state'], progress: number): Coverage[] => [
  { stage: 'scan', state: 'done', progress: 1 }, { stage: 'speech', state: speech, progress },
]

describe('the state of a video as it is shown', () => {
  it('tells work from waiting and from being told to wait', () => {
    expect(shownState({ state: 'processing', paused: false, coverage: coverage('running', 0.4) })).toBe('working')
    expect(shownState({ state: 'processing', paused: false, coverage: coverage('pending', 0) })).toBe('waiting')
    expect(shownState({ state: 'queued', paused: true, coverage: coverage('paused', 0) })).toBe('paused')
    expect(shownState({ state: 'failed', paused: true, coverage: [] })).toBe('failed')
  })

  it('shows how much of a kind there is, and that none will come', () => {
    expect(coverageOf(coverage('running', 0.4), 'speech')).toBe(0.4)
    expect(coverageOf(coverage('done', 0.99), 'speech')).toBe(1)
    expect(coverageOf(coverage('skipped', 1), 'speech')).toBeNull()
    expect(coverageOf(coverage('quarantined', 0.6), 'speech')).toBe(0.6)
    expect(coverageOf(coverage('done', 1), 'pictures')).toBe(0)
  })

  it('counts what was left out as done', () => {
    expect(roughProgress(coverage('skipped', 0))).toBe(1)
    expect(roughProgress(coverage('running', 0.5))).toBe(0.75)
    expect(roughProgress([])).toBe(0)
  })
})
