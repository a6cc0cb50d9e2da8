import { CircleCheck, Copy, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { messages } from '../../messages.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { copyReport, hideReport, useImport } from './import-run.ts'
import type { AddedReport } from './import-summary.ts'
import { refusedGroups, summaryOf } from './import-summary.ts'
import css from './import-zone.module.css'
import { nameOfPath } from './path-parts.ts'

const text = messages.library.importing
// A list for reading; the whole of it can be copied.
const LISTED = 50

function Paths({ paths, note }: { paths: readonly string[], note?: (path: string) => string }) {
  return (
    <ul className={css.paths}>
      {paths.slice(0, LISTED).map((path) => <li key={path} title={path}>{nameOfPath(path)}{note === undefined ? null : <span className={css.note}> {note(path)}</span>}</li>)}
      {paths.length > LISTED ? <li className={css.note}>{text.moreFiles(paths.length - LISTED)}</li> : null}
    </ul>
  )
}

function Group({ title, count, children }: { title: string, count: number, children: ReactNode }) {
  return count === 0 ? null : <details className={css.group}><summary>{title} <span className={css.count}>{count}</span></summary>{children}</details>
}

function Refused({ refused }: Pick<AddedReport, 'refused'>) {
  if (refused.length === 0) return null
  return (
    <section className={css.refused}>
      <h3><TriangleAlert aria-hidden="true" />{text.groups.refused} <span className={css.count}>{refused.length}</span></h3>
      {refusedGroups(refused).map(({ message, hint, paths }) => (
        <div key={paths[0]} className={css.reason}>
          <p className={css.message}>{message}</p>
          {hint === '' ? null : <p className={css.hint}>{hint}</p>}
          <Paths paths={paths} />
        </div>
      ))}
    </section>
  )
}

/** What came of an import, where something did not go in. */
export function ImportReportDialog() {
  const { report, isReportShown } = useImport()
  if (report === null || !isReportShown) return null
  const { added, known, moved, refused, ignored } = report
  const from = new Map(moved.map((one) => [one.path, one.from]))
  const actions = <><Button kind="quiet" icon={<Copy />} onClick={() => { void copyReport(report) }}>{text.copyReport}</Button><Button kind="primary" onClick={hideReport}>{messages.common.close}</Button></>
  return (
    <Dialog title={text.report} description={summaryOf(report)} isOpen size="medium" onClose={hideReport} actions={actions}>
      <Refused refused={refused} />
      <Group title={text.groups.added} count={added.length}><Paths paths={added.map(({ path }) => path)} /></Group>
      <Group title={text.groups.moved} count={moved.length}><Paths paths={moved.map(({ path }) => path)} note={(path) => text.movedFrom(from.get(path) ?? '')} /></Group>
      <Group title={text.groups.known} count={known.length}><Paths paths={known.map(({ path }) => path)} /></Group>
      {ignored === 0 ? null : <p className={css.ignored}><CircleCheck aria-hidden="true" />{text.ignored(ignored)}</p>}
    </Dialog>
  )
}
