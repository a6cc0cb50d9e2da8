import { useDeferredValue, useMemo, useState } from 'react'
import type { VideoCard } from '../../../electron/contract/cards.ts'
import type { VideoId } from '../../../electron/contract/ids.ts'
import { useLibrary } from '../../stores/library.ts'
import { createSorter, filtered } from './arrange.ts'
import { useLibraryOptions } from './library-options.ts'

export interface Arranged {
  cards: readonly VideoCard[]
  order: readonly VideoId[]
  /** Of the selected videos those that are listed, in the order of the list. */
  chosen: readonly VideoId[]
}

/** The library as it is listed. Typing and clicking go before sorting and filtering. */
export function useArranged(): Arranged {
  const all = useDeferredValue(useLibrary((state) => state.cards))
  const sort = useDeferredValue(useLibraryOptions((state) => state.sort))
  const filter = useDeferredValue(useLibraryOptions((state) => state.filter))
  const selected = useLibraryOptions((state) => state.selection.ids)
  const [sorter] = useState(createSorter)
  const sorted = useMemo(() => sorter(all, sort), [sorter, all, sort])
  const cards = useMemo(() => filtered(sorted, filter), [sorted, filter])
  const order = useMemo(() => cards.map(({ id }) => id), [cards])
  const chosen = useMemo(() => selected.size === 0 ? [] : order.filter((id) => selected.has(id)), [order, selected])
  return { cards, order, chosen }
}
