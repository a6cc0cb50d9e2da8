import type { Place } from './selected-words.ts'
import { placeOf } from './selected-words.ts'

/** A press that moves no further is a click. */
const CLICK_PX = 4
const SCROLLED_SHARE = 0.15

interface Point { clientX: number, clientY: number }

function placeAt(list: Element, { clientX, clientY }: Point): Place | null {
  const { left, right, top, bottom } = list.getBoundingClientRect()
  const [x, y] = [Math.max(left + 1, Math.min(clientX, right - 1)), Math.max(top + 1, Math.min(clientY, bottom - 1))]
  const node = document.caretPositionFromPoint(x, y)?.offsetNode ?? document.elementFromPoint(x, y)
  return node !== null && list.contains(node) ? placeOf(node) : null
}

const isBefore = (one: Place, other: Place): boolean => one.line < other.line || (one.line === other.line && (one.word ?? 0) < (other.word ?? 0))

function mark(list: Element, from: Place, to: Place): void {
  const elementOf = ({ line, word }: Place): Element | null => list.querySelector(`[data-line="${line}"]${word === null ? '' : `[data-word="${word}"]`}`)
  const [begin, end] = [elementOf(from), elementOf(to)]
  if (begin !== null && end !== null) getSelection()?.setBaseAndExtent(begin, 0, end, end.childNodes.length)
}

interface Selecting {
  /** The words are being selected: nothing may scroll away under the mouse. */
  onBegin(): void
  /** From one word to another, both included; the same twice after a click. */
  onEnd(from: Place, to: Place, isClick: boolean): void
}

/**
 * Selects whole words from a press of the mouse to its release. Chromium's own way does not begin where nothing was selected
 * before and the press falls on the right half of a word's first letter: the caret then runs along with the mouse.
 */
export function selectWords(list: HTMLElement, press: Point, { onBegin, onEnd }: Selecting): void {
  getSelection()?.removeAllRanges()
  const from = placeAt(list, press)
  if (from === null) return
  const [stop, { clientX, clientY }] = [new AbortController(), press]
  let [now, to, isClick, frame]: [Point, Place, boolean, number] = [press, from, true, 0]
  const look = (): void => {
    frame = requestAnimationFrame(look)
    const { top, bottom } = list.getBoundingClientRect()
    list.scrollTop += (Math.min(0, now.clientY - top) + Math.max(0, now.clientY - bottom)) * SCROLLED_SHARE
    to = placeAt(list, now) ?? to
    if (isBefore(to, from)) mark(list, to, from)
    else mark(list, from, to)
  }
  const move = (event: MouseEvent): void => {
    now = event
    if (!isClick || Math.hypot(event.clientX - clientX, event.clientY - clientY) < CLICK_PX) return
    isClick = false
    onBegin()
    look()
  }
  const end = (event: MouseEvent): void => {
    stop.abort()
    cancelAnimationFrame(frame)
    if (!isClick) {
      now = event
      look()
      cancelAnimationFrame(frame)
    }
    if (isBefore(to, from)) onEnd(to, from, isClick)
    else onEnd(from, to, isClick)
  }
  window.addEventListener('mousemove', move, { signal: stop.signal })
  window.addEventListener('mouseup', end, { signal: stop.signal })
}
