import type { KeyboardEvent, PointerEvent } from 'react'
import { messages } from '../../messages.ts'
import { setRange, usePlayer } from '../../stores/player.ts'
import { pictureEdge, timeCode } from './frames.ts'
import type { Playback } from './playback.ts'
import type { RangeEnd } from './range.ts'
import { isSet, movedEnd, wholeRange } from './range.ts'
import { nudgeEnd, snapped } from './range-actions.ts'
import type { SnapTarget } from './snap.ts'
import css from './timeline.module.css'
import type { Viewport } from './viewport.ts'

const text = messages.player

/** Where the timeline is on the screen, for what is dragged over it. */
export interface Surface { viewport: Viewport, width: number, secondAt(clientX: number): number }

const percent = ({ from, seconds }: Viewport, second: number): number => (second - from) / seconds * 100

/** By how many pictures an arrow key moves something; null for other keys. With Shift a second. */
function framesOfKey({ key, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent, frameSeconds: number): number | null {
  if (altKey || ctrlKey || metaKey) return null
  const by = key === 'ArrowLeft' || key === 'ArrowDown' ? -1 : key === 'ArrowRight' || key === 'ArrowUp' ? 1 : 0
  return by === 0 ? null : by * (shiftKey ? Math.max(1, Math.round(1 / frameSeconds)) : 1)
}

export function Playhead({ playback, surface }: { playback: Playback, surface: Surface }) {
  const second = usePlayer((state) => state.second)
  const at = percent(surface.viewport, second)
  const onKeyDown = (event: KeyboardEvent): void => {
    const frames = framesOfKey(event, playback.timing.frameSeconds)
    if (frames === null) return
    event.preventDefault()
    playback.step(frames)
  }
  return (
    <div
      className={css.playhead} style={{ left: `${at}%` }} data-outside={at < 0 || at > 100} role="slider" tabIndex={0} aria-label={text.playhead}
      aria-valuemin={0} aria-valuemax={playback.duration} aria-valuenow={second} aria-valuetext={timeCode(second)} onKeyDown={onKeyDown}
    />
  )
}

interface HandleProps { playback: Playback, surface: Surface, end: RangeEnd, targets: readonly SnapTarget[] }

function Handle({ playback, surface, end, targets }: HandleProps) {
  const range = usePlayer((state) => state.range)
  const set = range[end]
  const second = set ?? (end === 'in' ? 0 : playback.duration)
  const at = percent(surface.viewport, second)
  const drag = (event: PointerEvent<HTMLElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const limits = playback.limits()
    // As near as a hand can point: what is further on the screen is not meant.
    const near = surface.viewport.seconds / surface.width * 8
    const raw = surface.secondAt(event.clientX)
    const target = snapped(raw, targets, event.altKey)
    const next = movedEnd(range, { end, second: pictureEdge(Math.abs(target - raw) <= near ? target : raw, end, playback.timing) }, limits)
    setRange(next)
    playback.seek(next[end] ?? 0)
  }
  return (
    <div
      className={`${css.handle ?? ''} ${css[end] ?? ''}`} style={{ left: `${at}%` }} data-outside={at < -0.5 || at > 100.5} data-set={set !== null}
      role="slider" tabIndex={0} aria-label={end === 'in' ? text.inPoint : text.outPoint} aria-valuemin={0} aria-valuemax={playback.duration} aria-valuenow={second}
      aria-valuetext={set === null ? text.notSet : timeCode(second)}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={drag}
      onKeyDown={(event) => {
        const frames = framesOfKey(event, playback.timing.frameSeconds)
        if (frames === null) return
        event.preventDefault()
        nudgeEnd(playback, end, frames)
      }}
    />
  )
}

/** What is selected, between two handles. */
export function RangeHandles({ playback, surface, targets }: Omit<HandleProps, 'end'>) {
  const range = usePlayer((state) => state.range)
  const { start, end } = wholeRange(range, playback.duration)
  const [left, right] = [percent(surface.viewport, start), percent(surface.viewport, end)]
  return (
    <>
      {isSet(range) ? <div className={css.range} style={{ left: `${Math.max(-1, left)}%`, width: `${Math.max(0, Math.min(101, right) - Math.max(-1, left))}%` }} /> : null}
      <Handle playback={playback} surface={surface} end="in" targets={targets} />
      <Handle playback={playback} surface={surface} end="out" targets={targets} />
    </>
  )
}
