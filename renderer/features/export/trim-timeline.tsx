import type { KeyboardEvent, PointerEvent } from 'react'
import { useRef, useState } from 'react'
import type { PlayerVideo } from '../../../electron/contract/player.ts'
import { messages } from '../../messages.ts'
import { timeText } from '../../time-text.ts'
import { FrameImage } from '../../ui/frame-image.tsx'
import { lookAtSecond, usePreview } from './preview.ts'
import type { Limits, Span } from './trim.ts'
import { fits, moved, snapped, windowAround } from './trim.ts'
import css from './trim-timeline.module.css'

type Edge = 'start' | 'end'

interface TrimTimelineProps {
  span: Span
  player: PlayerVideo | null
  limits: Limits
  /** While it is dragged, and when it is let go. */
  onDrag(span: Span): void
  onChange(span: Span): void
}

const SNAP_PIXELS = 7
const TILES = 8

function Strip({ player, window }: { player: PlayerVideo | null, window: Span }) {
  const at = (tile: number): number => window.start + (window.end - window.start) * (tile + 0.5) / TILES
  const sceneAt = (second: number) => player?.scenes.find(({ start, end }) => start <= second && second < end)?.id ?? null
  return <div className={css.strip}>{Array.from({ length: TILES }, (_, tile) => <span key={tile}><FrameImage scene={sceneAt(at(tile))} /></span>)}</div>
}

interface HandleProps { edge: Edge, span: Span, limits: Limits, left: string, onPointer(event: PointerEvent): void, onNudge(to: number): void }

function Handle({ edge, span, limits, left, onPointer, onNudge }: HandleProps) {
  const value = span[edge]
  const onKeyDown = (event: KeyboardEvent): void => {
    const direction = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key]
    if (direction === undefined) return
    event.preventDefault()
    onNudge(value + direction * (event.shiftKey ? 1 : limits.frameSeconds))
  }
  return (
    <button
      type="button" role="slider" aria-label={messages.tray[edge]} aria-valuemin={0} aria-valuemax={limits.duration} aria-valuenow={value} aria-valuetext={timeText(value, 2)}
      className={`${css.handle ?? ''} ${css[edge] ?? ''}`} style={{ left }} onKeyDown={onKeyDown} onPointerDown={onPointer} onPointerMove={onPointer} onPointerUp={onPointer}
    />
  )
}

function Head({ place }: { place(second: number): number }) {
  const share = place(usePreview(({ second }) => second))
  return share < 0 || share > 1 ? null : <div className={css.head} style={{ left: `${share * 100}%` }} />
}

/** A clip in the part of its video around it, with a handle at either end. Handles snap to cuts; with Alt they do not. */
export function TrimTimeline({ span, player, limits, onDrag, onChange }: TrimTimelineProps) {
  const line = useRef<HTMLDivElement>(null)
  const [window, setWindow] = useState(() => windowAround(span, limits.duration))
  const [dragged, setDragged] = useState<Edge | null>(null)
  if (dragged === null && !fits(span, window, limits.duration)) {
    const next = windowAround(span, limits.duration)
    if (next.start !== window.start || next.end !== window.end) setWindow(next)
  }
  const length = Math.max(limits.frameSeconds, window.end - window.start)
  const share = (second: number): number => (second - window.start) / length
  const percent = (second: number): string => `${Math.min(1, Math.max(0, share(second))) * 100}%`
  const cuts = (player?.shots ?? []).map(({ start }) => start).filter((second) => second > window.start && second < window.end)
  const secondAt = (event: PointerEvent): number => {
    const box = line.current?.getBoundingClientRect()
    if (box === undefined || box.width === 0) return window.start
    const second = window.start + (event.clientX - box.left) / box.width * length
    return event.altKey ? second : snapped(second, cuts, SNAP_PIXELS / box.width * length)
  }
  const lookAt = (edge: Edge, next: Span): void => { lookAtSecond(edge === 'start' ? next.start : next.end - limits.frameSeconds) }
  const onPointer = (edge: Edge) => (event: PointerEvent): void => {
    if (event.type === 'pointerdown') { event.currentTarget.setPointerCapture(event.pointerId); setDragged(edge); return }
    if (dragged !== edge) return
    const next = moved(span, edge, { to: Math.min(window.end, Math.max(window.start, secondAt(event))), limits })
    if (event.type === 'pointerup') { setDragged(null); onChange(next); return }
    onDrag(next)
    lookAt(edge, next)
  }
  const nudge = (edge: Edge) => (to: number): void => {
    const next = moved(span, edge, { to, limits })
    onChange(next)
    lookAt(edge, next)
  }
  return (
    <div ref={line} role="group" className={css.timeline} aria-label={messages.tray.timeline} onPointerDown={(event) => { if (event.target === event.currentTarget) lookAtSecond(secondAt(event)) }}>
      <Strip player={player} window={window} />
      {cuts.map((second) => <div key={second} className={css.cut} style={{ left: percent(second) }} />)}
      <div className={css.outside} style={{ left: 0, width: percent(span.start) }} />
      <div className={css.outside} style={{ left: percent(span.end), right: 0 }} />
      <div className={css.inside} style={{ left: percent(span.start), width: `${(share(span.end) - share(span.start)) * 100}%` }} />
      <Head place={share} />
      {(['start', 'end'] as const).map((edge) => (
        <Handle key={edge} edge={edge} span={span} limits={limits} left={percent(span[edge])} onPointer={onPointer(edge)} onNudge={nudge(edge)} />
      ))}
    </div>
  )
}
