import { useId, useState } from 'react'
import type { TagLabels } from '../../../electron/contract/models.ts'
import { engine } from '../../api.ts'
import { messages } from '../../messages.ts'
import { reportError } from '../../report-error.ts'
import { useModels } from '../../stores/models.ts'
import { goWithin } from '../../stores/navigation.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { toast } from '../../ui/toasts.tsx'
import { Answered } from './answered.tsx'
import { labelsOf } from './label-lines.ts'
import modelsCss from './models/models.module.css'
import css from './parts.module.css'
import { questions, useAnswer } from './use-answer.ts'

const text = messages.settings.tags

/** Keeps labels, null for the app's own; what was there before can be had back with one click. */
async function keep(labels: string[] | null, before: TagLabels, onKept: (kept: TagLabels) => void): Promise<void> {
  try {
    const kept = await engine.call('tags.setLabels', { labels })
    onKept(kept)
    toast({ text: text.saved, tone: 'good', action: { label: messages.common.undo, act: () => { void keep(before.isOwn ? before.labels : null, kept, onKept) } } })
  } catch (error) {
    reportError(error)
  }
}

function Editor({ first }: { first: TagLabels }) {
  const id = useId()
  const [kept, setKept] = useState(first)
  const [written, setWritten] = useState<string | null>(null)
  const { labels, doubles, complaint } = labelsOf(written ?? kept.labels.join('\n'))
  const isChanged = written !== null && labels.join('\n') !== kept.labels.join('\n')
  const onKept = (now: TagLabels): void => { setKept(now); setWritten(null) }
  return (
    <div className={css.block}>
      <div className={css.between}><label className={css.label} htmlFor={id}>{text.labels}</label><Chip>{kept.isOwn ? text.own : text.usual}</Chip></div>
      <textarea
        id={id} className={css.area} rows={14} spellCheck={false} value={written ?? kept.labels.join('\n')} aria-describedby={`${id}-count`} aria-invalid={complaint !== null}
        onChange={({ target }) => { setWritten(target.value) }}
      />
      <p id={`${id}-count`} role="status" className={complaint === null ? css.text : css.bad}>{complaint ?? text.count(labels.length)} {complaint === null && doubles > 0 ? text.doubles(doubles) : null}</p>
      <div className={modelsCss.buttons}>
        <Button kind="primary" disabled={!isChanged || complaint !== null} onClick={() => { void keep(labels, kept, onKept) }}>{text.save}</Button>
        <Button disabled={!isChanged} onClick={() => { setWritten(null) }}>{text.discard}</Button>
        <Button kind="quiet" disabled={!kept.isOwn} onClick={() => { void keep(null, kept, onKept) }}>{text.reset}</Button>
      </div>
    </div>
  )
}

/** The labels that pictures are compared with. */
export function TagSettings() {
  const asked = useAnswer(questions.labels)
  const isMissing = useModels(({ overview }) => overview?.tasks.some(({ task, state }) => task === 'pictures' && state !== 'installed') === true)
  return (
    <>
      <p className={css.text}>{text.text}</p>
      {isMissing ? (
        <div className={modelsCss.note} role="note">
          <p>{text.noModel}</p>
          <Button onClick={() => { goWithin({ view: 'settings', section: 'models', task: 'pictures' }) }}>{messages.settings.names.models}</Button>
        </div>
      ) : null}
      <Answered asked={asked}>{(labels) => <Editor first={labels} />}</Answered>
    </>
  )
}
