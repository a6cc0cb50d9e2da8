import type { ComponentProps, ReactNode } from 'react'
import { Tooltip } from './tooltip.tsx'
import css from './button.module.css'

type Kind = 'usual' | 'primary' | 'quiet' | 'danger'

interface ButtonProps extends Omit<ComponentProps<'button'>, 'className'> {
  kind?: Kind
  /** Before the text. */
  icon?: ReactNode
}

/** A button with a text. */
export function Button({ kind = 'usual', icon, children, ...rest }: ButtonProps) {
  return <button type="button" {...rest} className={`${css.button ?? ''} ${css[kind] ?? ''}`}>{icon}{children}</button>
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'children'> {
  /** What it does: shown on hover, and said by screen readers. */
  label: string
  icon: ReactNode
  /** The key that does the same. */
  shortcut?: string
  /** Set for a button that stays down. */
  isOn?: boolean
}

/** A button that is only an icon; its label is shown beside it on hover and focus. */
export function IconButton({ label, icon, shortcut, isOn, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <button type="button" {...rest} aria-label={label} aria-pressed={isOn} className={`${css.iconButton ?? ''} ${isOn === true ? css.on ?? '' : ''}`}>{icon}</button>
    </Tooltip>
  )
}
