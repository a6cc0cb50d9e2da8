import { create } from 'zustand'
import type { ErrorShape } from '../../electron/contract/errors.ts'
import type { ModelCard, ModelCheck, ModelsOverview, TaskOverview } from '../../electron/contract/models.ts'
import { engine, onConnection } from '../api.ts'
import { messages } from '../messages.ts'
import { errorShape, isCancelled, reportError } from '../report-error.ts'
import { bytesText } from '../time-text.ts'
import { toast } from '../ui/toasts.tsx'

export type Task = TaskOverview['task']

interface ModelsState {
  /** Null until the engine has told of it for the first time. */
  overview: ModelsOverview | null
  /** Why it could not be had, where it could not. */
  error: ErrorShape | null
  /** Why the last install of a model came to nothing, by its id; until it is tried again. */
  failures: ReadonlyMap<string, ErrorShape>
  /** What verifying a model showed, by its id; null while it is read. */
  checks: ReadonlyMap<string, ModelCheck | null>
  /** A model is being added from disk; aborting stops it. */
  adding: AbortController | null
}

export const useModels = create<ModelsState>(() => ({ overview: null, error: null, failures: new Map(), checks: new Map(), adding: null }))

const text = messages.settings.models

function show(overview: ModelsOverview): void {
  useModels.setState({ overview, error: null })
}

/** Asks what is installed and how far the videos are. */
export async function reloadModels(): Promise<void> {
  try {
    show(await engine.call('models.overview', {}))
  } catch (error) {
    useModels.setState({ error: errorShape(error) })
  }
}

function keepFailure(id: string, error: ErrorShape | null): void {
  useModels.setState(({ failures }) => {
    const now = new Map(failures)
    if (error === null) now.delete(id)
    else now.set(id, error)
    return { failures: now }
  })
}

function keepCheck(id: string, check: ModelCheck | null | undefined): void {
  useModels.setState(({ checks }) => {
    const now = new Map(checks)
    if (check === undefined) now.delete(id)
    else now.set(id, check)
    return { checks: now }
  })
}

function sayReady({ title }: Pick<ModelCard, 'title'>): void {
  toast({ text: text.ready(title), hint: text.readyHint, tone: 'good' })
}

/** Fetches a model; how far it is comes with the overview. `variants` null: the usual ones, or those that an install was begun with. */
export async function installModel(id: string, variants: string[] | null = null): Promise<void> {
  keepFailure(id, null)
  keepCheck(id, undefined)
  try {
    sayReady(await engine.call('models.install', { id, variants }))
  } catch (error) {
    // When the engine is gone, its return says what is here.
    if (!isCancelled(error)) keepFailure(id, errorShape(error))
  }
  await reloadModels()
}

/** Stops an install, or throws away what it has fetched. */
export async function cancelInstall(id: string, discard: boolean): Promise<void> {
  keepFailure(id, null)
  try {
    show(await engine.call('models.cancel', { id, discard }))
  } catch (error) {
    reportError(error)
  }
}

/** Takes in a model from a folder or an archive of this machine. */
export async function addModelFromDisk(path: string): Promise<void> {
  const adding = new AbortController()
  useModels.setState({ adding })
  try {
    sayReady(await engine.call('models.import', { path }, adding.signal))
  } catch (error) {
    if (isCancelled(error)) toast({ text: text.addStopped })
    else reportError(error)
  } finally {
    useModels.setState({ adding: null })
  }
  await reloadModels()
}

/** Which model works for a task; null: the best that is installed. */
export async function chooseModel(task: Task, card: Pick<ModelCard, 'id' | 'title'> | null): Promise<void> {
  try {
    show(await engine.call('models.choose', { task, id: card?.id ?? null }))
    if (card !== null) toast({ text: text.anew(card.title) })
  } catch (error) {
    reportError(error)
  }
}

/** Compares the files of a model with their hashes. */
export async function verifyModel(id: string): Promise<void> {
  keepCheck(id, null)
  try {
    const { models } = await engine.call('models.verify', { id })
    keepCheck(id, models.find((check) => check.id === id))
  } catch (error) {
    keepCheck(id, undefined)
    reportError(error)
  }
  await reloadModels()
}

/** Deletes the files of a model, and what it found when `vectors` is set. True when it is done. */
export async function removeModel(card: Pick<ModelCard, 'id' | 'title' | 'state'>, vectors: boolean): Promise<boolean> {
  keepCheck(card.id, undefined)
  keepFailure(card.id, null)
  try {
    const { freedBytes, deletedVectors } = await engine.call('models.remove', { id: card.id, vectors })
    const had = text.vectors(deletedVectors, deletedVectors.toLocaleString('en'))
    toast({ text: card.state.kind === 'not-installed' ? text.deletedVectors(had) : text.removed(card.title, bytesText(freedBytes)) })
    await reloadModels()
    return true
  } catch (error) {
    reportError(error)
    return false
  }
}

/** Reads what is installed and follows its changes. To be called once. */
export function followModels(): void {
  engine.onEvent((event) => { if (event.type === 'models-changed') show(event.models) })
  onConnection((connection) => { if (connection === 'connected') void reloadModels() })
}
