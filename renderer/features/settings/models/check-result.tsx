import { ShieldCheck } from 'lucide-react'
import type { ModelCheck } from '../../../../electron/contract/models.ts'
import { messages } from '../../../messages.ts'
import { ErrorNote } from '../../../ui/error-note.tsx'
import css from './models.module.css'

const text = messages.settings.models

/** What comparing the files of a model with their hashes showed. `check`: null while they are read, undefined when nobody asked. */
export function CheckResult({ title, check }: { title: string, check: ModelCheck | null | undefined }) {
  if (check === undefined) return null
  if (check === null) return <p role="status" className={css.hint}>{text.verifying}</p>
  if (check.isWhole) return <p role="status" className={css.good}><ShieldCheck aria-hidden="true" />{text.verified(check.files.length)}</p>
  const wrong = check.files.filter(({ state }) => state !== 'whole').map(({ path, state }) => `${path}: ${text.fileStates[state]}`)
  return <ErrorNote error={{ code: 'MODEL_DAMAGED', message: text.damaged(title), hint: text.damagedHint(wrong.join(', ')) }} />
}
