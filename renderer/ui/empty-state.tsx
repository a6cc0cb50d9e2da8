import type { ReactNode } from 'react'
import css from './empty-state.module.css'

interface EmptyStateProps { icon: ReactNode, title: string, children?: ReactNode, actions?: ReactNode }

/** What stands where nothing is yet: what this place is for, and the first thing to do. */
export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className={css.empty}>
      <div className={css.icon} aria-hidden="true">{icon}</div>
      <h2>{title}</h2>
      {children === undefined ? null : <div className={css.text}>{children}</div>}
      {actions === undefined ? null : <div className={css.actions}>{actions}</div>}
    </div>
  )
}
