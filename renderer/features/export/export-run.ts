import type { ErrorShape } from '../../../electron/contract/errors.ts'
import type { AppEvent } from '../../../electron/contract/events.ts'
import type { ExportedFile, ExportReport } from '../../../electron/contract/exports.ts'
import type { TrayClip } from '../../../electron/contract/tray.ts'
import { messages } from '../../messages.ts'
import { cutKey } from './plan-match.ts'

/** A clip of an export, and what became of it. */
export interface ExportItem {
  clip: TrayClip
  state: 'waiting' | 'writing' | 'done' | 'failed' | 'stopped'
  file: ExportedFile | null
  error: ErrorShape | null
}

export interface ExportRun {
  state: 'running' | 'finished' | 'cancelled' | 'failed'
  folder: string
  items: readonly ExportItem[]
  /** 0 to 1 over all clips. */
  progress: number
  etaSeconds: number | null
  /** Why nothing more was written. */
  error: ErrorShape | null
}

type ProgressEvent = Extract<AppEvent, { type: 'export-progress' }>
type FileEvent = Extract<AppEvent, { type: 'export-file' }>

// Whether this is of the export that was just asked for: of one that ran before, in another window, only later events come.
function isBeginning({ items }: ExportRun, { clip, clips, progress }: ProgressEvent): boolean {
  return clip === 0 && progress === 0 && clips === items.length
}

/** An export that has just begun. */
export function startedRun(clips: readonly TrayClip[], folder: string): ExportRun {
  return { state: 'running', folder, items: clips.map((clip) => ({ clip, state: 'waiting', file: null, error: null })), progress: 0, etaSeconds: null, error: null }
}

/** The place of the clip that is being written, from 1. */
export function writingNumber({ items }: ExportRun): number {
  const at = items.findIndex(({ state }) => state === 'writing')
  return at === -1 ? Math.min(items.length, items.filter(({ state }) => state !== 'waiting').length + 1) : at + 1
}

/** A clip is further. */
export function withProgress(run: ExportRun, { clip, clips, progress, etaSeconds }: ProgressEvent): ExportRun {
  const items = run.items.map((item, at): ExportItem => at === clip && item.state === 'waiting' ? { ...item, state: 'writing' } : item)
  return { ...run, items, progress: Math.max(run.progress, Math.min(1, (clip + progress) / clips)), etaSeconds }
}

/** A clip is done, or could not be written. */
export function withFile(run: ExportRun, { clip, file, error }: FileEvent): ExportRun {
  const items = run.items.map((item, at): ExportItem => at === clip ? { ...item, state: file === null ? 'failed' : 'done', file, error } : item)
  return { ...run, items }
}

/** What an event changes, where it is of the export that begins now; another window may have one at the same time. */
export function ownEvents(): (run: ExportRun, event: AppEvent) => ExportRun {
  let own: number | null = null
  return (run, event) => {
    if (event.type === 'export-progress') {
      if (own === null && isBeginning(run, event)) own = event.exportId
      return event.exportId === own ? withProgress(run, event) : run
    }
    return event.type === 'export-file' && event.exportId === own ? withFile(run, event) : run
  }
}

/** All clips were dealt with. */
export function finishedRun(run: ExportRun, report: ExportReport): ExportRun {
  const failures = Map.groupBy(report.failed, ({ clip }) => clip.kind === 'span' ? cutKey(clip) : '')
  const files = [...report.files]
  const items = run.items.map((item): ExportItem => {
    if (item.state === 'done') { files.shift(); return item }
    const failure = item.state === 'failed' ? item.error : failures.get(cutKey(item.clip))?.shift()?.error
    if (failure !== undefined && failure !== null) return { ...item, state: 'failed', error: failure }
    const file = files.shift() ?? null
    return { ...item, state: file === null ? 'failed' : 'done', file }
  })
  return { ...run, state: 'finished', items, progress: 1, etaSeconds: null }
}

/** The person or an error stopped it: what is written stays, the rest is not there. */
export function stoppedRun(run: ExportRun, error: ErrorShape | null): ExportRun {
  const items = run.items.map((item): ExportItem => item.state === 'waiting' || item.state === 'writing' ? { ...item, state: 'stopped' } : item)
  return { ...run, state: error === null ? 'cancelled' : 'failed', items, etaSeconds: null, error }
}

/** What is not written yet, for another try. */
export function unwrittenClips({ items }: ExportRun): TrayClip[] {
  return items.filter(({ state }) => state !== 'done').map(({ clip }) => clip)
}

/** What is going on, or how it ended. */
export function runTitle(run: ExportRun): string {
  const all = run.items.length
  const count = (state: ExportItem['state']): number => run.items.filter((item) => item.state === state).length
  switch (run.state) {
    case 'running': return messages.tray.exporting(writingNumber(run), all)
    case 'cancelled': return messages.tray.cancelled(count('done'), all)
    case 'failed': return messages.tray.stopped
    case 'finished': return count('failed') === 0 ? messages.tray.done(all) : messages.tray.someFailed(count('failed'), all)
  }
}
