import { useId, useState } from 'react'
import css from './more-choices.module.css'

interface NumberFieldProps {
  label: string
  value: number
  min: number
  max: number
  step: number
  /** Behind the number. */
  unit?: string
  isDisabled?: boolean
  onKeep(value: number): void
}

/** A number that is kept as soon as it is one; what is none, or out of bounds, is marked and left alone. */
export function NumberField({ label, value, min, max, step, unit, isDisabled = false, onKeep }: NumberFieldProps) {
  const id = useId()
  const [written, setWritten] = useState<string | null>(null)
  const shown = written ?? String(value)
  const isRight = (typed: string): boolean => typed.trim() !== '' && Number(typed) >= min && Number(typed) <= max && (step < 1 || Number.isInteger(Number(typed)))
  return (
    <span className={css.number}>
      <label className="visually-hidden" htmlFor={id}>{label}</label>
      <input
        id={id} type="number" min={min} max={max} step={step} value={shown} disabled={isDisabled} aria-invalid={!isRight(shown)}
        onChange={({ target }) => { setWritten(target.value); if (isRight(target.value)) onKeep(Number(target.value)) }} onBlur={() => { setWritten(null) }}
      />
      {unit === undefined ? null : <span aria-hidden="true">{unit}</span>}
    </span>
  )
}
