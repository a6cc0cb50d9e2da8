import { ArrowUpToLine, FolderOpen, Info, Play, RotateCcw, Trash2 } from 'lucide-react'
import type { VideoId } from '../../../electron/contract/ids.ts'
import { host } from '../../api.ts'
import { messages } from '../../messages.ts'
import { reportError } from '../../report-error.ts'
import { keysOf } from '../../shortcuts.ts'
import { useHost } from '../../stores/host.ts'
import { controlJobsOf } from '../../stores/jobs.ts'
import { useLibrary } from '../../stores/library.ts'
import { go } from '../../stores/navigation.ts'
import type { MenuEntry } from '../../ui/menu.tsx'
import { askToRemove, keepOptions } from './library-options.ts'
import { scrubbedAt } from './scrubbing.ts'
import { shownState } from './video-state.ts'

const text = messages.library

/** Opens the player: at its beginning, or at the key frame that its poster shows at the moment. */
export function openVideo(id: VideoId): void {
  go({ view: 'player', video: id, at: scrubbedAt(id), until: null })
}

/** Those of the videos that have something to try again. */
function retriable(ids: readonly VideoId[]): VideoId[] {
  const { byId } = useLibrary.getState()
  return ids.filter((id) => {
    const card = byId.get(id)
    return card !== undefined && (card.state === 'failed' || card.state === 'missing' || card.state === 'refused' || card.coverage.some(({ state }) => state === 'failed' || state === 'quarantined' || state === 'cancelled'))
  })
}

function unfinished(ids: readonly VideoId[]): VideoId[] {
  const { byId } = useLibrary.getState()
  return ids.filter((id) => {
    const card = byId.get(id)
    return card !== undefined && ['working', 'waiting', 'paused'].includes(shownState(card))
  })
}

export function showInFolder(path: string): void {
  host.call('host.showInFolder', { path }).catch(reportError)
}

/** What can be done with these videos. */
export function videoActions(ids: readonly VideoId[]): MenuEntry[][] {
  const [only] = ids
  if (only === undefined) return []
  const [toRetry, toDo] = [retriable(ids), unfinished(ids)]
  const path = ids.length === 1 ? useLibrary.getState().byId.get(only)?.path : undefined
  const canShow = useHost.getState().info?.can.showInFolder === true
  return [
    [
      ...ids.length === 1 ? [{ id: 'open', label: text.open, icon: <Play />, shortcut: keysOf('library-open'), onChoose: () => { openVideo(only) } }] : [],
      { id: 'details', label: text.details, icon: <Info />, shortcut: keysOf('library-details'), onChoose: () => { keepOptions({ areDetailsShown: true }) } },
      ...path !== undefined && canShow ? [{ id: 'folder', label: text.facts.showInFolder, icon: <FolderOpen />, onChoose: () => { showInFolder(path) } }] : [],
    ],
    [
      ...toRetry.length > 0 ? [{ id: 'retry', label: text.retry, icon: <RotateCcw />, onChoose: () => { void controlJobsOf('retry', toRetry) } }] : [],
      // The last one that is put first stands first.
      ...toDo.length > 0 ? [{ id: 'first', label: text.first, icon: <ArrowUpToLine />, onChoose: () => { void controlJobsOf('first', toDo.toReversed()) } }] : [],
    ],
    [{ id: 'remove', label: text.remove, icon: <Trash2 />, isDangerous: true, shortcut: keysOf('library-remove'), onChoose: () => { askToRemove(ids) } }],
  ]
}
