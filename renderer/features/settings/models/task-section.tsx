import { useEffect, useRef } from 'react'
import type { ModelCard, TaskOverview } from '../../../../electron/contract/models.ts'
import { messages } from '../../../messages.ts'
import { chooseModel } from '../../../stores/models.ts'
import { useNavigation } from '../../../stores/navigation.ts'
import { useSettings } from '../../../stores/settings.ts'
import { Button } from '../../../ui/button.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { ModelRow } from './model-row.tsx'
import css from './models.module.css'

const text = messages.settings.models
const tones = { installed: 'good', missing: 'usual', broken: 'bad' } as const

/** The models of a task, and of speech what hears where speech is, once it is here. */
function cardsOf(task: TaskOverview['task'], models: readonly ModelCard[]): ModelCard[] {
  const isShown = (card: ModelCard): boolean => card.state.kind !== 'not-installed' || card.downloadBytes > 0
  const own = models.filter((card) => card.task === task && isShown(card))
  return task === 'speech' ? [...own, ...models.filter((card) => card.task === 'voice' && card.state.kind !== 'not-installed')] : own
}

function Coverage({ overview }: { overview: TaskOverview }) {
  const { task, done, waiting } = overview
  if (overview.id === null) return null
  return (
    <div className={css.coverage}>
      <p className={css.hint} role="status">{text.coverage(done, done + waiting)}</p>
      {waiting === 0 ? null : <Progress label={text.coverageLabel(text.tasks[task])} value={done / (done + waiting)} />}
    </div>
  )
}

function Chosen({ overview, chosen, installed }: { overview: TaskOverview, chosen: ModelCard | undefined, installed: number }) {
  const wished = useSettings(({ settings }) => settings.models[overview.task])
  const said = chosen === undefined ? text.noModel : text.works(chosen.title)
  return (
    <p className={css.chosen}>
      {said}
      {chosen !== undefined && wished === null && installed > 1 ? <span className={css.hint}>{text.byItself}</span> : null}
      {wished === null ? null : <Button kind="quiet" onClick={() => { void chooseModel(overview.task, null) }}>{text.useBest}</Button>}
    </p>
  )
}

/** Goes there when somebody came for this task. */
function useArrival(task: TaskOverview['task']) {
  const section = useRef<HTMLElement>(null)
  const isMeant = useNavigation(({ place }) => place.view === 'settings' && place.task === task)
  useEffect(() => {
    if (!isMeant) return
    section.current?.scrollIntoView({ block: 'start' })
    section.current?.focus({ preventScroll: true })
  }, [isMeant])
  return section
}

/** One thing that models do: which one does it now, how far it is with the videos, and which ones there are. */
export function TaskSection({ overview, models }: { overview: TaskOverview, models: readonly ModelCard[] }) {
  const { task, state, adds, hint, offer } = overview
  const section = useArrival(task)
  const cards = cardsOf(task, models)
  const installed = cards.filter((card) => card.task === task && card.state.kind === 'installed')
  const chosen = cards.find((card) => card.isChosen && card.task === task)
  // What it says of an offer or of a damaged model stands with that model, with a button.
  const isHintNews = state === 'missing' && offer === null && hint !== ''
  return (
    <section ref={section} className={css.task} aria-label={text.tasks[task]} tabIndex={-1}>
      <div className={css.head}><h3 className={css.taskName}>{text.tasks[task]}</h3><Chip tone={tones[state]}>{text.states[state]}</Chip></div>
      <p>{adds}</p>
      <Chosen overview={overview} chosen={chosen} installed={installed.length} />
      {isHintNews ? <p className={css.hint}>{hint}</p> : null}
      <Coverage overview={overview} />
      <ul className={css.models} aria-label={text.list(text.tasks[task])}>
        {cards.map((card) => <ModelRow key={card.id} card={card} adds={adds} isSuggested={chosen === undefined && offer?.id === card.id} canChoose={installed.length > 1} />)}
      </ul>
    </section>
  )
}
