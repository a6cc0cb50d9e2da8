import { messages } from '../../messages.ts'
import { useTray } from '../../stores/tray.ts'
import css from './tray-badge.module.css'

const MOST_SHOWN = 999

/** How many clips lie in the tray. */
export function TrayBadge() {
  const count = useTray(({ clips }) => clips?.length ?? 0)
  if (count === 0) return null
  return (
    <span className={css.badge}>
      <span aria-hidden="true">{count > MOST_SHOWN ? `${MOST_SHOWN}+` : count}</span><span className="visually-hidden">{messages.navigation.clipsInTray(count)}</span>
    </span>
  )
}
