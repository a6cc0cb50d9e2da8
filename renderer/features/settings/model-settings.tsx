import { useEffect } from 'react'
import type { DoctorLine } from '../../../electron/contract/doctor.ts'
import type { ModelsOverview } from '../../../electron/contract/models.ts'
import { engine } from '../../api.ts'
import { messages } from '../../messages.ts'
import { reloadModels, useModels } from '../../stores/models.ts'
import { goWithin } from '../../stores/navigation.ts'
import { useSettings } from '../../stores/settings.ts'
import { bytesText } from '../../time-text.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Answered } from './answered.tsx'
import { AddFromDisk } from './models/add-from-disk.tsx'
import modelsCss from './models/models.module.css'
import { LeftVectors } from './models/remove-dialogs.tsx'
import { TaskSection } from './models/task-section.tsx'
import css from './parts.module.css'
import { questions, useAnswer } from './use-answer.ts'

const text = messages.settings.models

const lineTones = { ok: 'good', optional: 'usual', missing: 'bad', broken: 'bad' } as const

// While videos are worked through, each of them tells of it: their number is asked for this often at most.
const COVERAGE_MS = 2000

/** Follows how many videos a model has looked at, as long as somebody looks at the number. */
function useFreshCoverage(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    const ask = (): void => { timer = null; void reloadModels() }
    const stop = engine.onEvent((event) => { if (event.type === 'videos-changed' || event.type === 'library-changed') timer ??= setTimeout(ask, COVERAGE_MS) })
    ask()
    return () => { stop(); if (timer !== null) clearTimeout(timer) }
  }, [])
}

function PartCard({ line }: { line: DoctorLine }) {
  return (
    <li className={css.card}>
      <div className={css.cardHead}><h3>{line.name}</h3><Chip tone={lineTones[line.state]}>{text.lineStates[line.state]}</Chip></div>
      <p className={css.muted}>{line.found}</p>
      {line.hint === '' ? null : <p>{line.hint}</p>}
    </li>
  )
}

function NetworkOff() {
  const isAllowed = useSettings(({ settings }) => settings.networkAllowed)
  return isAllowed ? null : (
    <div className={modelsCss.note} role="note">
      <p>{text.networkOff}</p>
      <Button onClick={() => { goWithin({ view: 'settings', section: 'network' }) }}>{text.toNetwork}</Button>
    </div>
  )
}

function Models({ overview }: { overview: ModelsOverview }) {
  const left = overview.models.filter(({ state, vectors }) => state.kind === 'not-installed' && vectors > 0)
  return (
    <>
      {overview.tasks.map((task) => <TaskSection key={task.task} overview={task} models={overview.models} />)}
      <LeftVectors cards={left} />
      <section className={css.block}>
        <AddFromDisk />
        <p className={css.muted}>{text.folder} · {text.free(bytesText(overview.freeBytes))}</p><code className={css.code}>{overview.folder}</code>
      </section>
    </>
  )
}

/** The models for each task: what they add, which are here, and what is done with them; and the programs beside the app. */
export function ModelSettings() {
  const answer = useModels((state) => state.overview)
  const error = useModels((state) => state.error)
  const doctor = useAnswer(questions.doctor)
  useFreshCoverage()
  return (
    <>
      <p className={css.text}>{text.text}</p>
      <NetworkOff />
      <Answered asked={{ answer, error: answer === null ? error : null, again: () => { void reloadModels() } }}>{(overview) => <Models overview={overview} />}</Answered>
      <section className={css.block}>
        <h3 className={modelsCss.taskName}>{text.programs}</h3>
        <Answered asked={doctor}>{({ lines }) => <ul className={css.cards}>{lines.map((line) => <PartCard key={line.name} line={line} />)}</ul>}</Answered>
      </section>
    </>
  )
}
