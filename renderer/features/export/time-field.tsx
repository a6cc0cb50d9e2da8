import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { useId, useState } from 'react'
import { messages } from '../../messages.ts'
import { timeText } from '../../time-text.ts'
import { IconButton } from '../../ui/button.tsx'
import { isSameTime, parseTimeCode } from './time-code.ts'
import css from './time-field.module.css'

interface TimeFieldProps {
  label: string
  earlier: string
  later: string
  value: number
  frameSeconds: number
  onChange(value: number): void
}

/** A time that is typed, or moved by frames with the arrow keys and the buttons. */
export function TimeField({ label, earlier, later, value, frameSeconds, onChange }: TimeFieldProps) {
  const id = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const parsed = typed === null ? value : parseTimeCode(typed, { now: value, frameSeconds })
  const keep = (): void => {
    if (parsed === null) return
    setTyped(null)
    if (!isSameTime(parsed, value)) onChange(parsed)
  }
  const nudge = (seconds: number): void => { setTyped(null); onChange(Math.max(0, value + seconds)) }
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation()
    if (event.key === 'Enter') keep()
    if (event.key === 'Escape') setTyped(null)
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    nudge((event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 1 : frameSeconds))
  }
  return (
    <div className={css.group}>
      <label className={css.label} htmlFor={id}>{label}</label>
      <div className={css.line}>
        <IconButton label={earlier} icon={<ChevronLeft />} onClick={() => { nudge(-frameSeconds) }} />
        <input
          id={id} className={css.field} value={typed ?? timeText(value, 3)} spellCheck={false} inputMode="text" aria-invalid={parsed === null} aria-describedby={`${id}-hint`}
          onChange={(event) => { setTyped(event.target.value) }} onBlur={() => { if (parsed === null) setTyped(null); else keep() }} onKeyDown={onKeyDown}
        />
        <IconButton label={later} icon={<ChevronRight />} onClick={() => { nudge(frameSeconds) }} />
      </div>
      <span id={`${id}-hint`} className={parsed === null ? css.wrong : 'visually-hidden'}>{parsed === null ? messages.tray.timeWrong : messages.tray.timeHint}</span>
    </div>
  )
}
