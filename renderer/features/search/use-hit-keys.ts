import type { SearchHit } from '../../../electron/contract/search.ts'
import { useShortcut } from '../../shortcuts.ts'
import { clearSelected, focusResults, focusSearchBox, select, setPreviewing, showLike, toggleSelected, useSearch } from '../../stores/search.ts'
import { hitKey } from '../../stores/search-pages.ts'
import { addToTray, copyTime, findSimilar, openHit } from './hit-actions.ts'
import type { HitRow } from './hit-rows.ts'
import { moveKey, movedTo } from './hit-rows.ts'

interface Keyed {
  hits: readonly SearchHit[]
  rows: HitRow[]
  active: number
  /** One of the hits has the focus: otherwise the keys belong to somebody else. */
  hasFocus: boolean
  onMove(to: number): void
}

/** The hits that an action on this one means: all that are selected where it is one of them. */
export function chosenWith(hit: SearchHit, hits: readonly SearchHit[]): readonly SearchHit[] {
  const { selected } = useSearch.getState()
  return selected.has(hitKey(hit)) ? hits.filter((one) => selected.has(hitKey(one))) : [hit]
}

/** Escape: one step back from what the results were narrowed to or chosen from. */
export function leaveResults(): void {
  const { selected, likeness } = useSearch.getState()
  if (selected.size > 0) clearSelected()
  else if (likeness !== null) {
    showLike(null)
    focusResults()
  } else focusSearchBox()
}

/** The keys that act on the hit which has the focus. */
export function useHitKeys({ hits, rows, active, hasFocus, onMove }: Keyed): void {
  const withHit = (act: (hit: SearchHit) => void) => () => {
    const hit = hits[active]
    if (hit !== undefined) act(hit)
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
  useShortcut('search-move', move, hasFocus)
  useShortcut('search-move-far', move, hasFocus)
  useShortcut('search-extend', move, hasFocus)
  useShortcut('search-open', withHit((hit) => { openHit(hit) }), hasFocus)
  useShortcut('search-preview', withHit(() => { setPreviewing(true) }), hasFocus)
  useShortcut('search-add', withHit((hit) => { void addToTray(chosenWith(hit, hits)) }), hasFocus)
  useShortcut('search-similar', withHit(findSimilar), hasFocus)
  useShortcut('search-copy-time', withHit((hit) => { void copyTime(hit) }), hasFocus)
  useShortcut('search-select', withHit((hit) => { toggleSelected([hit]) }), hasFocus)
  useShortcut('search-select-all', withHit(() => { select(hits) }), hasFocus)
}
