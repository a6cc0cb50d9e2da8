import { describe, expect, it, vi } from 'vitest'
import type { AppEvent } from '../../contract/events.ts'
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
    notify: (what) => { shown.push(what) },
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

const exporting = (clip: number, progress: number): AppEvent => ({ type: 'export-progress', clip, clips: 2, progress, etaSeconds: null })
const exported = (clip: number): AppEvent => ({ type: 'export-file', clip, file: null, error: null })

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

  it('shows an export before other work, and keeps the machine awake until its last clip is told of', () => {
    const { shown, tell, work } = watched()
    tell(jobs({ running: 1 }, { progress: 0.1 }))
    tell(exporting(0, 0.5))
    expect(work.isExporting()).toBe(true)
    tell(exported(0))
    tell(exporting(1, 1))
    tell(exported(1))
    expect(shown).toEqual([0.1, 'awake', 0.25, 'awake', 0.25, 'awake', 1, 'may sleep', 0.1])
    expect(work.isExporting()).toBe(false)
  })

  it('shows an export that begins after one that was cancelled from its own start to its own end', () => {
    const { tell, work } = watched()
    tell({ type: 'export-progress', clip: 4, clips: 10, progress: 0.5, etaSeconds: null })
    tell(exporting(0, 0))
    tell(exported(0))
    tell(exporting(1, 0))
    expect(work.isExporting()).toBe(true)
    tell(exported(1))
    expect(work.isExporting()).toBe(false)
  })

  it('goes away when an export tells nothing more, and when the engine dies', () => {
    vi.useFakeTimers()
    const { shown, tell, state, work } = watched()
    tell(exporting(0, 0.5))
    vi.advanceTimersByTime(121_000)
    expect(work.isExporting()).toBe(false)
    tell(jobs({ running: 1 }))
    state('restarting')
    expect([shown.at(-1), work.isWorking()]).toEqual(['no mark', false])
    vi.useRealTimers()
  })
})

describe('the notification at the end', () => {
  const run = (from: Watched, seconds: number, end: AppEvent): unknown[] => {
    from.tell(jobs({ running: 1 }))
    from.clock.at += seconds * 1000
    from.tell(end)
    return from.shown.filter((sign) => sign === 'videos-ready' || sign === 'export-done')
  }

  it('comes after a minute of work while nobody looks', () => {
    expect(run(watched(), 60, jobs({ done: 1 }))).toEqual(['videos-ready'])
  })

  it('does not come after less, before a person who looks, or when the work was paused', () => {
    expect(run(watched(), 59, jobs({ done: 1 }))).toEqual([])
    expect(run(watched({}, true), 600, jobs({ done: 1 }))).toEqual([])
    expect(run(watched(), 600, jobs({ waiting: 1 }, { paused: true }))).toEqual([])
  })

  it('comes after a long export as well', () => {
    const from = watched()
    from.tell(exporting(0, 0.1))
    from.clock.at = 61_000
    from.tell(exported(0))
    from.tell(exported(1))
    expect(from.shown).toContain('export-done')
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
