import type { ReactNode } from 'react'
import { messages } from '../../messages.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import type { Asked } from './use-answer.ts'
import css from './parts.module.css'

/** What the engine answered, or that it is being asked, or why it did not answer. */
export function Answered<Output>({ asked, children }: { asked: Asked<Output>, children(answer: Output): ReactNode }) {
  if (asked.error !== null) return <ErrorNote error={asked.error} actions={<Button onClick={asked.again}>{messages.common.retry}</Button>} />
  if (asked.answer === null) return <div className={css.skeleton} role="status" aria-label={messages.settings.loading} />
  return children(asked.answer)
}
