import { Copy } from 'lucide-react'
import type { DoctorReport } from '../../../electron/contract/doctor.ts'
import { messages } from '../../messages.ts'
import { useHost } from '../../stores/host.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toasts.tsx'
import { Answered } from './answered.tsx'
import { LicenceList } from './licence-list.tsx'
import { questions, useAnswer } from './use-answer.ts'
import css from './parts.module.css'

const text = messages.settings.about

function reportText({ lines }: DoctorReport, version: string): string {
  const rows = lines.map(({ name, state, found, hint }) => `${state.padEnd(8)} ${name}: ${found}${hint === '' ? '' : ` (${hint})`}`)
  return [`${messages.common.appName} ${version}`, navigator.userAgent, ...rows].join('\n')
}

async function copyReport(report: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(report)
    toast({ text: text.copied })
  } catch {
    toast({ text: text.copyFailed, tone: 'bad' })
  }
}

/** Which version this is, what the machine has, and whose work it stands on. */
export function AboutSettings() {
  const version = useHost(({ info }) => info?.version ?? '')
  const doctor = useAnswer(questions.doctor)
  return (
    <>
      <section className={css.block}>
        <h2>{messages.common.appName}</h2>
        <p className={css.muted}>{version === '' ? null : text.version(version)}</p>
        <p className={css.text}>{text.promise}</p>
      </section>
      <section className={css.block}>
        <h2>{text.doctor}</h2>
        <Answered asked={doctor}>
          {(report) => (
            <>
              <div className={css.between}>
                <p>{report.healthy ? text.healthy : text.notHealthy}</p>
                <Button icon={<Copy />} onClick={() => { void copyReport(reportText(report, version)) }}>{text.copyReport}</Button>
              </div>
              <pre className={css.code}>{reportText(report, version)}</pre>
            </>
          )}
        </Answered>
      </section>
      <section className={css.block}>
        <h2>{text.programs}</h2>
        <ul className={css.cards}>{text.programList.map(({ name, licence }) => <li key={name}>{text.programLicence(name, licence)}</li>)}</ul>
      </section>
      <section className={css.block}><h2>{text.licences}</h2><LicenceList /></section>
    </>
  )
}
