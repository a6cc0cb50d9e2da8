import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import type { CSSProperties, MouseEvent, ReactNode, RefObject } from 'react'
import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { SearchHit } from '../../../electron/contract/search.ts'
import { messages } from '../../messages.ts'
import type { HitLayout } from '../../stores/search.ts'
import { askMore, BEST_OF_A_VIDEO, endFocusWish, focusResults, isOfOneVideo, scrolled, select, setActive, toggleSelected, useSearch } from '../../stores/search.ts'
import { hitKey, lastOfMany, shownHits } from '../../stores/search-pages.ts'
import { ContextMenu } from '../../ui/context-menu.tsx'
import { openHit } from './hit-actions.ts'
import { HitCard, MOST_REASONS } from './hit-card.tsx'
import css from './hit-grid.module.css'
import { hitEntries } from './hit-menu.tsx'
import type { HitRow } from './hit-rows.ts'
import { rowsFor } from './hit-rows.ts'
import { MoreHits } from './more-hits.tsx'
import { chosenWith, useHitKeys } from './use-hit-keys.ts'

const text = messages.search

const GAP_PX = 16
const LEAST_CARD_PX = 224
// What stands under a card's picture, and a line of the list, with the gap below it.
const CARD_TITLE_PX = 42
const REASON_LINE_PX = 20
const LEAST_LINE_PX = 80
const LINE_TITLE_PX = 34
const LINE_GAP_PX = 4
const HEADING_PX = 56
// A first reason longer than this does not go into one line of a narrow card.
const ONE_LINE_LETTERS = 24
const CHANCE_LETTERS = 10

const ROWS_AHEAD = 4

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

/** How many lines the reasons need on the hit that has most of them: a long first one gets two. */
function reasonLines(hits: readonly SearchHit[], layout: HitLayout): number {
  const needed = hits.map(({ reasons }) => {
    const isLong = layout === 'cards' && (reasons[0]?.text.length ?? 0) + (reasons[0]?.chance == null ? 0 : CHANCE_LETTERS) > ONE_LINE_LETTERS
    return Math.min(MOST_REASONS[layout], reasons.length) + (isLong ? 1 : 0)
  })
  return Math.max(1, ...needed)
}

interface Sizes { layout: HitLayout, cardPx: number, lines: number }

function linePx(lines: number): number {
  return Math.max(LEAST_LINE_PX, LINE_TITLE_PX + lines * REASON_LINE_PX)
}

function heightOf(row: HitRow | undefined, { layout, cardPx, lines }: Sizes): number {
  if (row?.kind !== 'hits') return HEADING_PX
  return layout === 'list' ? linePx(lines) + LINE_GAP_PX : Math.round(cardPx * 9 / 16) + CARD_TITLE_PX + lines * REASON_LINE_PX + GAP_PX
}

interface HitGridProps {
  hits: readonly SearchHit[]
  /** How many of them are good; the others are the nearest. */
  good: number
  isMore: boolean
  /** Stands above the hits and scrolls with them. */
  header: ReactNode
}

function Row({ row, children }: { row: HitRow, children: ReactNode }) {
  switch (row.kind) {
    case 'hits': return children
    case 'nearest-heading': return <div role="gridcell" className={css.heading}><h2>{text.nothing.alsoNear}</h2></div>
    case 'more': return <div role="gridcell" className={css.more}><MoreHits /></div>
  }
}

function usePlaces({ hits, good, isMore }: Omit<HitGridProps, 'header'>, layout: HitLayout, width: number) {
  const columns = layout === 'list' ? 1 : Math.max(1, Math.floor((width + GAP_PX) / (LEAST_CARD_PX + GAP_PX)))
  const isReady = width > 0
  const rows = useMemo(() => isReady ? rowsFor({ hits: good, nearest: hits.length - good, columns, isMore }) : [], [isReady, good, hits.length, columns, isMore])
  return { columns, rows, cardPx: (width - GAP_PX * (columns - 1)) / columns }
}

function rowOf(rows: HitRow[], at: number): number {
  return Math.max(0, rows.findIndex((row) => row.kind === 'hits' && at >= row.from && at < row.to))
}

function listStyle(height: number, lines: number): CSSProperties {
  const style: CSSProperties & Record<'--reason-lines' | '--line-height', number> = { height, '--reason-lines': lines, '--line-height': linePx(lines) }
  return style
}

function useRowsInSight({ rows, height, active, listTop }: { rows: HitRow[], height(row: HitRow | undefined): number, active: number, listTop: number }) {
  const scroller = useRef<HTMLDivElement>(null)
  const activeRow = rowOf(rows, active)
  const virtual = useVirtualizer({
    count: rows.length, getScrollElement: () => scroller.current, estimateSize: (at) => height(rows[at]),
    overscan: 3, scrollMargin: listTop, initialOffset: scrolled.top, scrollPaddingStart: GAP_PX, scrollPaddingEnd: GAP_PX,
    // The active hit must be there to have the focus, however far away.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), activeRow])].sort((a, b) => a - b),
  })
  const rowHeight = height({ kind: 'hits', from: 0, to: 0 })
  useEffect(() => { virtual.measure() }, [virtual, rowHeight, rows])
  return { scroller, virtual }
}

/** Brings the focus to the active hit when it is wished there, scrolling where it has to. */
function useWishedFocus(list: RefObject<HTMLElement | null>, scrollToActive: () => void): void {
  const { isFocusWished, isAsking, answer } = useSearch()
  const come = useEffectEvent(() => {
    const cell = list.current?.querySelector<HTMLElement>('[data-active]')
    if (cell === null || cell === undefined) {
      if (answer !== null && shownHits(answer).length === 0) endFocusWish()
      return
    }
    scrollToActive()
    cell.focus({ preventScroll: true })
    endFocusWish()
  })
  // The cell may come with any drawing: with the answer, or when the width is known.
  useEffect(() => { if (isFocusWished && !isAsking) come() })
}

