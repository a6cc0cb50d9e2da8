import { describe, expect, it } from 'vitest'
import type { AppEvent } from '../../../contract/events.ts'
import { VideoId } from '../../../contract/ids.ts'
import { barView, jsonView, lineView } from './progress.ts'

function jobs(progress: number): AppEvent {
  const video = {
    videoId: VideoId.parse(1), title: 'holi\nday', state: 'processing' as const, paused: false, progress, speed: 20, etaSeconds: 75, current: 'scan' as const,
    stages: [{ name: 'scan' as const, state: 'running' as const, progress, attempts: 1, workSeconds: 1, speed: 20, note: null, error: null }],
  }
  return { type: 'jobs', jobs: { paused: false, resting: null, working: true, workedOnElsewhere: false, progress, speed: 20, etaSeconds: 75, counts: { running: 1, waiting: 0, failed: 0, done: 0 }, videos: [video], leftOut: 0 } }
}

function installing(doneBytes: number, phase: 'fetching' | 'checking' = 'fetching'): AppEvent {
  const state = { kind: 'installing' as const, phase, doneBytes, totalBytes: 100e6, bytesPerSecond: 3.24e6, etaSeconds: 17.2 }
  const model = {
    id: 'm', task: 'text' as const, title: 'BGE small', tier: null, languages: ['en'], licence: 'MIT', page: null, downloadBytes: 100e6, memoryBytes: null, variants: [], requires: [], state, isChosen: false, vectors: 0,
  }
  return { type: 'models-changed', models: { folder: '/m', freeBytes: 1e9, networkAllowed: true, tasks: [], models: [model] } }
}

const ready: AppEvent = { type: 'video-ready', videoId: VideoId.parse(1), path: '/v/holiday.mp4' }
const refused: AppEvent = { type: 'refused', refusal: { path: '/v/x.mp4', code: 'EMPTY', message: 'x.mp4 is empty.', hint: 'Copy it again.' } }

function written(show: (terminal: { write: (text: string) => void, columns: number }) => void): string {
  let all = ''
  show({ write: (text) => { all += text }, columns: 100 })
  return all
}

describe('progress', () => {
  it('is one line on a terminal, written over again, and what ended stays above it', () => {
    const text = written((terminal) => {
      const view = barView(terminal)
      for (const event of [jobs(0.5), ready, jobs(0.75)]) view.show(event)
      view.end()
    })
    const visible = text.replaceAll('\u001b[2K', '').split(/[\r\n]/).filter(Boolean)
    expect(visible).toEqual([
      '████████████░░░░░░░░░░░░  50 %  20 x realtime  1 min 15 s left  holi\\nday (scan)',
      'ready    /v/holiday.mp4',
      '██████████████████░░░░░░  75 %  20 x realtime  1 min 15 s left  holi\\nday (scan)',
    ])
    expect(text.endsWith('\r\u001b[2K')).toBe(true)
  })
  it('is a line for each tenth where nobody looks at a terminal, without control characters', () => {
    const text = written((terminal) => {
      const view = lineView(terminal)
      for (const event of [jobs(0.05), jobs(0.11), jobs(0.15), refused, jobs(0.31), ready]) view.show(event)
    })
    expect(text).toBe('11 %  20 x realtime  1 min 15 s left\n31 %  20 x realtime  1 min 15 s left\nready    /v/holiday.mp4\n')
  })
  it('of an install is how much is here, how fast it comes and how long still', () => {
    const shown = written((terminal) => { barView(terminal).show(installing(45e6)) })
    expect(shown).toContain('███████████░░░░░░░░░░░░░  45 %  3.2 MB/s  17 s left  BGE small')
    const lines = written((terminal) => {
      const view = lineView(terminal)
      for (const event of [installing(41e6), installing(45e6), installing(52e6), installing(100e6, 'checking')]) view.show(event)
    })
    expect(lines).toBe('41 %  3.2 MB/s  17 s left  BGE small\n52 %  3.2 MB/s  17 s left  BGE small\n100 %  BGE small, checking\n')
  })
  it('of an export counts the clips from 1', () => {
    const text = written((terminal) => { barView(terminal).show({ type: 'export-progress', exportId: 1, clip: 0, clips: 3, progress: 0.5, etaSeconds: null, frames: 0, framesOf: 0 }) })
    expect(text).toContain('clip 1 of 3')
  })
  it('of an export goes away with its end, and is of the one that began first until then', () => {
    const text = written((terminal) => {
      const view = barView(terminal)
      view.show({ type: 'export-progress', exportId: 1, clip: 0, clips: 3, progress: 0.5, etaSeconds: null, frames: 0, framesOf: 0 })
      view.show({ type: 'export-progress', exportId: 2, clip: 6, clips: 9, progress: 0.5, etaSeconds: null, frames: 0, framesOf: 0 })
      view.show({ type: 'export-ended', exportId: 2, outcome: 'done' })
      view.show({ type: 'export-ended', exportId: 1, outcome: 'cancelled' })
    })
    expect(text).not.toContain('of 9')
    expect(text.endsWith('\r\u001b[2K')).toBe(true)
    expect(text.split('\u001b[2K')).toHaveLength(3)
  })
  it('is every event as a line of JSON for a program', () => {
    const text = written((terminal) => { jsonView(terminal).show(refused) })
    expect(JSON.parse(text)).toEqual(refused)
  })
})
