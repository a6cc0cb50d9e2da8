import { messages } from '../../messages.ts'
import { useExport } from '../../stores/export.ts'
import { useTray } from '../../stores/tray.ts'
import { percentText } from '../../time-text.ts'
import css from './tray-badge.module.css'

const MOST_SHOWN = 999

/** How many clips lie in the tray, or how far the export is. */
export function TrayBadge() {
  const count = useTray(({ clips }) => clips?.length ?? 0)
  const progress = useExport(({ runs }) => runs.find(({ state }) => state === 'running')?.progress ?? null)
  if (progress !== null) {
    return (
      <span className={`${css.badge ?? ''} ${css.progress ?? ''}`}>
        <span aria-hidden="true">{percentText(progress)}</span><span className="visually-hidden">{messages.tray.exportBadge(percentText(progress))}</span>
      </span>
    )
  }
  if (count === 0) return null
  return (
    <span className={css.badge}>
      <span aria-hidden="true">{count > MOST_SHOWN ? `${MOST_SHOWN}+` : count}</span><span className="visually-hidden">{messages.navigation.clipsInTray(count)}</span>
    </span>
  )
}
