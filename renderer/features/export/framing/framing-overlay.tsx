import type { KeyboardEvent, PointerEvent } from 'react'
import { useEffect, useRef, useState } from 'react'
import type { Framing, Region } from '../../../../electron/contract/export-choices.ts'
import type { TrayClip } from '../../../../electron/contract/tray.ts'
import { messages } from '../../../messages.ts'
import { frameClip, useFraming } from './framing-choice.tsx'
import type { Corner, Size } from './framing-parts.ts'
import { howOf, keptParts, pointMoved, regionMoved, regionResized } from './framing-parts.ts'
import css from './framing-overlay.module.css'

const { framing: text } = messages

interface By { x: number, y: number }

/** Keys move by a hundredth of the picture. */
const KEY_STEP = 0.01
/** Several keys in a row are one change. */
const KEEP_AFTER_MS = 300

const percent = (share: number): number => Math.round(share * 100)
const percentsOf = ({ x, y, width, height }: Region) => ({ left: percent(x), top: percent(y), width: percent(width), height: percent(height) })
const placeOf = ({ x, y, width, height }: Region) => ({ left: `${x * 100}%`, top: `${y * 100}%`, width: `${width * 100}%`, height: `${height * 100}%` })

function keyStep(event: KeyboardEvent): By | null {
  switch (event.key) {
    case 'ArrowLeft': return { x: -KEY_STEP, y: 0 }
    case 'ArrowRight': return { x: KEY_STEP, y: 0 }
    case 'ArrowUp': return { x: 0, y: -KEY_STEP }
    case 'ArrowDown': return { x: 0, y: KEY_STEP }
    default: return null
  }
}

interface Moves {
  /** From where it was when the pointer went down, in shares of the picture. */
  onDrag(by: By): void
  onDone(): void
}

/** Pointer events that drag something over the picture it lies on. */
function useDrag({ onDrag, onDone }: Moves) {
  const from = useRef<{ x: number, y: number, width: number, height: number } | null>(null)
  const onPointer = (event: PointerEvent<HTMLElement>): void => {
    event.stopPropagation()
    if (event.type === 'pointerdown') {
      const box = event.currentTarget.closest<HTMLElement>(`.${css.picture ?? ''}`)?.getBoundingClientRect()
      if (box === undefined || event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      from.current = { x: event.clientX, y: event.clientY, width: box.width, height: box.height }
      return
    }
    const start = from.current
    if (start === null) return
    onDrag({ x: (event.clientX - start.x) / start.width, y: (event.clientY - start.y) / start.height })
    if (event.type === 'pointermove') return
    from.current = null
    onDone()
  }
  return { onPointerDown: onPointer, onPointerMove: onPointer, onPointerUp: onPointer, onPointerCancel: onPointer }
}

interface Setting<Part extends Framing> {
  framing: Part
  picture: Size
  /** Shown at once; `keep` stores what is shown. */
  show(framing: Part): void
  keep(): void
}

function HandWindow({ framing, picture, show, keep }: Setting<Extract<Framing, { how: 'fill' }>>) {
  const before = useRef(framing)
  const move = (from: Framing, by: By): void => { show({ ...framing, around: pointMoved(from, picture, by) }) }
  const drag = useDrag({ onDrag: (by) => { move(before.current, by) }, onDone: keep })
  const [part] = keptParts(framing, picture) ?? []
  if (part === undefined) return null
  const isUpAndDown = part.height < 1
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = keyStep(event)
    if (by === null) return
    event.preventDefault()
    event.stopPropagation()
    move(framing, by)
    keep()
  }
  return (
    <div
      role="slider" tabIndex={0} aria-label={text.window} aria-orientation={isUpAndDown ? 'vertical' : 'horizontal'} aria-valuemin={0} aria-valuemax={100}
      aria-valuenow={percent(isUpAndDown ? part.y : part.x)} aria-valuetext={text.at(percent(part.x), percent(part.y))}
      className={css.window} style={placeOf(part)} {...drag} onKeyDown={onKeyDown}
      onPointerDown={(event) => { before.current = framing; drag.onPointerDown(event) }}
    />
  )
}

const corners: readonly Corner[] = [{ x: 'left', y: 'top' }, { x: 'right', y: 'top' }, { x: 'left', y: 'bottom' }, { x: 'right', y: 'bottom' }]

interface RegionHandleProps { name: 'above' | 'below', region: Region, onShow(region: Region): void, onKeep(): void }

