import { create } from 'zustand'
import type { ErrorShape } from '../../electron/contract/errors.ts'
import type { ExportChoices, Reel } from '../../electron/contract/export-choices.ts'
import type { ExportPlan } from '../../electron/contract/exports.ts'
import type { TrayClip } from '../../electron/contract/tray.ts'
import { engine, host } from '../api.ts'
import type { ExportRun, Wish } from '../features/export/export-run.ts'
import { finishedRun, isOver, runTitle, startedRun, stoppedRun, withEvent } from '../features/export/export-run.ts'
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
  /** In the order they were asked for: those that run or wait, and the reports of others until they are closed. */
  runs: readonly ExportRun[]
  /** All clips as one file; null for a file for each. Not kept: the next tray has another name. */
  reel: Reel | null
  /** Where clips go until the person chooses a folder; null before it is known. */
  usualFolder: string | null
}

export const useExport = create<ExportState>(() => ({ plan: null, planError: null, isPlanning: false, runs: [], reel: null, usualFolder: null }))

const PLAN_DELAY_MS = 250

let planning = new AbortController()
let planTimer: ReturnType<typeof setTimeout> | undefined

/** What is chosen for an export now. */
function chosenNow(): ExportChoices {
  const { folder: _folder, ...choices } = useSettings.getState().settings.export
  return { ...choices, reel: useExport.getState().reel }
}

async function askPlan(clips: readonly TrayClip[], choices: ExportChoices): Promise<void> {
  planning = new AbortController()
  const { signal } = planning
  try {
    const plan = await engine.call('export.plan', { clips: clips.map(sourceOf), ...choices }, signal)
    if (!signal.aborted) useExport.setState({ plan, planError: null, isPlanning: false })
  } catch (error) {
    if (signal.aborted || isCancelled(error)) return
    useExport.setState({ plan: null, planError: errorShape(error), isPlanning: false })
  }
}

/** Asks what would be written, a moment after the last change; what was asked before is cancelled. */
export function planSoon(clips: readonly TrayClip[], choices: ExportChoices): void {
  clearTimeout(planTimer)
  planning.abort()
  if (clips.length === 0) { useExport.setState({ plan: null, planError: null, isPlanning: false }); return }
  useExport.setState({ isPlanning: true })
  planTimer = setTimeout(() => { void askPlan(clips, choices) }, PLAN_DELAY_MS)
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

const stoppers = new Map<string, AbortController>()

function change(ticket: string, next: (run: ExportRun) => ExportRun): void {
  useExport.setState(({ runs }) => ({ runs: runs.map((run) => run.ticket === ticket && !isOver(run) ? next(run) : run) }))
}

/** Whoever went on working elsewhere hears how it ended. */
function tellElsewhere(ticket: string): void {
  const run = useExport.getState().runs.find((one) => one.ticket === ticket)
  if (run === undefined || useNavigation.getState().place.view === 'tray') return
  const isGood = run.items.every(({ state }) => state === 'done')
  toast({ text: runTitle(run), tone: isGood ? 'good' : 'bad', action: { label: messages.tray.showReport, act: () => { go({ view: 'tray' }) } } })
}

async function follow({ ticket, clips, folder, choices }: Wish, signal: AbortSignal): Promise<void> {
  const stopListening = engine.onEvent((event) => { change(ticket, (run) => withEvent(run, event)) })
  try {
    const report = await engine.call('export.clips', { clips: clips.map(sourceOf), outFolder: folder, ticket, ...choices }, signal)
    change(ticket, (run) => finishedRun(run, report))
    tellElsewhere(ticket)
  } catch (error) {
    change(ticket, (run) => stoppedRun(run, isCancelled(error) ? null : errorShape(error)))
    if (!isCancelled(error)) tellElsewhere(ticket)
  } finally {
    stopListening()
    stoppers.delete(ticket)
  }
}

/** Has clips written into a folder, after the exports that were asked for before. Its state outlives the view. */
export async function startExport(clips: readonly TrayClip[], folder: string, choices: ExportChoices = chosenNow()): Promise<void> {
  if (clips.length === 0) return
  const stopper = new AbortController()
  const wish: Wish = { ticket: crypto.randomUUID(), clips, folder, choices }
  stoppers.set(wish.ticket, stopper)
  useExport.setState(({ runs }) => ({ runs: [...runs, startedRun(wish, runs.filter((run) => !isOver(run)).length)] }))
  await follow(wish, stopper.signal)
}

/** Stops an export, or takes it out of the queue. What is finished stays. */
export function cancelExport(ticket: string): void {
  stoppers.get(ticket)?.abort()
}

/** Puts the report of an export away that is over. */
export function closeReport(ticket: string): void {
  useExport.setState(({ runs }) => ({ runs: runs.filter((run) => run.ticket !== ticket || !isOver(run)) }))
}
