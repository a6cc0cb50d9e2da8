import type { RefObject } from 'react'
import type { SearchHit } from '../../../electron/contract/search.ts'
import { useShortcut } from '../../shortcuts.ts'
import { clearSelected, focusSearchBox, hitKey, select, setPreviewing, showLike, toggleSelected, useSearch } from '../../stores/search.ts'
import { addToTray, copyTime, findSimilar, openHit } from './hit-actions.ts'
import type { HitRow } from './hit-rows.ts'
import { moveKey, movedTo } from './hit-rows.ts'

interface Keyed {
  grid: RefObject<HTMLElement | null>
  hits: readonly SearchHit[]
  rows: HitRow[]
  active: number
  onMove(to: number): void
}

/** The hits that an action on this one means: all that are selected where it is one of them. */
export function chosenWith(hit: SearchHit, hits: readonly SearchHit[]): readonly SearchHit[] {
  const { selected } = useSearch.getState()
  return selected.has(hitKey(hit)) ? hits.filter((one) => selected.has(hitKey(one))) : [hit]
}

function leave(): void {
  const { selected, likeness } = useSearch.getState()
  if (selected.size > 0) clearSelected()
  else if (likeness !== null) showLike(null)
  else focusSearchBox()
}

/** The keys that act on the hit which has the focus. */
export function useHitKeys({ grid, hits, rows, active, onMove }: Keyed): void {
  const withHit = (act: (hit: SearchHit) => void) => () => {
    const hit = hits[active]
    if (hit !== undefined && grid.current?.contains(document.activeElement) === true) act(hit)
  }
  const move = (event: KeyboardEvent): void => {
    withHit((hit) => {
      const key = moveKey(event.key)
      const to = key === null ? active : movedTo(rows, active, key)
      if (to === null) { focusSearchBox(); return }
      const reached = hits[to]
      if (event.shiftKey && reached !== undefined) select([hit, reached])
      onMove(to)
    })()
  }
  useShortcut('search-move', move)
  useShortcut('search-move-far', move)
  useShortcut('search-extend', move)
  useShortcut('search-open', withHit((hit) => { openHit(hit) }))
  useShortcut('search-preview', withHit(() => { setPreviewing(true) }))
  useShortcut('search-add', withHit((hit) => { void addToTray(chosenWith(hit, hits)) }))
  useShortcut('search-similar', withHit(findSimilar))
  useShortcut('search-copy-time', withHit((hit) => { void copyTime(hit) }))
  useShortcut('search-select', withHit((hit) => { toggleSelected([hit]) }))
  useShortcut('search-select-all', withHit(() => { select(hits) }))
  useShortcut('search-leave', leave)
}
