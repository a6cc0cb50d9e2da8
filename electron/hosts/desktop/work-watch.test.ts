import { describe, expect, it } from 'vitest'
import type { AppEvent } from '../../contract/events.ts'
import { VideoId } from '../../contract/ids.ts'
import type { JobsOverview } from '../../contract/jobs.ts'
import { usualSettings } from '../../contract/settings.ts'
import type { Signs, WorkWatch } from './work-watch.ts'
import { watchWork } from './work-watch.ts'

interface Watched {
  work: WorkWatch
  shown: unknown[]
  clock: { at: number }
  tell(event: AppEvent): void
  state(state: string): void
}

function watched(settings: Partial<typeof usualSettings> = {}, isWindowWatched = false): Watched {
  const shown: unknown[] = []
  const clock = { at: 0 }
  const events: ((event: AppEvent) => void)[] = []
  const states: ((state: string) => void)[] = []
  const signs: Signs = {
    showProgress: (fraction) => { shown.push(fraction === null ? 'no mark' : Number(fraction.toFixed(2))) },
    keepAwake: (isNeeded) => { shown.push(isNeeded ? 'awake' : 'may sleep') },
    isWindowWatched: () => isWindowWatched,
    notify: ({ what, failed, ...rest }) => { shown.push(`${what}: ${Object.values(rest).join()} good, ${failed} failed`) },
    useTheme: (theme) => { shown.push(`theme ${theme}`) },
  }
  const client = {
    call: async (): Promise<never> => Promise.resolve({ ...usualSettings, ...settings } as never),
    onEvent: (listener: (event: AppEvent) => void) => { events.push(listener); return () => undefined },
  }
  const work = watchWork({ client, onState: (listener) => { states.push(listener); return () => undefined } }, signs, () => clock.at)
  return { work, shown, clock, tell: (event) => { for (const listener of events) listener(event) }, state: (state) => { for (const listener of states) listener(state) } }
}

function jobs(counts: Partial<JobsOverview['counts']>, rest: Partial<JobsOverview> = {}): AppEvent {
  const overview = { paused: false, resting: null, working: true, workedOnElsewhere: false, progress: 0.5, speed: null, etaSeconds: null, videos: [], leftOut: 0, ...rest }
  return { type: 'jobs', jobs: { ...overview, counts: { running: 0, waiting: 0, failed: 0, done: 0, ...counts } } }
}

const exporting = (clip: number, progress: number, exportId = 1): AppEvent => ({ type: 'export-progress', exportId, clip, clips: 2, progress, etaSeconds: null, frames: 0, framesOf: 0 })
const notWritten = (clip: number, exportId = 1): AppEvent => ({ type: 'export-file', exportId, clip, file: null, error: { code: 'CHANGED', message: 'It was changed.', hint: '' } })
const written = (clip: number, exportId = 1): AppEvent => ({ type: 'export-file', exportId, clip, error: null, file: {
  path: '/out/1.mp4', mode: 'exact', start: 1, end: 2, duration: 1, sidecars: [], why: '', notes: [], parts: [],
  verified: { frames: 25, expectedFrames: 25, firstFrameMatches: true, lastFrameMatches: true, decodedToTheEnd: true, audioOffset: null, checks: [] },
} })
const ended = (outcome: 'done' | 'cancelled' | 'failed', exportId = 1): AppEvent => ({ type: 'export-ended', exportId, outcome })
const ready = (id: number): AppEvent => ({ type: 'video-ready', videoId: VideoId.parse(id), path: `/v/${id}.mp4` })
const failed = (id: number): AppEvent => ({ type: 'video-failed', videoId: VideoId.parse(id), path: `/v/${id}.mp4`, error: { code: 'DECODE_FAILED', message: 'It can not be decoded.', hint: '' } })