function CornerHandle({ corner, region, onShow, onKeep }: Omit<RegionHandleProps, 'name'> & { corner: Corner }) {
  const before = useRef(region)
  const drag = useDrag({ onDrag: (by) => { onShow(regionResized(before.current, corner, by)) }, onDone: onKeep })
  return (
    <span
      className={`${css.corner ?? ''} ${css[corner.x] ?? ''} ${css[corner.y] ?? ''}`} aria-hidden="true" {...drag}
      onPointerDown={(event) => { before.current = region; drag.onPointerDown(event) }}
    />
  )
}

function RegionHandle({ name, region, onShow, onKeep }: RegionHandleProps) {
  const before = useRef(region)
  const drag = useDrag({ onDrag: (by) => { onShow(regionMoved(before.current, by)) }, onDone: onKeep })
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = keyStep(event)
    if (by === null) return
    event.preventDefault()
    event.stopPropagation()
    onShow(event.shiftKey ? regionResized(region, { x: 'right', y: 'bottom' }, by) : regionMoved(region, by))
    onKeep()
  }
  return (
    <div
      role="group" tabIndex={0} aria-label={text.region(text[name], percentsOf(region))} aria-description={text.byHandHelp.split}
      className={css.region} style={placeOf(region)} {...drag} onKeyDown={onKeyDown}
      onPointerDown={(event) => { before.current = region; drag.onPointerDown(event) }}
    >
      <span className={css.sign} aria-hidden="true">{text.signs[name]}</span>
      {corners.map((corner) => <CornerHandle key={corner.x + corner.y} corner={corner} region={region} onShow={onShow} onKeep={onKeep} />)}
    </div>
  )
}

function SplitRegions({ framing, show, keep }: Omit<Setting<Extract<Framing, { how: 'split' }>>, 'picture'>) {
  return (['above', 'below'] as const).map((name) => (
    <RegionHandle key={name} name={name} region={framing[name]} onShow={(region) => { show({ ...framing, [name]: region }) }} onKeep={keep} />
  ))
}

function Dark({ parts }: { parts: Region[] }) {
  return (
    <svg className={css.dark} viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
      <mask id="framing-kept">
        <rect width="1" height="1" fill="white" />
        {parts.map(({ x, y, width, height }, index) => <rect key={index} x={x} y={y} width={width} height={height} fill="black" />)}
      </mask>
      <rect width="1" height="1" mask="url(#framing-kept)" />
    </svg>
  )
}

/** What is shown while it is dragged is the draft; it is kept once the hand rests or the page goes, and forgotten when the clip says the same. */
function useDraft(clip: TrayClip): { framing: Framing, show(framing: Framing): void, keep(): void } {
  const stored = useFraming(clip)
  const [draft, setDraft] = useState<{ of: Framing, framing: Framing } | null>(null)
  const [isDone, setDone] = useState(false)
  const shown = draft?.of === stored ? draft.framing : null
  const waiting = useRef<(() => void) | null>(null)
  useEffect(() => {
    if (!isDone || shown === null) return
    const store = (): void => {
      waiting.current = null
      setDone(false)
      frameClip(clip, shown)
    }
    waiting.current = store
    const timer = setTimeout(store, KEEP_AFTER_MS)
    return () => { clearTimeout(timer) }
  }, [clip, isDone, shown])
  // Who goes elsewhere at once has changed it all the same.
  useEffect(() => {
    const storeNow = (): void => { waiting.current?.() }
    window.addEventListener('pagehide', storeNow)
    return () => {
      window.removeEventListener('pagehide', storeNow)
      storeNow()
    }
  }, [])
  return {
    framing: shown ?? stored,
    show: (framing) => { setDone(false); setDraft({ of: stored, framing }) },
    keep: () => { setDone(true) },
  }
}

/** Lies on the picture of a clip: what is kept of it is bright, the rest dark. What is set by hand is moved here. */
export function FramingOverlay({ clip, picture }: { clip: TrayClip, picture: Size | null }) {
  const { framing, show, keep } = useDraft(clip)
  const how = howOf(framing)
  if (picture === null || how === null) return null
  const parts = keptParts(framing, picture)
  const ratio = picture.width / picture.height
  return (
    <div className={css.place}>
      <div className={css.picture} style={{ aspectRatio: ratio, width: `min(100cqw, 100cqh * ${ratio})` }}>
        {parts === null ? <p className={css.note}>{text.follows}</p> : <Dark parts={parts} />}
        {framing.how === 'fill' && how === 'hand' ? <HandWindow framing={framing} picture={picture} show={show} keep={keep} /> : null}
        {framing.how === 'split' ? <SplitRegions framing={framing} show={show} keep={keep} /> : null}
      </div>
    </div>
  )
}
