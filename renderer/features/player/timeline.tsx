import type { PointerEvent } from 'react'
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import type { PlayerVideo } from '../../../electron/contract/player.ts'
import { messages } from '../../messages.ts'
import { useShortcut } from '../../shortcuts.ts'
import { usePlayer } from '../../stores/player.ts'
import type { Playback } from './playback.ts'
import { RangeBar } from './range-bar.tsx'
import type { SnapTarget } from './snap.ts'
import { TimelineCanvas } from './timeline-canvas.tsx'
import { useTimelineContent } from './timeline-content.ts'
import type { Surface } from './timeline-handles.tsx'
import { Playhead, RangeHandles } from './timeline-handles.tsx'
import { TimePointer } from './timeline-pointer.tsx'
import css from './timeline.module.css'
import type { Line } from './transcript.ts'
import type { Viewport } from './viewport.ts'
import { fitted, moved, showing, zoomed } from './viewport.ts'

const text = messages.player

function useWidth(): [(element: HTMLElement | null) => (() => void) | undefined, number] {
  const [width, setWidth] = useState(0)
  const measure = useCallback((element: HTMLElement | null) => {
    if (element === null) return
    const observer = new ResizeObserver(() => { setWidth(element.clientWidth) })
    observer.observe(element)
    return () => { observer.disconnect() }
  }, [])
  return [measure, width]
}

/** Wheel: zooms around the pointer, moves with Shift or sideways. */
function useWheel(surface: React.RefObject<HTMLElement | null>, onWheel: (event: WheelEvent) => void): void {
  const turn = useEffectEvent(onWheel)
  useEffect(() => {
    const element = surface.current
    if (element === null) return
    // React listens passively, and then the page would scroll too.
    const listener = (event: WheelEvent): void => { event.preventDefault(); turn(event) }
    element.addEventListener('wheel', listener, { passive: false })
    return () => { element.removeEventListener('wheel', listener) }
  }, [surface])
}

/** Turns to where the playhead goes when it leaves what is shown, and not when the person looks elsewhere. */
function useFollowedPlayhead(duration: number, setViewport: (change: (viewport: Viewport) => Viewport) => void): void {
  useEffect(() => usePlayer.subscribe(({ second }, { second: before }) => {
    if (second === before) return
    setViewport((viewport) => {
      const wasShown = before >= viewport.from && before <= viewport.from + viewport.seconds
      return wasShown ? showing(viewport, second, duration) : viewport
    })
  }), [duration, setViewport])
}

function Overview({ viewport, duration, onMove }: { viewport: Viewport, duration: number, onMove(by: number): void }) {
  const drag = (event: PointerEvent<HTMLElement>): void => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) onMove(event.movementX / event.currentTarget.clientWidth * duration)
  }
  const grab = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const at = (event.clientX - left) / width * duration
    if (at < viewport.from || at > viewport.from + viewport.seconds) onMove(at - viewport.from - viewport.seconds / 2)
  }
  const second = usePlayer((state) => state.second)
  const share = (value: number): string => `${value / Math.max(duration, 0.001) * 100}%`
  return (
    <div className={css.overview} title={text.overview} aria-hidden="true" onPointerDown={grab} onPointerMove={drag}>
      <div className={css.window} style={{ left: share(viewport.from), width: share(viewport.seconds) }} />
      <div className={css.overviewHead} style={{ left: share(second) }} />
    </div>
  )
}

interface TimelineProps { playback: Playback, player: PlayerVideo, lines: readonly Line[], targets: readonly SnapTarget[] }

/** Everything that is known of the video, along its time. */
export function Timeline({ playback, player, lines, targets }: TimelineProps) {
  const content = useTimelineContent(player, lines)
  const { duration } = content
  const [viewport, setViewport] = useState(() => fitted(duration))
  const [measure, width] = useWidth()
  const rows = useRef<HTMLDivElement>(null)
  const zoom = (factor: number, at = usePlayer.getState().second): void => {
    setViewport((now) => zoomed(now, { at: Math.max(now.from, Math.min(at, now.from + now.seconds)), factor, duration }))
  }
  const fit = (): void => { setViewport(fitted(duration)) }
  const surface: Surface = {
    viewport, width,
    secondAt: (clientX) => {
      const left = rows.current?.getBoundingClientRect().left ?? 0
      return Math.max(0, Math.min(duration, viewport.from + (clientX - left) / Math.max(1, width) * viewport.seconds))
    },
  }
  useWheel(rows, ({ deltaX, deltaY, shiftKey, clientX }) => {
    const sideways = Math.abs(deltaX) > Math.abs(deltaY) ? deltaX : shiftKey ? deltaY : 0
    if (sideways !== 0) setViewport((now) => moved(now, sideways / Math.max(1, width) * now.seconds, duration))
    else zoom(Math.exp(Math.max(-120, Math.min(120, deltaY)) * 0.003), surface.secondAt(clientX))
  })
  useFollowedPlayhead(duration, setViewport)
  useShortcut('player-zoom-in', () => { zoom(1 / 1.6) })
  useShortcut('player-zoom-out', () => { zoom(1.6) })
  useShortcut('player-fit', fit)
  const scrub = (event: PointerEvent<HTMLElement>): void => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) playback.seek(surface.secondAt(event.clientX))
  }
  return (
    <section className={css.timeline} aria-label={text.timeline}>
      <RangeBar playback={playback} targets={targets} onZoom={zoom} onFit={fit} />
      <div className={css.frame}>
        <div
          ref={rows} className={css.rows}
          onPointerDown={(event) => { if (event.button === 0) { event.currentTarget.setPointerCapture(event.pointerId); scrub(event) } }} onPointerMove={scrub}
        >
          <div ref={measure} className={css.canvas}><TimelineCanvas content={content} viewport={viewport} width={width} /></div>
          <TimePointer surface={surface} duration={duration} />
          <RangeHandles playback={playback} surface={surface} targets={targets} />
          <Playhead playback={playback} surface={surface} />
        </div>
        <Overview viewport={viewport} duration={duration} onMove={(by) => { setViewport((now) => moved(now, by, duration)) }} />
      </div>
    </section>
  )
}
