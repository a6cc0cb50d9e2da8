import { useId, useState } from 'react'
import type { ModelCard } from '../../../../electron/contract/models.ts'
import { messages } from '../../../messages.ts'
import { removeModel } from '../../../stores/models.ts'
import { bytesText } from '../../../time-text.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { vectorsText } from './model-texts.ts'
import css from './models.module.css'

const text = messages.settings.models

interface QuestionProps { card: ModelCard, onClose(): void }

/** Asks before the files of a model are deleted, and whether what it found goes too. */
export function RemoveModelDialog({ card, bytes, onClose }: QuestionProps & { bytes: number }) {
  const [alsoVectors, setAlsoVectors] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const hint = useId()
  const remove = async (): Promise<void> => {
    setBusy(true)
    await removeModel(card, alsoVectors)
    onClose()
  }
  const actions = (
    <>
      <Button kind="quiet" onClick={onClose}>{messages.common.cancel}</Button>
      <Button kind="danger" disabled={isBusy} onClick={() => { void remove() }}>{text.removeNow}</Button>
    </>
  )
  return (
    <Dialog title={text.removeTitle(card.title)} isOpen size="small" onClose={onClose} actions={actions}>
      <div className={css.plan}>
        <p>{text.removeFiles(bytesText(bytes))}</p>
        {card.vectors === 0 ? null : (
          <>
            {alsoVectors ? null : <p>{text.removeKeeps(vectorsText(card.vectors))}</p>}
            <label className={css.check}>
              <input type="checkbox" checked={alsoVectors} aria-describedby={hint} onChange={({ target }) => { setAlsoVectors(target.checked) }} />
              {text.alsoVectors(vectorsText(card.vectors))}
            </label>
            <p id={hint} className={css.hint}>{text.alsoVectorsHint}</p>
          </>
        )}
      </div>
    </Dialog>
  )
}

function DeleteVectorsDialog({ card, onClose }: QuestionProps) {
  const remove = async (): Promise<void> => {
    await removeModel(card, true)
    onClose()
  }
  const actions = (
    <>
      <Button kind="quiet" onClick={onClose}>{messages.common.cancel}</Button>
      <Button kind="danger" onClick={() => { void remove() }}>{text.deleteVectors}</Button>
    </>
  )
  return (
    <Dialog title={text.deleteVectorsTitle(card.title)} isOpen size="small" onClose={onClose} actions={actions}>
      <p>{text.deleteVectorsText(vectorsText(card.vectors))}</p>
    </Dialog>
  )
}

function LeftRow({ card }: { card: ModelCard }) {
  const [isAsked, setAsked] = useState(false)
  return (
    <li className={css.left}>
      <span className={css.leftName}>{card.title}</span><span className={css.hint}>{vectorsText(card.vectors)}</span>
      <Button aria-label={text.deleteVectorsNamed(card.title)} onClick={() => { setAsked(true) }}>{text.deleteVectors}</Button>
      {isAsked ? <DeleteVectorsDialog card={card} onClose={() => { setAsked(false) }} /> : null}
    </li>
  )
}

/** What models found that are not installed any more. */
export function LeftVectors({ cards }: { cards: readonly ModelCard[] }) {
  if (cards.length === 0) return null
  return (
    <section className={css.task} aria-label={text.leftTitle}>
      <h3 className={css.taskName}>{text.leftTitle}</h3>
      <p className={css.hint}>{text.leftText}</p>
      <ul className={css.models}>{cards.map((card) => <LeftRow key={card.id} card={card} />)}</ul>
    </section>
  )
}
