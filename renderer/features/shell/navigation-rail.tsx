import { Activity, Clapperboard, Library, Search, Settings } from 'lucide-react'
import type { ReactNode } from 'react'
import { messages } from '../../messages.ts'
import type { View } from '../../stores/navigation.ts'
import { go } from '../../stores/navigation.ts'
import { TrayBadge } from '../export/tray-badge.tsx'
import { ActivityBadge } from '../jobs/activity-badge.tsx'
import css from './navigation-rail.module.css'

type Named = Exclude<View, 'player'>

const entries: readonly { view: Named, icon: ReactNode, badge?: ReactNode }[] = [
  { view: 'library', icon: <Library /> },
  { view: 'search', icon: <Search /> },
  { view: 'tray', icon: <Clapperboard />, badge: <TrayBadge /> },
  { view: 'activity', icon: <Activity />, badge: <ActivityBadge /> },
]

function Entry({ view, icon, badge, isCurrent }: { view: Named, icon: ReactNode, badge?: ReactNode, isCurrent: boolean }) {
  return (
    <a className={css.entry} href={`#/${view}`} aria-current={isCurrent ? 'page' : undefined} onClick={(event) => { event.preventDefault(); go({ view }) }}>
      <span className={css.icon}>{icon}{badge}</span><span className={css.name}>{messages.navigation[view]}</span>
    </a>
  )
}

/** Where one can go. */
export function NavigationRail({ view }: { view: View }) {
  return (
    <nav className={css.rail} aria-label={messages.navigation.label}>
      {entries.map((entry) => <Entry key={entry.view} {...entry} isCurrent={view === entry.view} />)}
      <span className={css.space} />
      <Entry view="settings" icon={<Settings />} isCurrent={view === 'settings'} />
    </nav>
  )
}