function pressOn(hits: readonly SearchHit[], active: number) {
  return (at: number, event: MouseEvent): void => {
    const hit = hits[at]
    if (hit === undefined) return
    if (event.shiftKey) select(hits.slice(Math.min(active, at), Math.max(active, at) + 1))
    else if (event.ctrlKey || event.metaKey || useSearch.getState().selected.size > 0) toggleSelected([hit])
    else openHit(hit)
    setActive(at)
  }
}

interface CellsProps { row: HitRow, hits: readonly SearchHit[], good: number, active: number, last: ReadonlySet<string> }

function Cells({ row, hits, good, active, last }: CellsProps) {
  const { layout, selected } = useSearch()
  if (row.kind !== 'hits') return null
  return hits.slice(row.from, row.to).map((hit, column) => {
    const at = row.from + column
    return (
      <HitCard
        key={column} hit={hit} at={at} layout={layout} isActive={at === active} isSelected={selected.has(hitKey(hit))}
        isNearest={at >= good} isLastOfVideo={last.has(hitKey(hit))} onPress={pressOn(hits, active)} onFocus={setActive}
      />
    )
  })
}

/** Asks for the next page once its place comes near to what is in sight. */
function useNextPage(rows: HitRow[], lastInSight: number): void {
  const moreAt = rows.findIndex(({ kind }) => kind === 'more')
  const isNear = moreAt >= 0 && lastInSight >= moreAt - ROWS_AHEAD
  // With every page, which moves the place: a page that is not enough to fill the window is followed by another.
  useEffect(() => { if (isNear) void askMore() }, [isNear, moreAt])
}

/** The hits after which their video may have more; none where all of it is shown. */
function useLastOfVideos(hits: readonly SearchHit[], good: number): ReadonlySet<string> {
  const isAll = useSearch(({ text: query, likeness }) => likeness !== null || isOfOneVideo(query))
  return useMemo(() => isAll ? new Set() : lastOfMany(hits.slice(0, good), BEST_OF_A_VIDEO), [hits, good, isAll])
}

/** All hits in rows; only those in sight, and the active one, are there. */
export function HitGrid(props: HitGridProps) {
  const { hits, good, header } = props
  const layout = useSearch((state) => state.layout)
  const active = Math.max(0, Math.min(useSearch((state) => state.active), hits.length - 1))
  const list = useRef<HTMLDivElement>(null)
  const above = useRef<HTMLDivElement>(null)
  const { width, listTop } = useMeasures(list, above)
  const { columns, rows, cardPx } = usePlaces(props, layout, width)
  const lines = reasonLines(hits, layout)
  const { scroller, virtual } = useRowsInSight({ rows, height: (row) => heightOf(row, { layout, cardPx, lines }), active, listTop })
  useNextPage(rows, virtual.range?.endIndex ?? -1)
  const last = useLastOfVideos(hits, good)
  useWishedFocus(list, () => { virtual.scrollToIndex(rowOf(rows, active)) })
  useScrollMemory(scroller, width > 0)
  const [hasFocus, setFocused] = useState(false)
  useHitKeys({ hits, rows, active, hasFocus, onMove: (to) => { setActive(to); focusResults() } })
  const activeHit = hits[active]
  return (
    <div ref={scroller} className={css.scroller} onScroll={(event) => { scrolled.top = event.currentTarget.scrollTop }}>
      <div ref={above}>{header}</div>
      <ContextMenu groups={activeHit === undefined ? [] : hitEntries(activeHit, chosenWith(activeHit, hits))}>
        <div
          ref={list} {...hits.length === 0 ? {} : gridNames(rows.length, columns)} className={css.list}
          style={listStyle(virtual.getTotalSize(), lines)} onMouseDown={(event) => { if (event.shiftKey) event.preventDefault() }} onContextMenuCapture={onlyOnHits}
          onFocus={() => { setFocused(true) }} onBlur={() => { setFocused(false) }}
        >
          {virtual.getVirtualItems().map(({ index, start, size }) => {
            const row = rows[index]
            return row === undefined ? null : (
              <div
                key={index} role="row" aria-rowindex={index + 1} className={css.row}
                style={{ height: size, translate: `0 ${start - listTop}px`, gridTemplateColumns: row.kind === 'hits' ? `repeat(${columns}, minmax(0, 1fr))` : '1fr' }}
              >
                <Row row={row}><Cells row={row} hits={hits} good={good} active={active} last={last} /></Row>
              </div>
            )
          })}
        </div>
      </ContextMenu>
    </div>
  )
}

// Without rows it is no grid.
function gridNames(rows: number, columns: number) {
  return { role: 'grid', 'aria-label': text.results, 'aria-rowcount': rows, 'aria-colcount': columns, 'aria-multiselectable': true } as const
}

function onlyOnHits(event: MouseEvent): void {
  if (event.target instanceof Element && event.target.closest('[data-hit]') !== null) return
  event.preventDefault()
  event.stopPropagation()
}

/** Scrolls back to where the results were left, as soon as there are rows. The hit that was opened gets the focus again unless something else has it. */
function useScrollMemory(scroller: RefObject<HTMLElement | null>, isReady: boolean): void {
  const [{ top, wasHitOpened }] = useState(() => ({ ...scrolled }))
  useLayoutEffect(() => {
    if (!isReady) return
    scroller.current?.scrollTo({ top })
    scrolled.wasHitOpened = false
    if (wasHitOpened && (document.activeElement === document.body || document.activeElement === null)) focusResults()
  }, [scroller, isReady, top, wasHitOpened])
}
