import { useEffect, useRef } from 'react'
import { timeText } from '../../time-text.ts'
import type { Surface } from './timeline-handles.tsx'
import css from './timeline.module.css'

/** The time under the mouse. Moves without drawing anything else again. */
export function TimePointer({ surface, duration }: { surface: Surface, duration: number }) {
  const line = useRef<HTMLDivElement>(null)
  const { secondAt } = surface
  useEffect(() => {
    const [pointer, rows] = [line.current, line.current?.parentElement ?? null]
    if (pointer === null || rows === null) return
    const move = ({ clientX }: MouseEvent): void => {
      const { left, width } = rows.getBoundingClientRect()
      pointer.style.left = `${clientX - left}px`
      pointer.dataset['side'] = clientX - left > width - 80 ? 'left' : 'right'
      pointer.dataset['time'] = timeText(secondAt(clientX), duration < 60 ? 2 : 1)
    }
    rows.addEventListener('mousemove', move)
    return () => { rows.removeEventListener('mousemove', move) }
  }, [secondAt, duration])
  return <div ref={line} className={css.pointer} aria-hidden="true" />
}
