import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import type { MouseEvent, ReactNode, RefObject } from 'react'
import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { SearchHit } from '../../../electron/contract/search.ts'
import { messages } from '../../messages.ts'
import type { HitLayout } from '../../stores/search.ts'
import { hitKey, MOST_HITS, scrolled, select, setActive, showMore, toggleSelected, useSearch } from '../../stores/search.ts'
import { Button } from '../../ui/button.tsx'
import { ContextMenu } from '../../ui/context-menu.tsx'
import { openHit } from './hit-actions.ts'
import { HitCard } from './hit-card.tsx'
import css from './hit-grid.module.css'
import { hitEntries } from './hit-menu.tsx'
import type { HitRow } from './hit-rows.ts'
import { rowsFor } from './hit-rows.ts'
import { chosenWith, useHitKeys } from './use-hit-keys.ts'

const text = messages.search

const GAP_PX = 16
const LEAST_CARD_PX = 224
// What stands under a card's picture, and a line of the list, with the gap below it.
const CARD_TEXT_PX = 94
const LINE_PX = 84
const HEADING_PX = 56

interface Measures { width: number, listTop: number }

/** How wide the list is, and how far below the top of what scrolls it begins. */
function useMeasures(list: RefObject<HTMLElement | null>, header: RefObject<HTMLElement | null>): Measures {
  const [measures, setMeasures] = useState<Measures>({ width: 0, listTop: 0 })
  useLayoutEffect(() => {
    const measure = (): void => {
      if (list.current !== null) setMeasures({ width: list.current.clientWidth, listTop: list.current.offsetTop })
    }
    measure()
    const observer = new ResizeObserver(measure)
    for (const { current } of [list, header]) if (current !== null) observer.observe(current)
    return () => { observer.disconnect() }
  }, [list, header])
  return measures
}

function heightOf(row: HitRow | undefined, layout: HitLayout, cardPx: number): number {
  if (row?.kind !== 'hits') return HEADING_PX
  return layout === 'list' ? LINE_PX : Math.round(cardPx * 9 / 16) + CARD_TEXT_PX + GAP_PX
}

interface HitGridProps {
  hits: readonly SearchHit[]
  /** How many of them are good; the others are the nearest. */
  good: number
  isMore: boolean
  /** Stands above the hits and scrolls with them. */
  header: ReactNode
}

function Row({ row, good, children }: { row: HitRow, good: number, children: ReactNode }) {
  switch (row.kind) {
    case 'hits': return children
    case 'nearest-heading': return <div role="gridcell" className={css.heading}><h2>{good === 0 ? text.nothing.nearest : text.nothing.alsoNear}</h2></div>
    case 'more': return <div role="gridcell" className={css.more}>{useSearch.getState().limit < MOST_HITS ? <Button onClick={showMore}>{text.more}</Button> : text.mostShown(MOST_HITS)}</div>
  }
}

function usePlaces({ hits, good, isMore }: Omit<HitGridProps, 'header'>, layout: HitLayout, width: number) {
  const columns = layout === 'list' ? 1 : Math.max(1, Math.floor((width + GAP_PX) / (LEAST_CARD_PX + GAP_PX)))
  const rows = useMemo(() => rowsFor({ hits: good, nearest: hits.length - good, columns, isMore }), [good, hits.length, columns, isMore])
  return { columns, rows, cardPx: (width - GAP_PX * (columns - 1)) / columns }
}

function rowOf(rows: HitRow[], at: number): number {
  return Math.max(0, rows.findIndex((row) => row.kind === 'hits' && at >= row.from && at < row.to))
}

