import type { KeyboardEvent, MouseEvent } from 'react'
import { useCallback } from 'react'
import type { VideoCard } from '../../../electron/contract/cards.ts'
import type { VideoId } from '../../../electron/contract/ids.ts'
import { useLibrary } from '../../stores/library.ts'
import { changeSelection, focusVideo, useLibraryOptions } from './library-options.ts'
import { scrubBy, stopScrubbing } from './scrubbing.ts'
import type { Layout } from './selecting.ts'
import { movedIndex, select, selectAll } from './selecting.ts'
import { openVideo } from './video-actions.tsx'

const hasCommand = (event: Pick<KeyboardEvent, 'ctrlKey' | 'metaKey'>): boolean => event.ctrlKey || event.metaKey

function cardOf(id: VideoId): VideoCard | undefined {
  return useLibrary.getState().byId.get(id)
}

function move(event: KeyboardEvent, order: readonly VideoId[], layout: Layout): boolean {
  const { selection } = useLibraryOptions.getState()
  const from = Math.max(0, selection.focused === null ? 0 : order.indexOf(selection.focused))
  const to = movedIndex(event.key, from, layout)
  const id = to === null ? undefined : order[to]
  if (id === undefined || event.altKey) return false
  if (selection.focused !== null) stopScrubbing(selection.focused)
  if (event.shiftKey) changeSelection((now) => select(now, { order, id, how: { isToggle: false, isRange: true } }))
  focusVideo(id)
  return true
}

function act(event: KeyboardEvent, order: readonly VideoId[]): boolean {
  const id = useLibraryOptions.getState().selection.focused ?? order[0]
  const card = id === undefined ? undefined : cardOf(id)
  if (id === undefined || card === undefined) return false
  switch (event.key) {
    case 'Enter': openVideo(id); return true
    case ' ': changeSelection((now) => select(now, { order, id, how: { isToggle: !event.shiftKey, isRange: event.shiftKey } })); return true
    case '.': scrubBy(card, 1); return true
    case ',': scrubBy(card, -1); return true
    default: return false
  }
}

interface ListInput {
  onKeyDown(event: KeyboardEvent): void
  onPick(event: MouseEvent, id: VideoId): void
  onCheck(event: MouseEvent, id: VideoId): void
}

/** Keys and clicks in the list of videos: what they select, open and scrub. */
export function useListInput(order: readonly VideoId[], layout: Layout): ListInput {
  const { count, columns, rowsOnPage } = layout
  const onKeyDown = useCallback((event: KeyboardEvent): void => {
    if (event.key.toLowerCase() === 'a' && hasCommand(event)) changeSelection((now) => selectAll(now, order))
    else if (hasCommand(event) && event.key.length === 1) return
    else if (!move(event, order, { count, columns, rowsOnPage }) && !act(event, order)) return
    event.preventDefault()
  }, [order, count, columns, rowsOnPage])
  const onPick = useCallback((event: MouseEvent, id: VideoId): void => {
    changeSelection((now) => select(now, { order, id, how: { isToggle: hasCommand(event), isRange: event.shiftKey } }))
  }, [order])
  const onCheck = useCallback((event: MouseEvent, id: VideoId): void => {
    event.stopPropagation()
    changeSelection((now) => select(now, { order, id, how: { isToggle: !event.shiftKey, isRange: event.shiftKey } }))
  }, [order])
  return { onKeyDown, onPick, onCheck }
}
