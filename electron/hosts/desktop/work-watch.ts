import type { AppEvent } from '../../contract/events.ts'
import type { JobsOverview } from '../../contract/jobs.ts'
import type { Settings } from '../../contract/settings.ts'
import type { Client } from '../../rpc/client.ts'

/** Where the system shows that something is being worked on. */
export interface Signs {
  /** 0 to 1 on the dock or task bar; null takes the mark away. */
  showProgress(fraction: number | null): void
  keepAwake(isNeeded: boolean): void
  isWindowWatched(): boolean
  notify(what: 'videos-ready' | 'export-done'): void
  useTheme(theme: Settings['theme']): void
}

export interface WorkWatch {
  isExporting(): boolean
  isWorking(): boolean
}

const LONG_MS = 60_000
// An export tells of itself more often than this, also while it verifies. One that was cancelled tells nothing more.
const EXPORT_SILENCE_MS = 120_000

interface Export { since: number, clips: number, told: Set<number>, fraction: number, silence: ReturnType<typeof setTimeout> | undefined }

const isBusy = ({ counts, paused, resting }: JobsOverview): boolean => counts.running > 0 || (counts.waiting > 0 && !paused && resting === null)

class Watch implements WorkWatch {
  private readonly signs: Signs
  private readonly now: () => number
  private wantsNotice = true
  private workedSince: number | null = null
  private workFraction = 0
  private exporting: Export | null = null

  constructor(signs: Signs, now: () => number) {
    this.signs = signs
    this.now = now
  }

  isExporting(): boolean { return this.exporting !== null }
  isWorking(): boolean { return this.workedSince !== null }

  useSettings({ notifyWhenDone, theme }: Settings): void {
    this.wantsNotice = notifyWhenDone
    this.signs.useTheme(theme)
  }

  hear(event: AppEvent): void {
    switch (event.type) {
      case 'jobs': this.hearJobs(event.jobs); break
      case 'export-progress':
        // Another one begins: the one before was cancelled, of which nothing is told.
        if (event.clip === 0 && event.progress === 0) this.letExportGo()
        this.hearExport(event.clips, (export_) => { export_.fraction = (event.clip + event.progress) / event.clips })
        break
      case 'export-file': if (this.exporting !== null) this.hearExport(this.exporting.clips, ({ told }) => { told.add(event.clip) }); break
      case 'settings-changed': this.useSettings(event.settings); break
      default:
    }
  }

  /** The engine died: what it told of last is not true any more. It tells anew when it is back. */
  forget(): void {
    this.workedSince = null
    this.endExport()
    this.show()
  }

  private hearJobs(jobs: JobsOverview): void {
    this.workFraction = jobs.progress
    if (isBusy(jobs)) {
      this.workedSince ??= this.now()
    } else if (this.workedSince !== null) {
      const since = this.workedSince
      this.workedSince = null
      // Work that was paused is not at its end.
      if (jobs.counts.waiting === 0) this.notify('videos-ready', since)
    }
    this.show()
  }

  private hearExport(clips: number, change: (current: Export) => void): void {
    this.exporting ??= { since: this.now(), clips, told: new Set(), fraction: 0, silence: undefined }
    const { exporting } = this
    change(exporting)
    clearTimeout(exporting.silence)
    if (exporting.told.size >= exporting.clips) {
      this.endExport()
      this.notify('export-done', exporting.since)
    } else {
      exporting.silence = setTimeout(() => { this.endExport(); this.show() }, EXPORT_SILENCE_MS)
      this.signs.keepAwake(true)
    }
    this.show()
  }

  private letExportGo(): void {
    clearTimeout(this.exporting?.silence)
    this.exporting = null
  }

  private endExport(): void {
    this.letExportGo()
    this.signs.keepAwake(false)
  }

  private show(): void {
    if (this.exporting !== null) this.signs.showProgress(this.exporting.fraction)
    else this.signs.showProgress(this.workedSince === null ? null : this.workFraction)
  }

  private notify(what: 'videos-ready' | 'export-done', since: number): void {
    if (this.wantsNotice && !this.signs.isWindowWatched() && this.now() - since >= LONG_MS) this.signs.notify(what)
  }
}

export interface WatchedEngine {
  client: Pick<Client, 'call' | 'onEvent'>
  onState(listener: (state: string) => void): () => void
}

/** Shows on the outside of the window what the engine is working on, and says when long work is done while nobody looks. */
export function watchWork(engine: WatchedEngine, signs: Signs, now: () => number = Date.now): WorkWatch {
  const watch = new Watch(signs, now)
  engine.client.onEvent((event) => { watch.hear(event) })
  engine.onState((state) => {
    if (state !== 'running') { watch.forget(); return }
    // An engine that dies before it answers is followed by another, which is asked again.
    engine.client.call('settings.get', {}).then((settings) => { watch.useSettings(settings) }, () => undefined)
  })
  return watch
}
