import type { ErrorShape } from '../../../electron/contract/errors.ts'
import type { AppEvent } from '../../../electron/contract/events.ts'
import type { ExportChoices } from '../../../electron/contract/export-choices.ts'
import type { ExportedFile, ExportReport } from '../../../electron/contract/exports.ts'
import type { TrayClip } from '../../../electron/contract/tray.ts'
import { messages } from '../../messages.ts'
import { cutKey } from './plan-match.ts'

/** What becomes one file, a clip or the clips of a reel, and what became of it. */
export interface ExportItem {
  title: string
  clips: readonly TrayClip[]
  state: 'waiting' | 'writing' | 'done' | 'failed' | 'stopped'
  file: ExportedFile | null
  error: ErrorShape | null
}

export interface ExportRun {
  /** What it was asked with. */
  ticket: string
  /** What its events bear; null before the first. */
  exportId: number | null
  state: 'waiting' | 'running' | 'finished' | 'cancelled' | 'failed'
  /** Exports that are done before it. */
  before: number
  folder: string
  choices: ExportChoices
  items: readonly ExportItem[]
  /** 0 to 1 over all clips. */
  progress: number
  etaSeconds: number | null
  /** Pictures that are written, and of how many; both 0 while nobody knows. */
  frames: number
  framesOf: number
  /** Why nothing more was written. */
  error: ErrorShape | null
}

type ProgressEvent = Extract<AppEvent, { type: 'export-progress' }>
type FileEvent = Extract<AppEvent, { type: 'export-file' }>
type WaitsEvent = Extract<AppEvent, { type: 'export-waits' }>

export interface Wish { ticket: string, clips: readonly TrayClip[], folder: string, choices: ExportChoices }

/** An export that was just asked for, with so many before it. */
export function startedRun({ ticket, clips, folder, choices }: Wish, before = 0): ExportRun {
  const item = (title: string, of: readonly TrayClip[]): ExportItem => ({ title, clips: of, state: 'waiting', file: null, error: null })
  const items = choices.reel === null ? clips.map((clip) => item(clip.title, [clip])) : [item(choices.reel.name, clips)]
  return { ticket, exportId: null, state: before === 0 ? 'running' : 'waiting', before, folder, choices, items, progress: 0, etaSeconds: null, frames: 0, framesOf: 0, error: null }
}

/** Neither waits nor runs. */
export function isOver({ state }: ExportRun): boolean {
  return state !== 'waiting' && state !== 'running'
}

/** The place of the file that is being written, from 1. */
export function writingNumber({ items }: ExportRun): number {
  const at = items.findIndex(({ state }) => state === 'writing')
  return at === -1 ? Math.min(items.length, items.filter(({ state }) => state !== 'waiting').length + 1) : at + 1
}

function withProgress(run: ExportRun, { clip, clips, progress, etaSeconds, frames, framesOf }: ProgressEvent): ExportRun {
  const writing = run.choices.reel === null ? clip : 0
  const items = run.items.map((item, at): ExportItem => at === writing && item.state === 'waiting' ? { ...item, state: 'writing' } : item)
  return { ...run, state: 'running', before: 0, items, progress: Math.max(run.progress, Math.min(1, (clip + progress) / clips)), etaSeconds, frames: Math.max(run.frames, frames), framesOf }
}

function withFile(run: ExportRun, { clip, file, error }: FileEvent): ExportRun {
  const ended = run.choices.reel === null ? clip : 0
  const items = run.items.map((item, at): ExportItem => at === ended ? { ...item, state: file === null ? 'failed' : 'done', file, error } : item)
  return { ...run, items }
}

function withPlace(run: ExportRun, { exportId, before }: WaitsEvent): ExportRun {
  return { ...run, exportId, before, state: before > 0 ? 'waiting' : 'running' }
}

/** What an event changes in an export; nothing where it is of another one. */
export function withEvent(run: ExportRun, event: AppEvent): ExportRun {
  if (isOver(run)) return run
  switch (event.type) {
    case 'export-waits': return event.ticket === run.ticket || event.exportId === run.exportId ? withPlace(run, event) : run
    case 'export-progress': return event.exportId === run.exportId ? withProgress(run, event) : run
    case 'export-file': return event.exportId === run.exportId ? withFile(run, event) : run
    default: return run
  }
}

const ended = { etaSeconds: null, before: 0 }

function finishedReel(run: ExportRun, { files, failed }: ExportReport): ExportRun {
  const [file = null] = files
  const items = run.items.map((item): ExportItem => ({ ...item, state: file === null ? 'failed' : 'done', file, error: failed[0]?.error ?? null }))
  return { ...run, ...ended, state: 'finished', items, progress: 1 }
}

/** All clips were dealt with. */
export function finishedRun(run: ExportRun, report: ExportReport): ExportRun {
  if (run.choices.reel !== null) return finishedReel(run, report)
  const failures = Map.groupBy(report.failed, ({ clip }) => clip.kind === 'span' ? cutKey(clip) : '')
  const files = [...report.files]
  const items = run.items.map((item): ExportItem => {
    if (item.state === 'done') { files.shift(); return item }
    const failure = item.state === 'failed' ? item.error : item.clips.flatMap((clip) => failures.get(cutKey(clip))?.shift()?.error ?? [])[0]
    if (failure !== undefined && failure !== null) return { ...item, state: 'failed', error: failure }
    const file = files.shift() ?? null
    return { ...item, state: file === null ? 'failed' : 'done', file }
  })
  return { ...run, ...ended, state: 'finished', items, progress: 1 }
}

/** The person or an error stopped it: what is written stays, the rest is not there. */
export function stoppedRun(run: ExportRun, error: ErrorShape | null): ExportRun {
  const items = run.items.map((item): ExportItem => item.state === 'waiting' || item.state === 'writing' ? { ...item, state: 'stopped' } : item)
  return { ...run, ...ended, state: error === null ? 'cancelled' : 'failed', items, error }
}

/** What is not written yet, for another try. */
export function unwrittenClips({ items }: ExportRun): TrayClip[] {
  return items.filter(({ state }) => state !== 'done').flatMap(({ clips }) => clips)
}

function finishedTitle({ items, choices }: ExportRun): string {
  const failed = items.filter(({ state }) => state === 'failed').length
  if (choices.reel !== null) return failed === 0 ? messages.tray.doneReel(choices.reel.name) : messages.tray.failedReel(choices.reel.name)
  return failed === 0 ? messages.tray.done(items.length) : messages.tray.someFailed(failed, items.length)
}

/** What is going on, or how it ended. */
export function runTitle(run: ExportRun): string {
  const all = run.items.length
  const { reel } = run.choices
  switch (run.state) {
    case 'waiting': return reel === null ? messages.tray.waitingRun(all) : messages.tray.waitingReel(reel.name)
    case 'running': return reel === null ? messages.tray.exporting(writingNumber(run), all) : messages.tray.exportingReel(reel.name)
    case 'cancelled': return messages.tray.cancelled(run.items.filter(({ state }) => state === 'done').length, all)
    case 'failed': return messages.tray.stopped
    case 'finished': return finishedTitle(run)
  }
}
