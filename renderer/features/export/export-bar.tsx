import { HardDriveDownload } from 'lucide-react'
import type { TrayClip, TrayClipId } from '../../../electron/contract/tray.ts'
import { messages } from '../../messages.ts'
import { useExport } from '../../stores/export.ts'
import { bytesText, timeText } from '../../time-text.ts'
import { Button } from '../../ui/button.tsx'
import { FolderChoice, ModeAndCaptions } from './export-choices.tsx'
import type { Outlook } from './plan-match.ts'
import { plannedOf } from './plan-match.ts'
import css from './export-bar.module.css'

interface ExportBarProps {
  /** What would be exported: the selected clips, or all. */
  clips: readonly TrayClip[]
  areChosen: boolean
  outlooks: ReadonlyMap<TrayClipId, Outlook>
  onExport(): void
}

function bytesOf(clips: readonly TrayClip[], outlooks: ReadonlyMap<TrayClipId, Outlook>): number | null {
  const planned = clips.map(({ id }) => plannedOf(outlooks.get(id))).filter((one) => one !== null)
  return planned.length === 0 ? null : planned.reduce((sum, { estimatedBytes }) => sum + estimatedBytes, 0)
}

/** How much would be written, how, where to, and the button that does it. */
export function ExportBar({ clips, areChosen, outlooks, onExport }: ExportBarProps) {
  const isRunning = useExport(({ run }) => run?.state === 'running')
  const bytes = bytesOf(clips, outlooks)
  const seconds = clips.reduce((sum, { start, end }) => sum + end - start, 0)
  return (
    <footer className={css.bar}>
      <div className={css.totals}>
        <strong>{messages.tray.summary(clips.length, timeText(seconds, 1))}</strong>
        <span>{bytes === null ? null : messages.tray.about(bytesText(bytes))}</span>
      </div>
      <ModeAndCaptions />
      <div className={css.folder}><FolderChoice /></div>
      <Button kind="primary" icon={<HardDriveDownload />} disabled={isRunning || clips.length === 0} title={isRunning ? messages.tray.exportRunning : undefined} onClick={onExport}>
        {areChosen ? messages.tray.exportChosen(clips.length) : messages.tray.exportCount(clips.length)}
      </Button>
    </footer>
  )
}
