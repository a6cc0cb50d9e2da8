import { ShieldCheck } from 'lucide-react'
import type { ModelCard, ModelCheck } from '../../../../electron/contract/models.ts'
import { messages } from '../../../messages.ts'
import { installModel } from '../../../stores/models.ts'
import { Button } from '../../../ui/button.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import css from './models.module.css'

const text = messages.settings.models

/** What comparing the files of a model with their hashes showed. `check`: null while they are read, undefined when nobody asked. */
export function CheckResult({ card: { id, title, state, downloadBytes }, check }: { card: ModelCard, check: ModelCheck | null | undefined }) {
  if (check === undefined) return null
  if (check === null) return <p role="status" className={css.hint}>{text.verifying}</p>
  if (check.isWhole) return <p role="status" className={css.good}><ShieldCheck aria-hidden="true" />{check.isCompared ? text.verified(check.files.length) : text.verifiedUnknown(check.files.length)}</p>
  const wrong = check.files.filter(({ state }) => state !== 'whole').map(({ path, state }) => `${path}: ${text.fileStates[state]}`)
  const again = downloadBytes === 0 ? undefined : <Button onClick={() => { void installModel(id, state.kind === 'installed' ? state.variants : null) }}>{text.installAgain}</Button>
  return <ErrorNote actions={again} error={{ code: 'MODEL_DAMAGED', message: text.damaged(title), hint: text.damagedHint(wrong.join(', ')) }} />
}