describe('the mark on the dock or task bar', () => {
  it('shows how far the work is, and goes away with it', () => {
    const { shown, tell, work } = watched()
    tell(jobs({ running: 1 }, { progress: 0.25 }))
    expect(work.isWorking()).toBe(true)
    tell(jobs({ waiting: 3 }, { progress: 0.75 }))
    tell(jobs({ done: 4 }, { progress: 1 }))
    expect(shown).toEqual([0.25, 0.75, 'no mark'])
    expect(work.isWorking()).toBe(false)
  })

  it('is not there while the queue is paused or rests on battery', () => {
    const { shown, tell } = watched()
    tell(jobs({ waiting: 3 }, { paused: true }))
    tell(jobs({ waiting: 3 }, { resting: 'battery' }))
    expect(shown).toEqual(['no mark', 'no mark'])
  })

  it('shows an export before other work, and keeps the machine awake until its end is told of', () => {
    const { shown, tell, work } = watched()
    tell(jobs({ running: 1 }, { progress: 0.1 }))
    tell(exporting(0, 0.5))
    expect(work.isExporting()).toBe(true)
    tell(written(0))
    tell(exporting(1, 1))
    tell(written(1))
    expect(work.isExporting()).toBe(true)
    tell(ended('done'))
    expect(shown).toEqual([0.1, 'awake', 0.25, 'awake', 1, 'may sleep', 0.1])
    expect(work.isExporting()).toBe(false)
  })

  it('goes away at once with an export that is cancelled', () => {
    const { shown, tell, work } = watched()
    tell(exporting(0, 0.5))
    tell(ended('cancelled'))
    expect([shown, work.isExporting()]).toEqual([['awake', 0.25, 'may sleep', 'no mark'], false])
  })

  it('shows two exports as one, until both have ended', () => {
    const { shown, tell, work } = watched()
    tell(exporting(1, 1, 1))
    tell(exporting(0, 0, 2))
    tell(ended('done', 1))
    expect([shown, work.isExporting()]).toEqual([['awake', 1, 'awake', 0.5, 0], true])
    tell(ended('done', 2))
    expect(work.isExporting()).toBe(false)
  })

  it('goes away when the engine dies', () => {
    const { shown, tell, state, work } = watched()
    tell(exporting(0, 0.5))
    tell(jobs({ running: 1 }))
    state('restarting')
    expect([shown.slice(-2), work.isWorking(), work.isExporting()]).toEqual([['may sleep', 'no mark'], false, false])
  })
})

describe('the notification at the end', () => {
  const run = (from: Watched, seconds: number, end: AppEvent): unknown[] => {
    from.tell(jobs({ running: 1 }))
    from.clock.at += seconds * 1000
    from.tell(end)
    return from.shown.filter((sign) => /failed$/.test(String(sign)))
  }

  it('comes after a minute of work while nobody looks', () => {
    expect(run(watched(), 60, jobs({ done: 1 }))).toEqual(['videos: 0 good, 0 failed'])
  })

  it('does not come after less, before a person who looks, or when the work was paused', () => {
    expect(run(watched(), 59, jobs({ done: 1 }))).toEqual([])
    expect(run(watched({}, true), 600, jobs({ done: 1 }))).toEqual([])
    expect(run(watched(), 600, jobs({ waiting: 1 }, { paused: true }))).toEqual([])
  })

  it('says how many videos are ready and how many failed, those before the last notification not again', () => {
    const from = watched()
    for (const event of [ready(1), failed(2), jobs({ running: 1 }), failed(3), ready(2), ready(1)]) from.tell(event)
    expect(run(from, 60, jobs({ done: 7, failed: 9 }))).toEqual(['videos: 2 good, 1 failed'])
    from.tell(failed(4))
    expect(run(from, 60, jobs({ done: 7, failed: 10 })).at(-1)).toBe('videos: 0 good, 1 failed')
  })

  it('comes after a long export as well, with what of it failed, but not after one that the person cancelled', () => {
    const notices = (outcome: 'done' | 'cancelled' | 'failed', ...files: AppEvent[]): unknown[] => {
      const from = watched()
      from.tell(exporting(0, 0.1))
      for (const event of files) from.tell(event)
      from.clock.at = 61_000
      from.tell(ended(outcome))
      return from.shown.filter((sign) => /failed$/.test(String(sign)))
    }
    expect(notices('done', written(0), notWritten(1))).toEqual(['export: 1 good, 1 failed'])
    expect(notices('failed', written(0))).toEqual(['export: 1 good, 1 failed'])
    expect(notices('cancelled', written(0))).toEqual([])
  })

  it('does not come when the person wants none, now or from now on', async () => {
    const silent = watched({ notifyWhenDone: false, theme: 'light' })
    silent.state('running')
    await expect.poll(() => silent.shown).toContain('theme light')
    expect(run(silent, 600, jobs({ done: 1 }))).toEqual([])
    const changed = watched()
    changed.tell({ type: 'settings-changed', settings: { ...usualSettings, notifyWhenDone: false } })
    expect(run(changed, 600, jobs({ done: 1 }))).toEqual([])
  })
})
