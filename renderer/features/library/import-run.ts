import { create } from 'zustand'
import type { ImportReport } from '../../../electron/contract/videos.ts'
import { RemoteError } from '../../../electron/rpc/client.ts'
import { engine } from '../../api.ts'
import { messages } from '../../messages.ts'
import { errorShape, isCancelled, reportError } from '../../report-error.ts'
import { toast } from '../../ui/toasts.tsx'
import type { GivenFile, UploadProgress } from '../../upload.ts'
import { uploadFiles } from '../../upload.ts'
import type { AddedReport } from './import-summary.ts'
import { reportText, summaryOf } from './import-summary.ts'

/** An import under way: first, in a browser, the files are sent, then they are looked at. */
export interface ImportRun {
  files: readonly GivenFile[]
  sending: UploadProgress | null
  /** Files that were looked at so far. */
  found: number
  isSample: boolean
  stop(): void
}

interface ImportState {
  run: ImportRun | null
  /** What came of the last import. */
  report: AddedReport | null
  isReportShown: boolean
}

export const useImport = create<ImportState>(() => ({ run: null, report: null, isReportShown: false }))

const TRIES = 3

function change(now: Partial<ImportRun>): void {
  useImport.setState(({ run }) => ({ run: run === null ? null : { ...run, ...now } }))
}

/** An import may be asked for again at any time: what is in already is known. So it goes on when the engine dies in the middle of it. */
async function untilAnswered(ask: () => Promise<ImportReport>): Promise<ImportReport> {
  for (let left = TRIES; ; left--) {
    try {
      return await ask()
    } catch (error) {
      if (left <= 1 || !(error instanceof RemoteError) || error.code !== 'CHANNEL_CLOSED') throw error
    }
  }
}

function tell(report: AddedReport): void {
  const isShown = report.refused.length > 0
  useImport.setState({ report, isReportShown: isShown })
  if (isShown) return
  const { known, moved } = report
  const show = { label: messages.library.importing.showReport, act: showReport }
  toast({ text: summaryOf(report), tone: report.added.length > 0 ? 'good' : 'usual', ...known.length + moved.length > 0 ? { action: show } : {} })
}

/** Shows again what came of the last import. */
export function showReport(): void {
  useImport.setState({ isReportShown: true })
}

export function hideReport(): void {
  useImport.setState({ isReportShown: false })
}

export async function copyReport(report: AddedReport): Promise<void> {
  await navigator.clipboard.writeText(reportText(report)).catch(reportError)
}

let queue: Promise<void> = Promise.resolve()

type Work = (signal: AbortSignal) => Promise<AddedReport | null>

/** One import after the other, in the order in which they were asked for. */
function enqueue(begun: Pick<ImportRun, 'files' | 'isSample'>, work: Work): Promise<void> {
  queue = queue.then(async () => {
    const controller = new AbortController()
    useImport.setState({ run: { ...begun, sending: null, found: 0, stop: () => { controller.abort() } } })
    try {
      const report = await work(controller.signal)
      if (report !== null) tell(report)
    } catch (error) {
      if (isCancelled(error)) toast({ text: messages.library.importing.stopped })
      else reportError(error)
    } finally {
      useImport.setState({ run: null })
    }
  })
  return queue
}

/** Takes files and folders of the library's machine in. */
export function importPaths(paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return Promise.resolve()
  return enqueue({ files: [], isSample: false }, async (signal) => untilAnswered(() => engine.call('library.import', { paths: [...paths] }, signal)))
}

/** Sends files of this machine to the library's and takes them in there. */
export function importGiven(files: readonly GivenFile[]): Promise<void> {
  return enqueue({ files, isSample: false }, async (signal) => {
    const { paths, refused } = await uploadFiles(files, { signal, onProgress: (sending) => { change({ sending }) } })
    change({ sending: null })
    const notSent = refused.map(({ name, error }) => ({ path: name, message: error.message, hint: error.hint }))
    const report = paths.length === 0
      ? { added: [], known: [], moved: [], refused: [], ignored: 0 }
      : await untilAnswered(() => engine.call('library.import', { paths }, signal))
    return { ...report, refused: [...notSent, ...report.refused] }
  })
}

/** Makes the sample video and takes it in. */
export function importSample(): Promise<void> {
  return enqueue({ files: [], isSample: true }, async (signal) => untilAnswered(() => engine.call('library.addSample', {}, signal)))
}

/** What could not be read from a drop. */
export function reportDropFailure(error: unknown): void {
  toast({ text: errorShape(error).message, tone: 'bad' })
}

/** Counts the files that are looked at. To be called once. */
export function followImport(): () => void {
  return engine.onEvent((event) => { if (event.type === 'import-found') change({ found: event.files }) })
}