/** All hits in rows; only those in sight, and the active one, are there. */
export function HitGrid(props: HitGridProps) {
  const { hits, good, header } = props
  const { layout, selected, focusWishes } = useSearch()
  const active = Math.min(useSearch((state) => state.active), hits.length - 1)
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const above = useRef<HTMLDivElement>(null)
  const { width, listTop } = useMeasures(list, above)
  const { columns, rows, cardPx } = usePlaces(props, layout, width)
  const activeRow = rowOf(rows, active)
  const virtual = useVirtualizer({
    count: width === 0 ? 0 : rows.length, getScrollElement: () => scroller.current, estimateSize: (at) => heightOf(rows[at], layout, cardPx),
    overscan: 3, scrollMargin: listTop, initialOffset: scrolled.top, scrollPaddingStart: GAP_PX, scrollPaddingEnd: GAP_PX,
    // The active hit must be there to have the focus, however far away.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), activeRow])].sort((a, b) => a - b),
  })
  useEffect(() => { virtual.measure() }, [virtual, cardPx, layout, rows])

  const isFocusWanted = useRef(false)
  const moveTo = (to: number): void => {
    isFocusWanted.current = true
    setActive(to)
    virtual.scrollToIndex(rowOf(rows, to))
  }
  useEffect(() => {
    const cell = isFocusWanted.current ? list.current?.querySelector<HTMLElement>('[data-active]') : null
    if (cell === null || cell === undefined) return
    cell.focus({ preventScroll: true })
    isFocusWanted.current = false
  })
  useFocusWishes(focusWishes, () => { moveTo(Math.max(0, active)) })
  useScrollMemory(scroller, () => { if (scrolled.top > 0 || active > 0) isFocusWanted.current = true })
  useHitKeys({ grid: list, hits, rows, active, onMove: moveTo })

  const press = (at: number, event: MouseEvent): void => {
    const hit = hits[at]
    if (hit === undefined) return
    if (event.shiftKey) select(hits.slice(Math.min(active, at), Math.max(active, at) + 1))
    else if (event.ctrlKey || event.metaKey || selected.size > 0) toggleSelected([hit])
    else openHit(hit)
    setActive(at)
  }
  const activeHit = hits[active]
  return (
    <div ref={scroller} className={css.scroller} onScroll={(event) => { scrolled.top = event.currentTarget.scrollTop }}>
      <div ref={above}>{header}</div>
      <ContextMenu groups={activeHit === undefined ? [] : hitEntries(activeHit, chosenWith(activeHit, hits))}>
        <div
          ref={list} role="grid" aria-label={text.results} aria-rowcount={rows.length} aria-colcount={columns} aria-multiselectable="true" className={css.list}
          style={{ height: virtual.getTotalSize() }} onMouseDown={(event) => { if (event.shiftKey) event.preventDefault() }} onContextMenuCapture={onlyOnHits}
        >
          {virtual.getVirtualItems().map(({ index, start, size }) => {
            const row = rows[index]
            return row === undefined ? null : (
              <div
                key={index} role="row" aria-rowindex={index + 1} className={css.row}
                style={{ height: size, translate: `0 ${start - listTop}px`, gridTemplateColumns: row.kind === 'hits' ? `repeat(${columns}, minmax(0, 1fr))` : '1fr' }}
              >
                <Row row={row} good={good}>
                  {row.kind !== 'hits' ? null : hits.slice(row.from, row.to).map((hit, column) => (
                    <HitCard
                      key={column} hit={hit} at={row.from + column} layout={layout} isActive={row.from + column === active} isSelected={selected.has(hitKey(hit))}
                      onPress={press} onFocus={setActive}
                    />
                  ))}
                </Row>
              </div>
            )
          })}
        </div>
      </ContextMenu>
    </div>
  )
}

function onlyOnHits(event: MouseEvent): void {
  if (event.target instanceof Element && event.target.closest('[data-hit]') !== null) return
  event.preventDefault()
  event.stopPropagation()
}

function useFocusWishes(wishes: number, focus: () => void): void {
  const seen = useRef(wishes)
  const act = useEffectEvent(focus)
  useEffect(() => {
    if (seen.current === wishes) return
    seen.current = wishes
    act()
  }, [wishes])
}

/** Scrolls back to where the results were left. The hit gets the focus again unless something else has it. */
function useScrollMemory(scroller: RefObject<HTMLElement | null>, refocus: () => void): void {
  const act = useEffectEvent(refocus)
  useLayoutEffect(() => {
    if (scroller.current !== null) scroller.current.scrollTop = scrolled.top
    if (document.activeElement === document.body || document.activeElement === null) act()
  }, [scroller])
}
