import { HardDriveDownload } from 'lucide-react'
import type { TrayClip, TrayClipId } from '../../../electron/contract/tray.ts'
import { messages } from '../../messages.ts'
import { useExport } from '../../stores/export.ts'
import { bytesText, timeText } from '../../time-text.ts'
import { Button } from '../../ui/button.tsx'
import { ChoiceBar } from './choices/choice-bar.tsx'
import { useChoices } from './choices/use-choices.ts'
import { ForAnEditor } from './editors/for-an-editor.tsx'
import { isOver } from './export-run.ts'
import { FolderChoice } from './folder-choice.tsx'
import type { Outlook } from './plan-match.ts'
import { plannedOf } from './plan-match.ts'
import { secondsOf } from './reel-length.ts'
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

function Totals({ clips, outlooks }: Pick<ExportBarProps, 'clips' | 'outlooks'>) {
  const { reel } = useChoices()
  const bytes = bytesOf(clips, outlooks)
  const length = timeText(secondsOf(clips, reel), 1)
  return (
    <div className={css.totals}>
      <strong>{reel === null ? messages.tray.summary(clips.length, length) : messages.tray.summaryReel(clips.length, length)}</strong>
      <span>{bytes === null ? null : messages.tray.about(bytesText(bytes))}</span>
    </div>
  )
}

function exportLabel(count: number, areChosen: boolean, isReel: boolean): string {
  if (isReel) return messages.tray.exportReel
  return areChosen ? messages.tray.exportChosen(count) : messages.tray.exportCount(count)
}

/** What would be made of the clips and how, how much it is, where to, and the button that does it. */
export function ExportBar({ clips, areChosen, outlooks, onExport }: ExportBarProps) {
  const isBusy = useExport(({ runs }) => runs.some((run) => !isOver(run)))
  const isReel = useExport(({ reel }) => reel !== null)
  return (
    <footer className={css.bar}>
      <ChoiceBar clip={clips[0] ?? null} />
      <div className={css.line}>
        <Totals clips={clips} outlooks={outlooks} />
        <div className={css.folder}><FolderChoice /></div>
        <ForAnEditor clips={clips} />
        <Button kind="primary" icon={<HardDriveDownload />} disabled={clips.length === 0} title={isBusy ? messages.tray.exportQueued : undefined} onClick={onExport}>
          {exportLabel(clips.length, areChosen, isReel)}
        </Button>
      </div>
    </footer>
  )
}
