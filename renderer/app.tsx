import { CSPProvider } from '@base-ui/react/csp-provider'
import css from './app.module.css'
import { ConnectionNote } from './features/shell/connection-note.tsx'
import { useLeaveGuard } from './features/shell/use-leave-guard.ts'
import { NavigationRail } from './features/shell/navigation-rail.tsx'
import { useNativeMenu } from './features/shell/use-native-menu.ts'
import { ActivityView } from './features/jobs/activity-view.tsx'
import { ImportZone } from './features/library/import-zone.tsx'
import { LibraryView } from './features/library/library-view.tsx'
import { PlayerView } from './features/player/player-view.tsx'
import { SearchBox } from './features/search/search-box.tsx'
import { QueryHelp } from './features/search/query-help.tsx'
import { SearchView } from './features/search/search-view.tsx'
import { SettingsView } from './features/settings/settings-view.tsx'
import { ShortcutsDialog } from './features/settings/shortcuts-dialog.tsx'
import { TrayView } from './features/export/tray-view.tsx'
import { useShortcut } from './shortcuts.ts'
import { showHelp } from './stores/help.ts'
import type { Place } from './stores/navigation.ts'
import { go, goBack, useNavigation } from './stores/navigation.ts'
import { Toasts } from './ui/toasts.tsx'
import { TooltipProvider } from './ui/tooltip.tsx'

function Content({ place }: { place: Place }) {
  switch (place.view) {
    case 'library': return <LibraryView />
    case 'search': return <SearchView />
    case 'player': return <PlayerView key={place.video} video={place.video} at={place.at} until={place.until} />
    case 'tray': return <TrayView />
    case 'activity': return <ActivityView />
    case 'settings': return <SettingsView />
  }
}

/** The whole window: where one can go on the left, the search box above, and the place one is in. */
export function App() {
  const place = useNavigation((state) => state.place)
  // Where keys do the work, they are what is asked about.
  useShortcut('show-help', () => { showHelp(place.view === 'player' || place.view === 'tray' ? 'shortcuts' : 'query') })
  useShortcut('show-shortcuts', () => { showHelp('shortcuts') })
  useLeaveGuard()
  useNativeMenu(() => { showHelp('shortcuts') })
  useShortcut('go-library', () => { go({ view: 'library' }) })
  useShortcut('go-tray', () => { go({ view: 'tray' }) })
  useShortcut('go-activity', () => { go({ view: 'activity' }) })
  useShortcut('go-settings', () => { go({ view: 'settings' }) })
  useShortcut('go-back', goBack, place.view === 'player')
  return (
    <CSPProvider disableStyleElements>
      <TooltipProvider>
        <ImportZone>
          <div className={css.window}>
            <NavigationRail view={place.view} />
            <header className={css.top}><SearchBox /></header>
            <ConnectionNote />
            <main className={css.content}><Content place={place} /></main>
          </div>
        </ImportZone>
        <QueryHelp />
        <ShortcutsDialog />
        <Toasts />
      </TooltipProvider>
    </CSPProvider>
  )
}
