import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { useRef } from 'react'
import { messages } from '../messages.ts'
import { IconButton } from './button.tsx'
import css from './dialog.module.css'

interface DialogProps {
  title: string
  isOpen: boolean
  onClose(): void
  /** Said under the title. */
  description?: string
  children?: ReactNode
  /** Buttons at the bottom, the one that goes on last. */
  actions?: ReactNode
  size?: 'small' | 'medium' | 'large'
  initialFocus?: RefObject<HTMLElement | null>
  /** Long text: it has the focus, so that the arrow keys scroll it. */
  isForReading?: boolean
}

/** A window above the app. Escape and a click outside close it; the focus comes back to where it was. */
export function Dialog({ title, isOpen, onClose, description, children, actions, size = 'medium', initialFocus, isForReading = false }: DialogProps) {
  const popup = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => { if (!open) onClose() }}>
      <Base.Portal>
        <Base.Backdrop className={css.backdrop} />
        {/* Not the button at the top: its tooltip would open, and take the first Escape for itself. */}
        <Base.Popup ref={popup} className={`${css.popup ?? ''} ${css[size] ?? ''}`} initialFocus={initialFocus ?? (isForReading ? body : popup)}>
          <header className={css.header}>
            <Base.Title className={css.title}>{title}</Base.Title>
            <Base.Close render={<IconButton label={messages.common.close} icon={<X />} />} />
          </header>
          {description === undefined ? null : <Base.Description className={css.description}>{description}</Base.Description>}
          <div ref={body} className={css.body} {...isForReading ? { 'tabIndex': 0, 'role': 'group', 'aria-label': title } : {}}>{children}</div>
          {actions === undefined ? null : <footer className={css.actions}>{actions}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
