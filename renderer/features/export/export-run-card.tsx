import { ChevronDown, ChevronRight, FileDown, X } from 'lucide-react'
import { useId, useState } from 'react'
import { messages } from '../../messages.ts'
import { cancelExport, closeReport, startExport } from '../../stores/export.ts'
import { removeFromTray, useTray } from '../../stores/tray.ts'
import { percentText, roughTimeText } from '../../time-text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Progress } from '../../ui/progress.tsx'
import { useExportFolder } from './folder-choice.tsx'
import { ExportItem } from './export-item.tsx'
import type { ExportRun } from './export-run.ts'
import { isOver, runTitle, unwrittenClips } from './export-run.ts'
import { reportFile } from './report-file.ts'
import { saveFile } from './save-file.ts'
import css from './export-panel.module.css'

const { tray: text } = messages

function runText(run: ExportRun): string {
  if (isOver(run)) return run.folder
  const to = text.exportingTo(run.folder)
  if (run.state === 'waiting') return [text.waitsFor(run.before), to].join(' · ')
  const frames = run.framesOf > 0 ? [text.framesDone(run.frames.toLocaleString('en'), run.framesOf.toLocaleString('en'))] : []
  return [percentText(run.progress), ...frames, ...run.etaSeconds === null ? [] : [text.left(roughTimeText(run.etaSeconds))], to].join(' · ')
}

function Buttons({ run }: { run: ExportRun }) {
  if (!isOver(run)) return <Button onClick={() => { cancelExport(run.ticket) }}>{text.cancelExport}</Button>
  const hasWritten = run.items.some(({ file }) => file !== null)
  return (
    <div className={css.buttons}>
      {hasWritten ? <IconButton label={text.saveReport} icon={<FileDown />} onClick={() => { saveFile(reportFile(run, new Date())) }} /> : null}
      <IconButton label={text.closeReport} icon={<X />} onClick={() => { closeReport(run.ticket) }} />
    </div>
  )
}

function Actions({ run }: { run: ExportRun }) {
  const clips = useTray((state) => state.clips)
  // What failed for its folder is tried in the one that was chosen since.
  const folder = useExportFolder() ?? run.folder
  const unwritten = unwrittenClips(run)
  const done = new Set(run.items.filter(({ state }) => state === 'done').flatMap((item) => item.clips.map(({ id }) => id)))
  const stillThere = (clips ?? []).map(({ id }) => id).filter((id) => done.has(id))
  if (unwritten.length === 0 && stillThere.length === 0) return null
  return (
    <div className={css.actions}>
      {unwritten.length === 0 ? null : <Button onClick={() => { void startExport(unwritten, folder, run.choices) }}>{text.retryFailed(unwritten.length)}</Button>}
      {stillThere.length === 0 ? null : <Button onClick={() => { void removeFromTray(stillThere) }}>{text.clearAfter}</Button>}
    </div>
  )
}

function Header({ run, titleId, isOpen, onOpen }: { run: ExportRun, titleId: string, isOpen: boolean, onOpen(isOpen: boolean): void }) {
  return (
    <header className={css.header}>
      <IconButton label={isOpen ? text.hideClips : text.showClips} icon={isOpen ? <ChevronDown /> : <ChevronRight />} aria-expanded={isOpen} onClick={() => { onOpen(!isOpen) }} />
      <div role={isOver(run) ? 'status' : undefined}><h2 id={titleId}>{runTitle(run)}</h2><p className={css.sub} title={run.folder}>{runText(run)}</p></div>
      <Buttons run={run} />
    </header>
  )
}

// Of a reel that is being written there is nothing more to tell.
const isWorthOpening = (run: ExportRun, isLast: boolean): boolean => isOver(run) ? isLast : run.state === 'running' && run.items.length > 1

/** One export: how far it is, or its place among those that wait, or its report. Only what matters now is open. */
export function ExportRunCard({ run, isLast }: { run: ExportRun, isLast: boolean }) {
  const id = useId()
  const [chosen, setChosen] = useState<boolean | null>(null)
  const isOpen = chosen ?? isWorthOpening(run, isLast)
  return (
    <article className={css.run} aria-labelledby={id}>
      <Header run={run} titleId={id} isOpen={isOpen} onOpen={setChosen} />
      {run.state === 'running' ? <Progress label={text.exportProgress} value={run.progress} /> : null}
      {run.error === null ? null : <ErrorNote error={run.error} />}
      {isOpen ? <ul className={css.items}>{run.items.map((item, at) => <ExportItem key={`${item.clips[0]?.id ?? 0}/${at}`} item={item} />)}</ul> : null}
      {isOver(run) && isOpen ? <Actions run={run} /> : null}
    </article>
  )
}
