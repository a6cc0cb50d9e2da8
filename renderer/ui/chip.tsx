import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { messages } from '../messages.ts'
import css from './chip.module.css'

interface ChipProps {
  children: ReactNode
  tone?: 'usual' | 'good' | 'warn' | 'bad' | 'accent'
  /** Set for a chip that can be taken away; its text says what goes. */
  onRemove?: { text: string, act(): void }
  title?: string
}

/** A short mark: a state, a badge, a filter. */
export function Chip({ children, tone = 'usual', onRemove, title }: ChipProps) {
  return (
    <span className={`${css.chip ?? ''} ${css[tone] ?? ''}`} title={title}>
      {children}
      {onRemove === undefined ? null : <button type="button" className={css.remove} onClick={onRemove.act} aria-label={messages.common.removeNamed(onRemove.text)}><X /></button>}
    </span>
  )
}
