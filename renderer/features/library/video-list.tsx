import type { Range } from '@tanstack/react-virtual'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import type { FocusEvent, MouseEvent, RefObject } from 'react'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { VideoId } from '../../../electron/contract/ids.ts'
import { messages } from '../../messages.ts'
import { ContextMenu } from '../../ui/context-menu.tsx'
import css from './video-list.module.css'
import { changeSelection, useLibraryOptions } from './library-options.ts'
import { select } from './selecting.ts'
import type { Arranged } from './use-arranged.ts'
import { useElementWidth } from './use-element-width.ts'
import { useListInput } from './use-list-keys.ts'
import { openVideo, videoActions } from './video-actions.tsx'
import { VideoCardItem, VideoLineItem } from './video-card.tsx'

const GAP_PIXELS = 8
const LINE_PIXELS = 48
/** Title and coverage under the poster, with the padding of a card. */
const CARD_TEXT_PIXELS = 60
const CARD_PADDING_PIXELS = 12

interface Geometry { columns: number, rowPixels: number, itemPixels: number }

function geometryOf(width: number, mode: 'grid' | 'table', cardPixels: number): Geometry {
  if (mode === 'table') return { columns: 1, rowPixels: LINE_PIXELS, itemPixels: width }
  const columns = Math.max(1, Math.floor((width + GAP_PIXELS) / (cardPixels + GAP_PIXELS)))
  const itemPixels = Math.floor((width - GAP_PIXELS * (columns - 1)) / columns)
  return { columns, itemPixels, rowPixels: Math.ceil((itemPixels - CARD_PADDING_PIXELS) * 9 / 16) + CARD_TEXT_PIXELS + GAP_PIXELS }
}

/** The rows in view and, wherever it is, the row that has the keyboard: what is focused must not be taken out of the page. */
function rangeWith(row: number) {
  return (range: Range): number[] => {
    const rows = defaultRangeExtractor(range)
    return row < 0 || row >= range.count || rows.includes(row) ? rows : [...rows, row].sort((a, b) => a - b)
  }
}

/** Takes the real focus to the video that is asked for, wherever the list has to be scrolled for it. */
function useFocusRequests(scrollRef: RefObject<HTMLElement | null>, scrollTo: (id: VideoId) => void): void {
  const requests = useLibraryOptions((state) => state.focusRequests)
  const focused = useLibraryOptions((state) => state.selection.focused)
  const answered = useRef(requests)
  useEffect(() => {
    if (focused === null) return
    // Whoever comes back from the player finds the keyboard where it was.
    const isAsked = answered.current !== requests || document.activeElement === document.body
    if (!isAsked) return
    answered.current = requests
    scrollTo(focused)
    scrollRef.current?.querySelector<HTMLElement>(`[data-video="${focused}"]`)?.focus({ preventScroll: true })
  }, [requests, focused, scrollRef, scrollTo])
}

/** The list is where it was when it was left. That can be once it is known how wide, and so how long, it is. */
function useRememberedScroll(scrollRef: RefObject<HTMLElement | null>, isLaidOut: boolean): void {
  useLayoutEffect(() => {
    const element = scrollRef.current
    if (element === null || !isLaidOut) return
    element.scrollTop = useLibraryOptions.getState().scrollPixels
    const keep = (): void => { useLibraryOptions.setState({ scrollPixels: element.scrollTop }) }
    element.addEventListener('scrollend', keep)
    return () => { element.removeEventListener('scrollend', keep) }
  }, [scrollRef, isLaidOut])
}

function videoAt(target: EventTarget, order: readonly VideoId[]): VideoId | undefined {
  const name = target instanceof Element ? target.closest('[data-video]')?.getAttribute('data-video') : null
  return name == null ? undefined : order.find((id) => String(id) === name)
}

/** However the focus came to a video, by Tab, by a screen reader or by a click: the keys are about that one. */
function followFocus(event: FocusEvent, order: readonly VideoId[]): void {
  const id = videoAt(event.target, order)
  if (id !== undefined && id !== useLibraryOptions.getState().selection.focused) changeSelection((now) => ({ ...now, focused: id }))
}

/** A right click on a video that is not selected selects it, so that the menu is about what was clicked. */
function pickForMenu(event: MouseEvent, order: readonly VideoId[]): void {
  const id = videoAt(event.target, order)
  if (id === undefined || useLibraryOptions.getState().selection.ids.has(id)) return
  changeSelection((now) => select(now, { order, id, how: { isToggle: false, isRange: false } }))
}

/** The videos as a grid of pictures or as lines. Only what is in view is in the page. */
export function VideoList({ arranged, mode }: { arranged: Arranged, mode: 'grid' | 'table' }) {
  const { cards, order, chosen } = arranged
  const scrollRef = useRef<HTMLDivElement>(null)
  const innerRef = useRef<HTMLDivElement>(null)
  const width = useElementWidth(innerRef)
  const cardPixels = useLibraryOptions((state) => state.cardPixels)
  const { focused, ids } = useLibraryOptions((state) => state.selection)
  const { columns, rowPixels, itemPixels } = geometryOf(width, mode, cardPixels)
  const focusedAt = focused === null ? -1 : order.indexOf(focused)
  const virtual = useVirtualizer({
    count: width === 0 ? 0 : Math.ceil(cards.length / columns), getScrollElement: () => scrollRef.current, estimateSize: () => rowPixels, overscan: 3,
    rangeExtractor: rangeWith(focusedAt < 0 ? -1 : Math.floor(focusedAt / columns)),
    scrollPaddingStart: GAP_PIXELS, scrollPaddingEnd: GAP_PIXELS,
  })
  useEffect(() => { virtual.measure() }, [virtual, rowPixels])
  const rowsOnPage = Math.max(1, Math.floor((scrollRef.current?.clientHeight ?? rowPixels) / rowPixels))
  const { onKeyDown, onPick, onCheck } = useListInput(order, { count: cards.length, columns, rowsOnPage })
  useFocusRequests(scrollRef, (id) => { virtual.scrollToIndex(Math.floor(order.indexOf(id) / columns)) })
  useRememberedScroll(scrollRef, width > 0)
  const shownPixels = mode === 'grid' ? rowPixels - GAP_PIXELS : rowPixels
  const Item = mode === 'grid' ? VideoCardItem : VideoLineItem
  const tabStop = Math.max(0, focusedAt)
  return (
    <ContextMenu groups={videoActions(chosen)}>
      <div ref={scrollRef} className={css.scroll} onContextMenuCapture={(event) => { pickForMenu(event, order) }}>
        <div
          ref={innerRef} role="listbox" aria-multiselectable aria-label={messages.library.grid} className={css.list} data-mode={mode} style={{ height: virtual.getTotalSize() }}
          onKeyDown={onKeyDown} onFocus={(event) => { followFocus(event, order) }}
        >
          {virtual.getVirtualItems().map(({ index: row, start }) => (
            <div key={row} role="presentation" className={css.row} style={{ transform: `translateY(${start}px)`, height: shownPixels, gap: GAP_PIXELS }}>
              {cards.slice(row * columns, (row + 1) * columns).map((card, column) => {
                const index = row * columns + column
                return (
                  <div key={card.id} role="presentation" className={css.cell} style={{ width: itemPixels }}>
                    <Item
                      card={card} index={index} count={cards.length} isSelected={ids.has(card.id)} isTabStop={index === tabStop}
                      onPick={onPick} onCheck={onCheck} onOpen={openVideo}
                    />
                  </div>
                )
              })}
            </div>
          ))}
        </div>
      </div>
    </ContextMenu>
  )
}
