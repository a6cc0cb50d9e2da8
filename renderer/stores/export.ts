import { create } from 'zustand'
import type { ErrorShape } from '../../electron/contract/errors.ts'
import type { ExportPlan } from '../../electron/contract/exports.ts'
import type { Settings } from '../../electron/contract/settings.ts'
import type { TrayClip } from '../../electron/contract/tray.ts'
import { engine, host } from '../api.ts'
import type { ExportRun } from '../features/export/export-run.ts'
import { finishedRun, ownEvents, runTitle, startedRun, stoppedRun } from '../features/export/export-run.ts'
import { sourceOf } from '../features/export/plan-match.ts'
import { messages } from '../messages.ts'
import { errorShape, isCancelled } from '../report-error.ts'
import { toast } from '../ui/toasts.tsx'
import { go, useNavigation } from './navigation.ts'
import { useSettings } from './settings.ts'

interface ExportState {
  /** Of the clips as they were asked for last; older than the tray while another one is under way. */
  plan: ExportPlan | null
  planError: ErrorShape | null
  isPlanning: boolean
  /** The export that runs, or the last one until its report is closed. */
  run: ExportRun | null
  /** Where clips go until the person chooses a folder; null before it is known. */
  usualFolder: string | null
}

export const useExport = create<ExportState>(() => ({ plan: null, planError: null, isPlanning: false, run: null, usualFolder: null }))

type ExportSettings = Settings['export']

const PLAN_DELAY_MS = 250

let planning = new AbortController()
let planTimer: ReturnType<typeof setTimeout> | undefined

const choicesOf = ({ folder: _folder, ...choices }: ExportSettings): Omit<ExportSettings, 'folder'> => choices

async function askPlan(clips: readonly TrayClip[], settings: ExportSettings): Promise<void> {
  planning = new AbortController()
  const { signal } = planning
  try {
    const plan = await engine.call('export.plan', { clips: clips.map(sourceOf), ...choicesOf(settings) }, signal)
    if (!signal.aborted) useExport.setState({ plan, planError: null, isPlanning: false })
  } catch (error) {
    if (signal.aborted || isCancelled(error)) return
    useExport.setState({ plan: null, planError: errorShape(error), isPlanning: false })
  }
}

/** Asks what would be written, a moment after the last change; what was asked before is cancelled. */
export function planSoon(clips: readonly TrayClip[], settings: ExportSettings): void {
  clearTimeout(planTimer)
  planning.abort()
  if (clips.length === 0) { useExport.setState({ plan: null, planError: null, isPlanning: false }); return }
  useExport.setState({ isPlanning: true })
  planTimer = setTimeout(() => { void askPlan(clips, settings) }, PLAN_DELAY_MS)
}

const videoFolders: readonly string[] = ['Videos', 'Movies', 'Home']

/** Looks once for the folder that is offered first: Scenedex in the person's own folder of videos. */
export async function findUsualFolder(): Promise<void> {
  if (useExport.getState().usualFolder !== null) return
  const { places, folder } = await host.call('host.browse', { folder: null })
  const place = videoFolders.map((name) => places.find((one) => one.name === name)?.path).find((path) => path !== undefined) ?? folder
  const separator = place.includes('\\') ? '\\' : '/'
  useExport.setState({ usualFolder: `${place.replace(/[\\/]$/, '')}${separator}Scenedex` })
}

let exporting = new AbortController()

function change(next: (run: ExportRun) => ExportRun): void {
  const { run } = useExport.getState()
  if (run?.state === 'running') useExport.setState({ run: next(run) })
}

/** Whoever went on working elsewhere hears how it ended. */
function tellElsewhere(): void {
  const { run } = useExport.getState()
  if (run === null || useNavigation.getState().place.view === 'tray') return
  const isGood = run.items.every(({ state }) => state === 'done')
  toast({ text: runTitle(run), tone: isGood ? 'good' : 'bad', action: { label: messages.tray.showReport, act: () => { go({ view: 'tray' }) } } })
}

/** Writes clips into a folder, one after the other. One export at a time; its state outlives the view. */
export async function startExport(clips: readonly TrayClip[], folder: string): Promise<void> {
  if (clips.length === 0 || useExport.getState().run?.state === 'running') return
  const choices = choicesOf(useSettings.getState().settings.export)
  exporting = new AbortController()
  useExport.setState({ run: startedRun(clips, folder) })
  const follow = ownEvents()
  const stopListening = engine.onEvent((event) => { change((run) => follow(run, event)) })
  try {
    const report = await engine.call('export.clips', { clips: clips.map(sourceOf), outFolder: folder, ...choices }, exporting.signal)
    change((run) => finishedRun(run, report))
    tellElsewhere()
  } catch (error) {
    change((run) => stoppedRun(run, isCancelled(error) ? null : errorShape(error)))
    if (!isCancelled(error)) tellElsewhere()
  } finally {
    stopListening()
  }
}

/** Stops the export. What is finished stays. */
export function cancelExport(): void {
  exporting.abort()
}

/** Puts the report of the last export away. */
export function closeReport(): void {
  if (useExport.getState().run?.state !== 'running') useExport.setState({ run: null })
}
