import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ErrorShape } from '../../electron/contract/errors.ts'
import css from './error-note.module.css'

/** What went wrong, and what can be done about it. */
export function ErrorNote({ error, actions }: { error: ErrorShape, actions?: ReactNode }) {
  return (
    <div role="alert" className={css.note}>
      <TriangleAlert aria-hidden="true" />
      <div><p className={css.message}>{error.message}</p>{error.hint === '' ? null : <p className={css.hint}>{error.hint}</p>}</div>
      {actions}
    </div>
  )
}
