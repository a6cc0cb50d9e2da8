import { Switch as Base } from '@base-ui/react/switch'
import { useId } from 'react'
import css from './switch.module.css'

interface SwitchProps { label: string, hint?: string, isOn: boolean, onChange(isOn: boolean): void, isDisabled?: boolean }

/** Something that is on or off, with its name and what it means. */
export function Switch({ label, hint, isOn, onChange, isDisabled = false }: SwitchProps) {
  const id = useId()
  return (
    <div className={css.row}>
      <div>
        <label id={id} className={css.label} htmlFor={`${id}-switch`}>{label}</label>
        {hint === undefined ? null : <p id={`${id}-hint`} className={css.hint}>{hint}</p>}
      </div>
      <Base.Root id={`${id}-switch`} aria-labelledby={id} {...hint === undefined ? {} : { 'aria-describedby': `${id}-hint` }} checked={isOn} disabled={isDisabled} onCheckedChange={onChange} className={css.track}>
        <Base.Thumb className={css.thumb} />
      </Base.Root>
    </div>
  )
}
