import type { DoctorLine } from '../../../electron/contract/doctor.ts'
import type { ModelItem } from '../../../electron/contract/settings.ts'
import { messages } from '../../messages.ts'
import { bytesText } from '../../time-text.ts'
import { Chip } from '../../ui/chip.tsx'
import { Answered } from './answered.tsx'
import { questions, useAnswer } from './use-answer.ts'
import css from './parts.module.css'

const text = messages.settings.models

const modelTones = { installed: 'good', missing: 'warn', broken: 'bad' } as const
const lineTones = { ok: 'good', optional: 'usual', missing: 'bad', broken: 'bad' } as const

function ModelCard({ item }: { item: ModelItem }) {
  return (
    <li className={css.card}>
      <div className={css.cardHead}>
        <h3>{text.tasks[item.task]}</h3>
        {item.bytes === null ? null : <span className={css.muted}>{bytesText(item.bytes)}</span>}
        <Chip tone={modelTones[item.state]}>{text.states[item.state]}</Chip>
      </div>
      <p className={css.muted}>{item.id ?? text.noModel}</p>
      <p>{item.adds}</p>
      {item.hint === '' ? null : <p className={css.muted}>{item.hint}</p>}
    </li>
  )
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

/** What is installed beside the app, what is missing, and what to do about it: all in one place. */
export function ModelSettings() {
  const models = useAnswer(questions.models)
  const doctor = useAnswer(questions.doctor)
  return (
    <>
      <p className={css.text}>{text.text}</p>
      <Answered asked={models}>
        {({ items, folder }) => (
          <section className={css.block}>
            <ul className={css.cards}>{items.map((item) => <ModelCard key={item.task} item={item} />)}</ul>
            <p className={css.muted}>{text.folder}</p><code className={css.code}>{folder}</code>
          </section>
        )}
      </Answered>
      <section className={css.block}>
        <h2>{text.programs}</h2>
        <Answered asked={doctor}>{({ lines }) => <ul className={css.cards}>{lines.map((line) => <PartCard key={line.name} line={line} />)}</ul>}</Answered>
      </section>
    </>
  )
}
