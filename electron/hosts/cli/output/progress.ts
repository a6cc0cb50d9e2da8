import type { AppEvent } from '../../../contract/events.ts'
import type { JobsOverview } from '../../../contract/jobs.ts'
import type { ModelsOverview, ModelState } from '../../../contract/models.ts'
import { etaText, fit, percentText, printable, sizeText } from './text.ts'

export interface Terminal {
  write(text: string): void
  columns: number
}

/** Shows how far long work is, in the way that fits who looks: a bar, plain lines, or NDJSON. */
export interface ProgressView {
  show(event: AppEvent): void
  /** Leaves the terminal with the cursor on an empty line. */
  end(): void
}

const BAR_CELLS = 24

function bar(share: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * BAR_CELLS)
  return '█'.repeat(full) + '░'.repeat(BAR_CELLS - full)
}

function working(jobs: JobsOverview): JobsOverview['videos'] {
  return jobs.videos.filter((video) => video.stages.some((stage) => stage.state === 'running'))
}

function speedAndEta(jobs: JobsOverview): string {
  const speed = jobs.speed === null ? '' : `  ${jobs.speed.toFixed(jobs.speed < 10 ? 1 : 0)} x realtime`
  const eta = jobs.etaSeconds === null ? '' : `  ${etaText(jobs.etaSeconds)} left`
  return speed + eta
}

function sentence(event: AppEvent): string | null {
  switch (event.type) {
    case 'video-ready': return `ready    ${printable(event.path)}`
    case 'video-failed': return `failed   ${printable(event.path)}: ${event.error.message} ${event.error.hint}`.trimEnd()
    case 'refused': return `refused  ${event.refusal.code}  ${printable(event.refusal.message)} ${event.refusal.hint}`.trimEnd()
    default: return null
  }
}

type Installing = Extract<ModelState, { kind: 'installing' }>

interface Install { title: string, state: Installing, share: number }

const phases = { waiting: 'waiting', fetching: '', checking: 'checking', trying: 'trying it out' } as const

/** The first model that is being installed; those that it requires come before it. */
function installOf({ models }: ModelsOverview): Install | null {
  for (const { title, state } of models) {
    if (state.kind !== 'installing') continue
    // Nothing is counted while it is tried out: all is here by then.
    return { title, state, share: state.totalBytes > 0 ? state.doneBytes / state.totalBytes : Number(state.phase === 'trying') }
  }
  return null
}

function installText({ title, state: { phase, bytesPerSecond, etaSeconds } }: Install): string {
  const speed = phase !== 'fetching' || bytesPerSecond === null ? '' : `  ${sizeText(bytesPerSecond)}/s`
  const eta = phase !== 'fetching' || etaSeconds === null ? '' : `  ${etaText(etaSeconds)} left`
  return `${speed}${eta}  ${[printable(title), phases[phase]].filter(Boolean).join(', ')}`
}

function barText(event: AppEvent): string | null {
  switch (event.type) {
    case 'jobs': {
      const names = working(event.jobs).map((video) => `${printable(video.title)} (${video.current ?? 'waiting'})`).join(', ')
      return `${bar(event.jobs.progress)} ${percentText(event.jobs.progress).padStart(5)}${speedAndEta(event.jobs)}  ${names}`
    }
    case 'export-progress': {
      const eta = event.etaSeconds === null ? '' : `  ${etaText(event.etaSeconds)} left`
      return `${bar(event.progress)} ${percentText(event.progress).padStart(5)}  clip ${String(event.clip + 1)} of ${String(event.clips)}${eta}`
    }
    case 'models-changed': {
      const install = installOf(event.models)
      return install === null ? null : `${bar(install.share)} ${percentText(install.share).padStart(5)}${installText(install)}`
    }
    case 'import-found': return `${String(event.files)} files found`
    default: return null
  }
}

/** One line that is written over again, with what is finished scrolling away above it. */
export function barView(terminal: Terminal): ProgressView {
  let isBarShown = false
  let shownExport: number | null = null
  const clear = (): void => { if (isBarShown) terminal.write('\r\u001b[2K'); isBarShown = false }
  return {
    show: (event) => {
      if (event.type === 'export-progress' && event.exportId !== (shownExport ??= event.exportId)) return
      if (event.type === 'export-ended' && event.exportId === shownExport) { clear(); shownExport = null }
      const text = sentence(event)
      if (text !== null) { clear(); terminal.write(`${text}\n`) }
      const line = barText(event)
      if (line === null) return
      terminal.write(`\r\u001b[2K${fit(line, terminal.columns - 1)}`)
      isBarShown = true
    },
    end: clear,
  }
}

/** For a file or a pipe: a line for each thing that ended and for each further tenth of the whole. */
export function lineView(terminal: Pick<Terminal, 'write'>): ProgressView {
  let tenth = 0
  let installLine = ''
  const showInstall = (install: Install | null): void => {
    if (install === null) return
    const line = `${install.title} ${install.state.phase} ${String(Math.floor(install.share * 10))}`
    if (line !== installLine) terminal.write(`${percentText(install.share)}${installText(install)}\n`)
    installLine = line
  }
  return {
    show: (event) => {
      // What was refused stands in the answer.
      const text = event.type === 'refused' ? null : sentence(event)
      if (text !== null) terminal.write(`${text}\n`)
      if (event.type === 'models-changed') showInstall(installOf(event.models))
      if (event.type !== 'jobs') return
      const reached = Math.floor(event.jobs.progress * 10)
      if (reached > tenth && event.jobs.progress < 1) terminal.write(`${percentText(event.jobs.progress)}${speedAndEta(event.jobs)}\n`)
      tenth = reached
    },
    end: () => undefined,
  }
}

/** Every event as one JSON value a line. */
export function jsonView(terminal: Pick<Terminal, 'write'>): ProgressView {
  return { show: (event) => { terminal.write(`${JSON.stringify(event)}\n`) }, end: () => undefined }
}

export const silentView: ProgressView = { show: () => undefined, end: () => undefined }
