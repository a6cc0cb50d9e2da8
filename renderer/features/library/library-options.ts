import { create } from 'zustand'
import { z } from 'zod'
import type { VideoId } from '../../../electron/contract/ids.ts'
import type { Filter, Sort } from './arrange.ts'
import type { Selection } from './selecting.ts'
import { noSelection } from './selecting.ts'

export const CARD_PIXELS = { least: 160, usual: 232, most: 420 }

/** How the person likes to see the library: kept in the browser, not in the library. */
const Kept = z.object({
  sort: z.object({ key: z.enum(['added', 'recorded', 'title', 'duration', 'size', 'state']), isAscending: z.boolean() }),
  mode: z.enum(['grid', 'table']),
  cardPixels: z.number().min(CARD_PIXELS.least).max(CARD_PIXELS.most),
  areDetailsShown: z.boolean(),
})
type Kept = z.infer<typeof Kept>

interface LibraryOptions extends Kept {
  filter: Filter
  selection: Selection
  /** Where the list was scrolled to when it was left. */
  scrollPixels: number
  /** Counts how often the keyboard was asked to go to the focused video. */
  focusRequests: number
  /** Videos of which the person is asked whether they are to be removed. */
  removing: readonly VideoId[] | null
  areRemovedShown: boolean
}

const KEY = 'scenedex-library-view'
const usual: Kept = { sort: { key: 'added', isAscending: false }, mode: 'grid', cardPixels: CARD_PIXELS.usual, areDetailsShown: false }
export const noFilter: Filter = { text: '', state: 'all', coverage: 'all' }

function kept(): Kept {
  try {
    return Kept.parse(JSON.parse(localStorage.getItem(KEY) ?? ''))
  } catch {
    // Nothing kept yet, or by an older version.
    return usual
  }
}

export const useLibraryOptions = create<LibraryOptions>(() => ({
  ...kept(), filter: noFilter, selection: noSelection, scrollPixels: 0, focusRequests: 0, removing: null, areRemovedShown: false,
}))

/** Changes how the library is shown, for good. */
export function keepOptions(change: Partial<Kept>): void {
  useLibraryOptions.setState(change)
  const { sort, mode, cardPixels, areDetailsShown } = useLibraryOptions.getState()
  localStorage.setItem(KEY, JSON.stringify({ sort, mode, cardPixels, areDetailsShown } satisfies Kept))
}

/** Pictures or lines; the list begins at its top, or at the video that has the keyboard. */
export function showAs(mode: Kept['mode']): void {
  useLibraryOptions.setState({ scrollPixels: 0 })
  keepOptions({ mode })
}

export function changeFilter(change: Partial<Filter>): void {
  useLibraryOptions.setState(({ filter }) => ({ filter: { ...filter, ...change } }))
}

/** The order by one value; asked for again it turns round. */
export function sortBy(key: Sort['key']): void {
  const { sort } = useLibraryOptions.getState()
  keepOptions({ sort: sort.key === key ? { key, isAscending: !sort.isAscending } : { key, isAscending: key === 'title' || key === 'state' } })
}

export function changeSelection(change: (selection: Selection) => Selection): void {
  useLibraryOptions.setState(({ selection }) => ({ selection: change(selection) }))
}

/** Gives the keyboard to a video. */
export function focusVideo(id: VideoId): void {
  useLibraryOptions.setState(({ selection, focusRequests }) => ({ selection: { ...selection, focused: id }, focusRequests: focusRequests + 1 }))
}

export function askToRemove(ids: readonly VideoId[]): void {
  if (ids.length > 0) useLibraryOptions.setState({ removing: ids })
}
