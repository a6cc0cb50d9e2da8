import { useEffect, useState } from 'react'
import type { ErrorShape } from '../../../../electron/contract/errors.ts'
import type { InstallPlan, ModelCard } from '../../../../electron/contract/models.ts'
import { engine } from '../../../api.ts'
import { messages } from '../../../messages.ts'
import { errorShape, isCancelled } from '../../../report-error.ts'
import { installModel } from '../../../stores/models.ts'
import { go } from '../../../stores/navigation.ts'
import { useSettings } from '../../../stores/settings.ts'
import { bytesText } from '../../../time-text.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import css from './models.module.css'

const text = messages.settings.models.plan

interface Asked { plan: InstallPlan | null, error: ErrorShape | null }

/** What an install of these variants would fetch; nothing is asked of the network for it. */
function usePlan(id: string, variants: readonly string[]): Asked {
  const [asked, setAsked] = useState<Asked>({ plan: null, error: null })
  useEffect(() => {
    if (variants.length === 0) return
    const stop = new AbortController()
    engine.call('models.plan', { id, variants: [...variants] }, stop.signal).then(
      (plan) => { if (!stop.signal.aborted) setAsked({ plan, error: null }) },
      (error: unknown) => { if (!stop.signal.aborted && !isCancelled(error)) setAsked((before) => ({ ...before, error: errorShape(error) })) },
    )
    return () => { stop.abort() }
  }, [id, variants])
  return asked
}

/** Why it can not be installed now; null when it can. */
function obstacleOf(plan: InstallPlan, isAllowed: boolean): ErrorShape | null {
  if (!plan.isEnoughRoom) return { code: 'DISK_FULL', message: text.noRoom(bytesText(plan.toFetchBytes), bytesText(plan.freeBytes)), hint: text.noRoomHint }
  if (!isAllowed && plan.toFetchBytes > 0) return { code: 'NETWORK_OFF', message: text.offline, hint: text.offlineHint }
  return null
}

function Variants({ card, chosen, onChange }: { card: ModelCard, chosen: readonly string[], onChange(chosen: readonly string[]): void }) {
  if (card.variants.length < 2) return null
  return (
    <fieldset className={css.variants}>
      <legend>{text.variants}</legend>
      {card.variants.map(({ name, bytes, isUsual }) => (
        <label key={name} className={css.check}>
          <input
            type="checkbox" checked={chosen.includes(name)}
            onChange={({ target }) => { onChange(card.variants.flatMap((one) => (one.name === name ? target.checked : chosen.includes(one.name)) ? [one.name] : [])) }}
          />
          {isUsual ? text.usualVariant(name, bytesText(bytes)) : text.variant(name, bytesText(bytes))}
        </label>
      ))}
      <p className={css.hint}>{chosen.length === 0 ? text.chooseVariant : text.variantsHint}</p>
    </fieldset>
  )
}

const installLabel = (plan: InstallPlan | null): string => plan === null || plan.toFetchBytes === 0 ? text.installNothing : text.install(bytesText(plan.toFetchBytes))

function Plan({ plan, isAsking, memoryBytes }: { plan: InstallPlan | null, isAsking: boolean, memoryBytes: number | null }) {
  if (plan === null) return isAsking ? <p role="status" className={css.hint}>{text.asking}</p> : null
  return (
    <dl className={css.facts}>
      <dt>{text.fetched}</dt>
      <dd><ul>{plan.models.map(({ id, title, bytes, licence }) => <li key={id}>{text.modelOf(title, bytesText(bytes), licence)}</li>)}</ul></dd>
      {plan.hosts.length === 0 ? null : <><dt>{text.host}</dt><dd>{plan.hosts.join(', ')}{plan.otherHosts.length === 0 ? null : ` ${text.otherHosts(plan.otherHosts.join(', '))}`}</dd></>}
      <dt>{text.total}</dt><dd>{bytesText(plan.totalBytes)}</dd>
      {plan.toFetchBytes === plan.totalBytes ? null : <><dt>{text.left}</dt><dd>{bytesText(plan.toFetchBytes)}</dd></>}
      <dt>{text.free}</dt><dd>{bytesText(plan.freeBytes)}</dd>
      {memoryBytes === null ? null : <><dt>{text.memory}</dt><dd>{bytesText(memoryBytes)}</dd></>}
    </dl>
  )
}

function usualVariants({ variants }: ModelCard): readonly string[] {
  const usual = variants.filter(({ isUsual }) => isUsual)
  return (usual.length === 0 ? variants.slice(0, 1) : usual).map(({ name }) => name)
}

interface InstallDialogProps {
  card: ModelCard
  /** What it adds, in a sentence. */
  adds: string
  onClose(): void
}

/** Shows what would be fetched, from where and how much, before anything is; then fetches it when the person says so. */
export function InstallDialog({ card, adds, onClose }: InstallDialogProps) {
  const [variants, setVariants] = useState(() => usualVariants(card))
  const { plan, error } = usePlan(card.id, variants)
  const isAllowed = useSettings(({ settings }) => settings.networkAllowed)
  const obstacle = error ?? (plan === null ? null : obstacleOf(plan, isAllowed))
  const install = (): void => { onClose(); void installModel(card.id, [...variants]) }
  const canInstall = plan !== null && obstacle === null && variants.length > 0
  const actions = (
    <>
      <Button kind="quiet" onClick={onClose}>{messages.common.cancel}</Button>
      <Button kind="primary" disabled={!canInstall} onClick={install}>{installLabel(plan)}</Button>
    </>
  )
  const toNetwork = <Button onClick={() => { onClose(); go({ view: 'settings', section: 'network' }) }}>{messages.settings.models.toNetwork}</Button>
  return (
    <Dialog title={text.title(card.title)} isOpen onClose={onClose} actions={actions}>
      <div className={css.plan}>
        <p>{adds}</p>
        <Variants card={card} chosen={variants} onChange={setVariants} />
        <Plan plan={plan} isAsking={error === null} memoryBytes={card.memoryBytes} />
        {obstacle === null ? <p className={css.hint}>{text.nothingSent}</p> : <ErrorNote error={obstacle} actions={obstacle.code === 'NETWORK_OFF' ? toNetwork : undefined} />}
      </div>
    </Dialog>
  )
}
