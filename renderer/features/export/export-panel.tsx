import { messages } from '../../messages.ts'
import { useExport } from '../../stores/export.ts'
import { ExportRunCard } from './export-run-card.tsx'
import css from './export-panel.module.css'

/** The exports that run or wait, and the reports of those that are over. */
export function ExportPanel() {
  const runs = useExport((state) => state.runs)
  if (runs.length === 0) return null
  return (
    <section className={css.panel} aria-label={messages.tray.report}>
      {runs.map((run, at) => <ExportRunCard key={run.ticket} run={run} isLast={at === runs.length - 1} />)}
    </section>
  )
}
