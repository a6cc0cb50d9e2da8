import { AudioLines, Clapperboard, Clipboard, Eye, Film, ListFilter, Play } from 'lucide-react'
import type { SearchHit } from '../../../electron/contract/search.ts'
import { messages } from '../../messages.ts'
import { keysOf } from '../../shortcuts.ts'
import type { MenuEntry } from '../../ui/menu.tsx'
import { addToTray, copyTime, findSimilar, openHit, previewHit, searchOnlyIn, showAllOf } from './hit-actions.ts'

const text = messages.search

/** What can be done with a hit; `chosen` is it, or all that are selected where it is one of them. */
export function hitEntries(hit: SearchHit, chosen: readonly SearchHit[]): MenuEntry[][] {
  return [
    [
      { id: 'play', label: text.play, icon: <Play />, shortcut: keysOf('search-open'), onChoose: () => { openHit(hit) } },
      { id: 'preview', label: text.preview, icon: <Eye />, shortcut: keysOf('search-preview'), onChoose: () => { previewHit(hit) } },
    ],
    [
      { id: 'tray', label: text.addToTray, icon: <Clapperboard />, shortcut: keysOf('search-add'), onChoose: () => { void addToTray(chosen) } },
      { id: 'copy', label: text.copyTime, icon: <Clipboard />, shortcut: keysOf('search-copy-time'), onChoose: () => { void copyTime(hit) } },
    ],
    [
      { id: 'similar', label: text.similar, icon: <AudioLines />, shortcut: keysOf('search-similar'), onChoose: () => { findSimilar(hit) } },
      { id: 'only', label: text.onlyThisVideo, icon: <ListFilter />, onChoose: () => { searchOnlyIn(hit.videoId) } },
      { id: 'whole', label: text.wholeVideo, icon: <Film />, onChoose: () => { showAllOf(hit.videoId) } },
    ],
  ]
}
