import { Check, CircleDashed, Upload } from 'lucide-react'
import { messages } from '../../messages.ts'
import { bytesText } from '../../time-text.ts'
import { Button } from '../../ui/button.tsx'
import { Progress } from '../../ui/progress.tsx'
import type { GivenFile, UploadProgress } from '../../upload.ts'
import type { ImportRun } from './import-run.ts'
import { useImport } from './import-run.ts'
import css from './import-zone.module.css'

const text = messages.library.importing
const ROWS = 6

/** The files around the one that is sent: two that are done, the rest to come. */
function filesInView(files: readonly GivenFile[], current: number): { given: GivenFile, at: number }[] {
  const from = Math.max(0, Math.min(current - 2, files.length - ROWS))
  return files.slice(from, from + ROWS).map((given, index) => ({ given, at: from + index }))
}

function Sending({ files, sending }: { files: readonly GivenFile[], sending: UploadProgress }) {
  const current = sending.number - 1
  const before = files.slice(0, current).reduce((sum, { file }) => sum + file.size, 0)
  return (
    <>
      <p className="tabular">{text.sending(current, sending.files)} · {bytesText(sending.sentBytes)} / {bytesText(sending.totalBytes)}</p>
      <Progress label={text.panel} value={sending.totalBytes === 0 ? null : sending.sentBytes / sending.totalBytes} />
      <ul className={css.files}>
        {filesInView(files, current).map(({ given: { file }, at }) => (
          <li key={at} className={css.file} data-state={at < current ? 'sent' : at === current ? 'sending' : 'waiting'}>
            {at < current ? <Check aria-hidden="true" /> : at === current ? <Upload aria-hidden="true" /> : <CircleDashed aria-hidden="true" />}
            <span className={css.fileName} title={file.name}>{file.name}</span>
            {at === current
              ? <Progress label={file.name} value={file.size === 0 ? null : (sending.sentBytes - before) / file.size} />
              : <span className={css.bytes}>{bytesText(file.size)}</span>}
          </li>
        ))}
      </ul>
    </>
  )
}

function Looking({ run }: { run: ImportRun }) {
  const said = run.isSample ? messages.library.empty.makingSample : run.found === 0 ? text.looking : text.found(run.found)
  return <><p className="tabular">{said}</p><Progress label={text.panel} value={null} /></>
}

/** What an import is doing, at the edge of the window, while it does it. */
export function ImportPanel() {
  const run = useImport((state) => state.run)
  if (run === null) return null
  return (
    <section className={css.panel} aria-label={text.panel}>
      <header className={css.panelHeader}><h3>{text.panel}</h3><Button kind="quiet" onClick={run.stop}>{text.cancel}</Button></header>
      {run.sending === null ? <Looking run={run} /> : <Sending files={run.files} sending={run.sending} />}
    </section>
  )
}
