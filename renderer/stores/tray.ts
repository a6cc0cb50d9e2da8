import { create } from 'zustand'
import type { ErrorShape } from '../../electron/contract/errors.ts'
import type { NewTrayClip, Tray, TrayChange, TrayClip, TrayClipId } from '../../electron/contract/tray.ts'
import { engine, onConnection } from '../api.ts'
import { messages } from '../messages.ts'
import { errorShape, isCancelled, reportError } from '../report-error.ts'
import { toast } from '../ui/toasts.tsx'

interface TrayState {
  /** Null until the engine has answered for the first time. */
  clips: readonly TrayClip[] | null
  /** Why there are none to show. */
  error: ErrorShape | null
}

export const useTray = create<TrayState>(() => ({ clips: null, error: null }))

// Edits go out one after the other. What the engine says in between is older than what the screen shows already.
let edits: Promise<unknown> = Promise.resolve()
let editsUnderWay = 0

const clipsNow = (): readonly TrayClip[] => useTray.getState().clips ?? []

function show(clips: readonly TrayClip[]): void {
  useTray.setState({ clips, error: null })
}

/** Asks for the whole tray. */
export async function loadTray(): Promise<void> {
  try {
    const { clips } = await engine.call('tray.list', {})
    if (editsUnderWay === 0) show(clips)
  } catch (error) {
    if (!isCancelled(error)) useTray.setState({ error: errorShape(error) })
  }
}

/** Shows `expected` at once and the engine's answer when it is there; null when it failed, and then the tray is shown as it really is. */
async function edit(ask: () => Promise<Tray>, expected: readonly TrayClip[]): Promise<readonly TrayClip[] | null> {
  show(expected)
  editsUnderWay++
  const answer = edits.then(ask)
  edits = answer.catch(() => undefined)
  try {
    const { clips } = await answer
    if (editsUnderWay === 1) show(clips)
    return clips
  } catch (error) {
    reportError(error)
    return null
  } finally {
    editsUnderWay--
    if (editsUnderWay === 0) void answer.catch(loadTray)
  }
}

/** Runs of neighbours among the clips at these places, for putting them back where they were. */
export function runsOf(clips: readonly TrayClip[], ids: ReadonlySet<TrayClipId>): { position: number, clips: TrayClip[] }[] {
  const runs: { position: number, clips: TrayClip[] }[] = []
  for (const [at, clip] of clips.entries()) {
    if (!ids.has(clip.id)) continue
    const last = runs.at(-1)
    if (last !== undefined && last.position + last.clips.length === at) last.clips.push(clip)
    else runs.push({ position: at, clips: [clip] })
  }
  return runs
}

const asNew = ({ videoId, start, end, title, query, note, framing }: TrayClip): NewTrayClip => ({ videoId, start, end, title, query, note, framing })

async function putBack(runs: ReturnType<typeof runsOf>): Promise<void> {
  for (const { position, clips } of runs) {
    if (await edit(() => engine.call('tray.add', { clips: clips.map(asNew), position }), clipsNow()) === null) return
  }
}

/** Takes clips out of the tray; for a while they can be put back where they were. */
export async function removeFromTray(ids: readonly TrayClipId[]): Promise<void> {
  if (ids.length === 0) return
  const [before, gone] = [clipsNow(), new Set(ids)]
  const runs = runsOf(before, gone)
  const left = await edit(() => engine.call('tray.remove', { ids: [...ids] }), before.filter(({ id }) => !gone.has(id)))
  if (left !== null) toast({ text: messages.tray.removed(ids.length), action: { label: messages.common.undo, act: () => { void putBack(runs) } } })
}

/** Puts clips at the end of the tray and says so; for a while that can be undone. */
export async function addToTray(clips: readonly NewTrayClip[]): Promise<void> {
  const tray = await edit(() => engine.call('tray.add', { clips: [...clips] }), clipsNow())
  if (tray === null) return
  const added = tray.slice(-clips.length).map(({ id }) => id)
  toast({ text: messages.tray.added(clips.length), tone: 'good', action: { label: messages.common.undo, act: () => { void takeBack(added) } } })
}

async function takeBack(ids: readonly TrayClipId[]): Promise<void> {
  await edit(() => engine.call('tray.remove', { ids: [...ids] }), clipsNow().filter(({ id }) => !ids.includes(id)))
}

/** Another name, start, end or framing. */
export async function changeClip(change: TrayChange): Promise<void> {
  const changed = (clip: TrayClip): TrayClip => ({
    ...clip, title: change.title ?? clip.title, start: change.start ?? clip.start, end: change.end ?? clip.end,
    framing: change.framing === undefined ? clip.framing : change.framing,
  })
  await edit(() => engine.call('tray.change', change), clipsNow().map((clip) => clip.id === change.id ? changed(clip) : clip))
}

/** Brings the clips into this order. */
export async function orderTray(ids: readonly TrayClipId[]): Promise<void> {
  const place = new Map(ids.map((id, at) => [id, at]))
  const inOrder = clipsNow().toSorted((a, b) => (place.get(a.id) ?? ids.length) - (place.get(b.id) ?? ids.length))
  await edit(() => engine.call('tray.order', { ids: [...ids] }), inOrder)
}

/** Reads the tray and follows its changes, also those of another window. To be called once. */
export function followTray(): void {
  engine.onEvent((event) => { if (event.type === 'tray-changed' && editsUnderWay === 0) show(event.tray.clips) })
  onConnection((connection) => { if (connection === 'connected') void loadTray() })
}
