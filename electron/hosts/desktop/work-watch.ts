import type { AppEvent } from '../../contract/events.ts'
import type { VideoId } from '../../contract/ids.ts'
import type { JobsOverview } from '../../contract/jobs.ts'
import type { Settings } from '../../contract/settings.ts'
import type { Client } from '../../rpc/client.ts'

/** What is said when long work is at its end. */
export type Notice =
  | { what: 'videos', ready: number, failed: number }
  | { what: 'export', written: number, failed: number }

/** Where the system shows that something is being worked on. */
export interface Signs {
  /** 0 to 1 on the dock or task bar; null takes the mark away. */
  showProgress(fraction: number | null): void
  keepAwake(isNeeded: boolean): void
  isWindowWatched(): boolean
  notify(notice: Notice): void
  useTheme(theme: Settings['theme']): void
}

export interface WorkWatch {
  isExporting(): boolean
  isWorking(): boolean
}

type EventOf<Type extends AppEvent['type']> = Extract<AppEvent, { type: Type }>

const LONG_MS = 60_000
interface Export { since: number, clips: number, written: number, failed: number, fraction: number }

const isBusy = ({ counts, paused, resting }: JobsOverview): boolean => counts.running > 0 || (counts.waiting > 0 && !paused && resting === null)

class Watch implements WorkWatch {
  private readonly signs: Signs
  private readonly now: () => number
  private wantsNotice = true
  private workedSince: number | null = null
  private workFraction = 0
  private readonly ready = new Set<VideoId>()
  private readonly failed = new Set<VideoId>()
  private readonly exports = new Map<number, Export>()

  constructor(signs: Signs, now: () => number) {
    this.signs = signs
    this.now = now
  }

  isExporting(): boolean { return this.exports.size > 0 }
  isWorking(): boolean { return this.workedSince !== null }

  useSettings({ notifyWhenDone, theme }: Settings): void {
    this.wantsNotice = notifyWhenDone
    this.signs.useTheme(theme)
  }

  hear(event: AppEvent): void {
    switch (event.type) {
      case 'jobs': this.hearJobs(event.jobs); break
      case 'video-ready': this.failed.delete(event.videoId); this.ready.add(event.videoId); break
      case 'video-failed': this.ready.delete(event.videoId); this.failed.add(event.videoId); break
      case 'export-progress': this.hearExport(event); break
      case 'export-file': this.hearFile(event); break
      case 'export-ended': this.hearEnd(event); break
      case 'settings-changed': this.useSettings(event.settings); break
      default:
    }
  }

  /** The engine died: what it told of last is not true any more. It tells anew when it is back. */
  forget(): void {
    this.workedSince = null
    this.exports.clear()
    this.signs.keepAwake(false)
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
      if (jobs.counts.waiting === 0) this.tellOfVideos(since)
    }
    this.show()
  }

  private tellOfVideos(since: number): void {
    const [ready, failed] = [this.ready.size, this.failed.size]
    this.ready.clear()
    this.failed.clear()
    this.notify({ what: 'videos', ready, failed }, since)
  }

  private hearExport({ exportId, clip, clips, progress }: EventOf<'export-progress'>): void {
    const begun = this.exports.get(exportId) ?? { since: this.now(), clips, written: 0, failed: 0, fraction: 0 }
    this.exports.set(exportId, { ...begun, fraction: (clip + progress) / clips })
    this.signs.keepAwake(true)
    this.show()
  }

  private hearFile({ exportId, file }: EventOf<'export-file'>): void {
    const begun = this.exports.get(exportId)
    if (begun === undefined) return
    if (file === null) begun.failed++
    else begun.written++
  }

  private hearEnd({ exportId, outcome }: EventOf<'export-ended'>): void {
    const ended = this.exports.get(exportId)
    if (!this.exports.delete(exportId) || ended === undefined) return
    if (this.exports.size === 0) this.signs.keepAwake(false)
    // One that was cancelled ended before the eyes of who did it; of one that failed the rest was not written either.
    const failed = outcome === 'failed' ? ended.clips - ended.written : ended.failed
    if (outcome !== 'cancelled') this.notify({ what: 'export', written: ended.written, failed }, ended.since)
    this.show()
  }

  private show(): void {
    const all = [...this.exports.values()]
    const clips = all.reduce((sum, one) => sum + one.clips, 0)
    if (clips > 0) this.signs.showProgress(all.reduce((sum, one) => sum + one.fraction * one.clips, 0) / clips)
    else this.signs.showProgress(this.workedSince === null ? null : this.workFraction)
  }

  private notify(notice: Notice, since: number): void {
    if (this.wantsNotice && !this.signs.isWindowWatched() && this.now() - since >= LONG_MS) this.signs.notify(notice)
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
