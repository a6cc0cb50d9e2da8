import { ExternalLink } from 'lucide-react'
import type { ReactNode } from 'react'
import { useState } from 'react'
import type { ModelCard, ModelState } from '../../../../electron/contract/models.ts'
import { messages } from '../../../messages.ts'
import { cancelInstall, chooseModel, installModel, useModels, verifyModel } from '../../../stores/models.ts'
import { percentText } from '../../../time-text.ts'
import { Button } from '../../../ui/button.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { CheckResult } from './check-result.tsx'
import { InstallDialog } from './install-dialog.tsx'
import { installText, installedFacts, offerFacts, shareOf, speedText } from './model-texts.ts'
import css from './models.module.css'
import { RemoveModelDialog } from './remove-dialogs.tsx'
import { useKeptFocus } from './use-kept-focus.ts'

const text = messages.settings.models

type Of<Kind extends ModelState['kind']> = Extract<ModelState, { kind: Kind }>

interface RowProps {
  card: ModelCard
  /** What its task adds. */
  adds: string
  isSuggested: boolean
  /** Another model could do its work: it can be said which one does. */
  canChoose: boolean
}

function InstallButton({ card, adds, isSuggested }: Pick<RowProps, 'card' | 'adds' | 'isSuggested'>) {
  const [isAsked, setAsked] = useState(false)
  return (
    <>
      <Button kind={isSuggested ? 'primary' : 'usual'} aria-label={text.installNamed(card.title)} onClick={() => { setAsked(true) }}>{text.install}</Button>
      {isAsked ? <InstallDialog card={card} adds={adds} onClose={() => { setAsked(false) }} /> : null}
    </>
  )
}

function RemoveButton({ card, bytes }: { card: ModelCard, bytes: number }) {
  const [isAsked, setAsked] = useState(false)
  return (
    <>
      <Button kind="quiet" aria-label={text.removeNamed(card.title)} onClick={() => { setAsked(true) }}>{text.remove}</Button>
      {isAsked ? <RemoveModelDialog card={card} bytes={bytes} onClose={() => { setAsked(false) }} /> : null}
    </>
  )
}

function Installing({ card, state }: { card: ModelCard, state: Of<'installing'> }) {
  return (
    <div className={css.state}>
      <Progress label={text.progress(card.title)} value={state.phase === 'fetching' || state.phase === 'waiting' ? shareOf(state) : null} />
      <div className={css.line}>
        <span className={css.tabular}>{installText(state)}</span>
        <Button kind="quiet" aria-label={text.cancelNamed(card.title)} onClick={() => { void cancelInstall(card.id, false) }}>{text.cancel}</Button>
      </div>
    </div>
  )
}

function Partial({ card, state }: { card: ModelCard, state: Of<'partial'> }) {
  const share = shareOf(state) ?? 0
  return (
    <div className={css.state}>
      <Progress label={text.progress(card.title)} value={share} tone={state.error === null ? 'accent' : 'bad'} />
      <div className={css.line}>
        <span className={css.tabular}>{text.partial(percentText(share))}</span>
        <span className={css.buttons}>
          <Button kind="quiet" aria-label={text.throwAwayNamed(card.title)} onClick={() => { void cancelInstall(card.id, true) }}>{text.throwAway}</Button>
          <Button kind="primary" aria-label={text.goOnNamed(card.title)} onClick={() => { void installModel(card.id) }}>{text.goOn}</Button>
        </span>
      </div>
    </div>
  )
}

function Installed({ card, state, canChoose }: { card: ModelCard, state: Of<'installed'>, canChoose: boolean }) {
  const check = useModels(({ checks }) => checks.get(card.id))
  const speed = speedText(card.task, state)
  const task = card.task === 'voice' ? null : card.task
  const isOther = canChoose && !card.isChosen
  return (
    <div className={css.state}>
      <CheckResult card={card} check={check} />
      <div className={css.line}>
        {speed === null ? null : <p className={css.hint}>{text.speed}: <span className={css.tabular}>{speed}</span></p>}
        <span className={css.buttons}>
          {isOther && task !== null ? <Button aria-label={text.useNamed(card.title)} onClick={() => { void chooseModel(task, card) }}>{text.use}</Button> : null}
          <Button kind="quiet" aria-label={text.verifyNamed(card.title)} disabled={check === null} onClick={() => { void verifyModel(card.id) }}>{text.verify}</Button>
          <RemoveButton card={card} bytes={state.bytes} />
        </span>
      </div>
    </div>
  )
}

function Failed({ card, state }: { card: ModelCard, state: ModelState }) {
  const failure = useModels(({ failures }) => failures.get(card.id))
  if (state.kind === 'installing') return null
  const error = state.kind === 'partial' || state.kind === 'broken' ? state.error ?? failure : failure
  if (error === undefined) return null
  const again = state.kind === 'partial' || card.downloadBytes === 0 ? null : <Button onClick={() => { void installModel(card.id) }}>{messages.common.retry}</Button>
  return <ErrorNote error={error} actions={<>{again}{state.kind === 'broken' ? <RemoveButton card={card} bytes={state.bytes} /> : null}</>} />
}

function State({ card, canChoose }: Pick<RowProps, 'card' | 'canChoose'>) {
  const { state } = card
  switch (state.kind) {
    case 'not-installed': case 'broken': return null
    case 'installing': return <Installing card={card} state={state} />
    case 'partial': return <Partial card={card} state={state} />
    case 'installed': return <Installed card={card} state={state} canChoose={canChoose} />
  }
}

function Facts({ facts, page }: { facts: readonly string[], page: string | null }): ReactNode {
  return (
    <p className={css.modelFacts}>
      {facts.map((fact) => <span key={fact}>{fact}</span>)}
      {page === null ? null : <a href={page} target="_blank" rel="noreferrer">{text.page}<ExternalLink aria-hidden="true" /></a>}
    </p>
  )
}

/** A model with all that can be done with it. */
export function ModelRow({ card, adds, isSuggested, canChoose }: RowProps) {
  const { state } = card
  const keptFocus = useKeptFocus<HTMLLIElement>(state.kind)
  return (
    <li {...keptFocus} className={css.model} data-state={state.kind} data-model={card.id}>
      <div className={css.head}>
        <h4 className={css.title}>{card.title}</h4>
        {card.tier === null ? null : <Chip>{text.tiers[card.tier]}</Chip>}
        {card.isChosen ? <Chip tone="good">{text.inUse}</Chip> : state.kind === 'installed' ? <Chip>{text.states.installed}</Chip> : null}
        {state.kind === 'broken' ? <Chip tone="bad">{text.states.broken}</Chip> : null}
        {isSuggested && state.kind === 'not-installed' ? <Chip tone="accent">{text.suggested}</Chip> : null}
        <span className={css.space} />
        {state.kind === 'not-installed' ? <InstallButton card={card} adds={adds} isSuggested={isSuggested} /> : null}
      </div>
      <Facts facts={state.kind === 'installed' ? installedFacts(card, state) : offerFacts(card)} page={card.page} />
      {card.task === 'voice' ? <p className={css.hint}>{text.voice}</p> : null}
      <Failed card={card} state={state} />
      <State card={card} canChoose={canChoose} />
    </li>
  )
}
