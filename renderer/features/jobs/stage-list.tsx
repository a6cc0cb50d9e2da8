import { Check, CircleDashed, CircleSlash, Loader, Pause, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { StageDetails } from '../../../electron/contract/cards.ts'
import type { StageState, StageStatus } from '../../../electron/contract/videos.ts'
import { messages } from '../../messages.ts'
import { percentText, roughTimeText } from '../../time-text.ts'
import { Progress } from '../../ui/progress.tsx'
import { taskOfStage } from '../shell/missing-models.ts'
import { AddModel, useMissing } from '../shell/missing-note.tsx'
import { speedText } from './job-groups.ts'
import css from './stage-list.module.css'

const text = messages.jobs
const clock = new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'medium' })

const icons: Record<StageState, ReactNode> = {
  pending: <CircleDashed />, running: <Loader />, paused: <Pause />, done: <Check />, failed: <TriangleAlert />, quarantined: <TriangleAlert />,
  cancelled: <CircleSlash />, skipped: <CircleSlash />,
}

type Shown = StageStatus & Partial<Pick<StageDetails, 'startedMs' | 'endedMs'>>

// A speed that was measured over less work says nothing.
const MEASURABLE_SECONDS = 0.2

/** What is worth knowing of a stage beside its state. */
function factsOf({ state, progress, workSeconds, speed, attempts }: Shown): string {
  const isMeasured = state !== 'skipped' && workSeconds >= MEASURABLE_SECONDS
  return [
    state === 'running' ? percentText(progress) : text.stageStates[state],
    isMeasured ? text.took(roughTimeText(workSeconds)) : '',
    isMeasured && speed !== null ? text.speedShort(speedText(speed)) : '',
    attempts > 1 ? text.attempts(attempts) : '',
  ].filter((part) => part !== '').join(' · ')
}

/** From when to when, where that is known. */
function timesOf({ startedMs, endedMs }: Shown): string | null {
  if (startedMs == null) return null
  return endedMs == null ? text.startedAt(clock.format(startedMs)) : clock.formatRange(startedMs, endedMs)
}

/** Leads from a stage that was left out for want of a model to that model. It may have been left out for another reason: there is no sound, or nothing is said. */
function MissingModel({ stage }: { stage: Shown }) {
  const task = taskOfStage(stage.name)
  const isForWant = stage.state === 'skipped' && stage.note?.includes('model') === true
  const [missing] = useMissing(isForWant && task !== null ? [task] : [])
  return missing === undefined ? null : <AddModel missing={missing} />
}

function Stage({ stage }: { stage: Shown }) {
  const { name, state, progress, note, error } = stage
  const times = timesOf(stage)
  return (
    <li className={css.stage} data-state={state}>
      <span className={css.icon} aria-hidden="true">{icons[state]}</span>
      <span className={css.name}>{text.stages[name]}</span>
      <span className={css.facts}>{factsOf(stage)}</span>
      {state === 'running' ? <span className={css.bar}><Progress label={text.stages[name]} value={progress} /></span> : null}
      {times === null ? null : <p className={css.times}>{times}</p>}
      {note === null ? null : <p className={css.note}>{note} <MissingModel stage={stage} /></p>}
      {error === null ? null : <p className={css.error}>{error.message} <span className={css.hint}>{error.hint}</span></p>}
    </li>
  )
}

/** All stages of a video with how far they are, how long they took, and what they complained of. */
export function StageList({ stages }: { stages: readonly Shown[] }) {
  return <ul className={css.stages}>{stages.map((stage) => <Stage key={stage.name} stage={stage} />)}</ul>
}
