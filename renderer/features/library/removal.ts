import type { VideoId } from '../../../electron/contract/ids.ts'
import { engine } from '../../api.ts'
import { messages } from '../../messages.ts'
import { reportError } from '../../report-error.ts'
import { useLibrary } from '../../stores/library.ts'
import { toast } from '../../ui/toasts.tsx'

const text = messages.library.removing

/** Puts removed videos back. */
export async function restoreVideos(ids: readonly VideoId[]): Promise<void> {
  try {
    const { restored } = await engine.call('library.restore', { videos: [...ids] })
    toast({ text: text.restored(restored.length), tone: 'good' })
  } catch (error) {
    reportError(error)
  }
}

export interface RemovalSteps { onRemoved(count: number): void, signal: AbortSignal }

/** Removes videos one after the other, and offers to put them back. Those before a failure stay removed. */
export async function removeVideos(ids: readonly VideoId[], { onRemoved, signal }: RemovalSteps): Promise<void> {
  const removed: VideoId[] = []
  const [first] = ids
  const title = first === undefined ? '' : useLibrary.getState().byId.get(first)?.title ?? ''
  try {
    for (const video of ids) {
      if (signal.aborted) break
      await engine.call('library.remove', { video, canBeUndone: true })
      removed.push(video)
      onRemoved(removed.length)
    }
  } catch (error) {
    reportError(error)
  }
  if (removed.length > 0) toast({ text: text.removed(removed.length, title), action: { label: messages.common.undo, act: () => { void restoreVideos(removed) } } })
}
