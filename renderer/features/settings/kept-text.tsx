import { useEffect, useEffectEvent, useId, useState } from 'react'
import css from './parts.module.css'

interface KeptTextProps {
  label: string
  hint: string
  value: string
  example: string
  /** Letters that it may have at most. */
  most: number
  isLong?: boolean
  /** Why a text can not be kept; null when it can. */
  complaintOf?(text: string): string | null
  /** Beside the hint, for what is written at the moment. */
  noteOf?(text: string): string | null
  onKeep(text: string): void
}

const fine = (): null => null

/** A text that is kept when one goes on: leaves the field, presses Enter, or leaves the page. */
export function KeptText({ label, hint, value, example, most, isLong = false, complaintOf = fine, noteOf = fine, onKeep }: KeptTextProps) {
  const id = useId()
  const [written, setWritten] = useState<string | null>(null)
  const shown = written ?? value
  const complaint = complaintOf(shown.trim())
  const keep = (): void => {
    if (complaint !== null) return
    if (shown.trim() !== value) onKeep(shown.trim())
    setWritten(null)
  }
  const keepAtTheEnd = useEffectEvent(() => { if (complaint === null && shown.trim() !== value) onKeep(shown.trim()) })
  useEffect(() => () => { keepAtTheEnd() }, [])
  const parts = {
    id, 'value': shown, 'placeholder': example, 'maxLength': most, 'aria-describedby': `${id}-hint`, 'aria-invalid': complaint !== null,
    'onChange': ({ target }: { target: { value: string } }) => { setWritten(target.value) }, 'onBlur': keep,
  }
  return (
    <div className={css.block}>
      <label className={css.label} htmlFor={id}>{label}</label>
      {isLong
        ? <textarea {...parts} className={css.area} rows={3} />
        : <input {...parts} className={css.input} type="text" spellCheck={false} onKeyDown={({ key }) => { if (key === 'Enter') keep() }} />}
      <p id={`${id}-hint`} className={complaint === null ? css.text : css.bad} aria-live="polite">{complaint ?? hint} {noteOf(shown)}</p>
    </div>
  )
}
