import { ShieldCheck } from 'lucide-react'
import type { NetworkRequest } from '../../../electron/contract/settings.ts'
import { messages } from '../../messages.ts'
import { changeSettings, useSettings } from '../../stores/settings.ts'
import { bytesText } from '../../time-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Switch } from '../../ui/switch.tsx'
import { Answered } from './answered.tsx'
import { KeptText } from './kept-text.tsx'
import { mirrorAddress } from './mirror-address.ts'
import { questions, useAnswer } from './use-answer.ts'
import css from './parts.module.css'

const text = messages.settings.network

function Log({ requests }: { requests: readonly NetworkRequest[] }) {
  if (requests.length === 0) return <EmptyState icon={<ShieldCheck />} title={text.none}>{text.noneText}</EmptyState>
  return (
    <div className={css.scroll} role="region" aria-label={text.log} tabIndex={0}>
      <table className={css.table}>
        <thead><tr><th scope="col">{text.time}</th><th scope="col">{text.purpose}</th><th scope="col">{text.address}</th><th scope="col">{text.outcome}</th><th scope="col">{text.size}</th></tr></thead>
        <tbody>
          {requests.map(({ atMs, url, purpose, outcome, bytes }, at) => (
            <tr key={`${atMs}/${at}`}>
              <td><time dateTime={new Date(atMs).toISOString()}>{new Date(atMs).toLocaleString()}</time></td>
              <td>{purpose}</td><td>{url}</td><td>{outcome}</td><td>{bytes === null ? null : bytesText(bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Mirror() {
  const mirror = useSettings(({ settings }) => settings.modelMirror)
  return (
    <KeptText
      label={text.mirror} hint={text.mirrorHint} value={mirror ?? ''} example={text.mirrorExample} most={500}
      complaintOf={(written) => mirrorAddress(written) === undefined ? text.mirrorWrong : null}
      onKeep={(written) => { void changeSettings({ modelMirror: mirrorAddress(written) ?? null }) }}
    />
  )
}

/** Whether the network may be asked for anything, and everything it was ever asked. */
export function NetworkSettings() {
  const isAllowed = useSettings(({ settings }) => settings.networkAllowed)
  const asked = useAnswer(questions.network)
  return (
    <>
      <Switch label={text.allowed} hint={text.allowedHint} isOn={isAllowed} onChange={(isOn) => { void changeSettings({ networkAllowed: isOn }) }} />
      <Mirror />
      <section className={css.block}>
        <h2>{text.log}</h2>
        <p className={css.text}>{text.logText}</p>
        <Answered asked={asked}>{({ requests }) => <Log requests={requests} />}</Answered>
      </section>
    </>
  )
}
