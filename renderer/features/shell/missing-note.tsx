import { messages } from '../../messages.ts'
import type { Task } from '../../stores/models.ts'
import { useModels } from '../../stores/models.ts'
import { go } from '../../stores/navigation.ts'
import { bytesText, percentText } from '../../time-text.ts'
import { missingTasks } from './missing-models.ts'
import type { MissingTask } from './missing-models.ts'
import css from './missing-note.module.css'

const text = messages.missing

/** The tasks of these that no model does. */
export function useMissing(wanted: readonly Task[]): MissingTask[] {
  return missingTasks(useModels((state) => state.overview), wanted)
}

/** Leads to the models for a task, and says how big the one is that is offered first; or how far its install is. */
export function AddModel({ missing }: { missing: MissingTask }) {
  const { task, offer, installing } = missing
  const label = installing !== null ? text.installing(installing.title, percentText(installing.share)) : offer === null ? text.choose[task] : text.add[task](bytesText(offer.bytes))
  return <button type="button" className={css.link} onClick={() => { go({ view: 'settings', section: 'models', task }) }}>{label}</button>
}

/** Quietly says what can not be found without a model, and what to do about it. Nothing when all is here. */
export function MissingNote({ tasks }: { tasks: readonly Task[] }) {
  const missing = useMissing(tasks)
  if (missing.length === 0) return null
  return <ul className={css.notes} aria-label={text.label}>{missing.map((one) => <li key={one.task}>{text.notes[one.task]} <AddModel missing={one} /></li>)}</ul>
}
