import type { VideoId } from '../../../electron/contract/ids.ts'

/** What is selected. `focused` has the keyboard; `anchor` is where a range begins. */
export interface Selection {
  ids: ReadonlySet<VideoId>
  anchor: VideoId | null
  focused: VideoId | null
}

export const noSelection: Selection = { ids: new Set(), anchor: null, focused: null }

export interface SelectHow {
  /** With Ctrl: the others stay selected. */
  isToggle: boolean
  /** With Shift: everything from the anchor to here. */
  isRange: boolean
}

function range(order: readonly VideoId[], from: VideoId, to: VideoId): VideoId[] {
  const [a, b] = [order.indexOf(from), order.indexOf(to)]
  return a < 0 || b < 0 ? [to] : order.slice(Math.min(a, b), Math.max(a, b) + 1)
}

/** A click or Space on a video. */
export function select(selection: Selection, { order, id, how }: { order: readonly VideoId[], id: VideoId, how: SelectHow }): Selection {
  if (how.isRange) {
    const anchor = selection.anchor ?? selection.focused ?? id
    const ids = range(order, anchor, id)
    return { ids: new Set(how.isToggle ? [...selection.ids, ...ids] : ids), anchor, focused: id }
  }
  if (!how.isToggle) return { ids: new Set([id]), anchor: id, focused: id }
  const ids = new Set(selection.ids)
  if (!ids.delete(id)) ids.add(id)
  return { ids, anchor: id, focused: id }
}

/** Everything that is listed. */
export function selectAll(selection: Selection, order: readonly VideoId[]): Selection {
  return { ...selection, ids: new Set(order), anchor: order[0] ?? null }
}

/** Without what is not in the library any more; the same object when that changes nothing. */
export function withoutGone(selection: Selection, isThere: (id: VideoId) => boolean): Selection {
  const kept = [...selection.ids].filter(isThere)
  const there = (id: VideoId | null): VideoId | null => id !== null && isThere(id) ? id : null
  const [anchor, focused] = [there(selection.anchor), there(selection.focused)]
  return kept.length === selection.ids.size && anchor === selection.anchor && focused === selection.focused ? selection : { ids: new Set(kept), anchor, focused }
}

/** How a list is laid out, as far as moving in it goes. */
export interface Layout { count: number, columns: number, rowsOnPage: number }

/** Where an arrow key, Home, End or a page key leads from an index; null for other keys. */
export function movedIndex(key: string, from: number, { count, columns, rowsOnPage }: Layout): number | null {
  const steps: Record<string, number> = {
    ArrowLeft: from - 1, ArrowRight: from + 1, ArrowUp: from - columns, ArrowDown: from + columns,
    PageUp: from - columns * rowsOnPage, PageDown: from + columns * rowsOnPage, Home: 0, End: count - 1,
  }
  const to = steps[key]
  if (to === undefined || count === 0) return null
  if (to >= 0 && to < count) return to
  // Down from the last full row goes to the last video; beyond that and up from the first row nothing moves.
  if (key === 'ArrowDown') return Math.floor(from / columns) < Math.floor((count - 1) / columns) ? count - 1 : from
  if (key === 'PageDown') return count - 1
  return key === 'PageUp' ? 0 : from
}
