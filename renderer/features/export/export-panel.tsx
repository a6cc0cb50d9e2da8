import { X } from 'lucide-react'
import { messages } from '../../messages.ts'
import { cancelExport, closeReport, startExport, useExport } from '../../stores/export.ts'
import { removeFromTray, useTray } from '../../stores/tray.ts'
import { percentText, roughTimeText } from '../../time-text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Progress } from '../../ui/progress.tsx'
import { useExportFolder } from './export-choices.tsx'
import { ExportItem } from './export-item.tsx'
import type { ExportRun } from './export-run.ts'
import { runTitle, unwrittenClips } from './export-run.ts'
import css from './export-panel.module.css'

function Running({ run }: { run: ExportRun }) {
  const parts = [percentText(run.progress), ...run.etaSeconds === null ? [] : [messages.tray.left(roughTimeText(run.etaSeconds))], messages.tray.exportingTo(run.folder)]
  return (
    <>
      <header className={css.header}>
        <div><h2>{runTitle(run)}</h2><p className={css.sub} title={run.folder}>{parts.join(' · ')}</p></div>
        <Button onClick={cancelExport}>{messages.tray.cancelExport}</Button>
      </header>
      <Progress label={messages.tray.exportProgress} value={run.progress} />
    </>
  )
}

function Ended({ run }: { run: ExportRun }) {
  return (
    <>
      <header className={css.header}>
        <div role="status"><h2>{runTitle(run)}</h2><p className={css.sub} title={run.folder}>{run.folder}</p></div>
        <IconButton label={messages.tray.closeReport} icon={<X />} onClick={closeReport} />
      </header>
      {run.error === null ? null : <ErrorNote error={run.error} />}
    </>
  )
}

function Actions({ run }: { run: ExportRun }) {
  const clips = useTray((state) => state.clips)
  // What failed for its folder is tried in the one that was chosen since.
  const folder = useExportFolder() ?? run.folder
  const unwritten = unwrittenClips(run)
  const done = new Set(run.items.filter(({ state }) => state === 'done').map(({ clip }) => clip.id))
  const stillThere = (clips ?? []).map(({ id }) => id).filter((id) => done.has(id))
  if (unwritten.length === 0 && stillThere.length === 0) return null
  return (
    <div className={css.actions}>
      {unwritten.length === 0 ? null : <Button onClick={() => { void startExport(unwritten, folder) }}>{messages.tray.retryFailed(unwritten.length)}</Button>}
      {stillThere.length === 0 ? null : <Button onClick={() => { void removeFromTray(stillThere) }}>{messages.tray.clearAfter}</Button>}
    </div>
  )
}

/** The export that runs, or the report of the last one. */
export function ExportPanel() {
  const run = useExport((state) => state.run)
  if (run === null) return null
  return (
    <section className={css.panel} aria-label={messages.tray.report}>
      {run.state === 'running' ? <Running run={run} /> : <Ended run={run} />}
      <ul className={css.items}>{run.items.map((item, at) => <ExportItem key={`${item.clip.id}/${at}`} item={item} />)}</ul>
      {run.state === 'running' ? null : <Actions run={run} />}
    </section>
  )
}
