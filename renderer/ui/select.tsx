import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronDown } from 'lucide-react'
import css from './select.module.css'

interface SelectProps<Value extends string> {
  /** Said by screen readers; shown before the value when `isLabelShown`. */
  label: string
  isLabelShown?: boolean
  value: Value
  /** One that can not be chosen says why in its hint. */
  options: readonly { value: Value, label: string, hint?: string, isDisabled?: boolean }[]
  onChange(value: Value): void
}

/** One of several values. */
export function Select<Value extends string>({ label, isLabelShown = false, value, options, onChange }: SelectProps<Value>) {
  return (
    <Base.Root items={options} value={value} onValueChange={(chosen: Value | null) => { if (chosen !== null) onChange(chosen) }}>
      <Base.Trigger className={css.trigger} aria-label={`${label}: ${options.find((option) => option.value === value)?.label ?? ''}`}>
        {isLabelShown ? <span className={css.label}>{label}</span> : null}<Base.Value /><Base.Icon className={css.icon}><ChevronDown /></Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className={css.positioner}>
          <Base.Popup className={css.popup}>
            <Base.List>
              {options.map((option) => (
                <Base.Item key={option.value} value={option.value} disabled={option.isDisabled ?? false} className={css.item}>
                  <Base.ItemIndicator className={css.check}><Check /></Base.ItemIndicator><Base.ItemText className={css.text}>{option.label}</Base.ItemText>
                  {option.hint === undefined ? null : <span className={css.hint}>{option.hint}</span>}
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
