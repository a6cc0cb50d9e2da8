import { Tabs } from '@base-ui/react/tabs'
import { AudioLines, Captions, Cpu, HardDriveDownload, Info, Keyboard, Library, Network, Package, SunMoon, Tags } from 'lucide-react'
import type { ReactNode } from 'react'
import { messages } from '../../messages.ts'
import { showHelp } from '../../stores/help.ts'
import type { SettingsSection } from '../../stores/navigation.ts'
import { goWithin, useNavigation } from '../../stores/navigation.ts'
import { AboutSettings } from './about-settings.tsx'
import { AppearanceSettings, ExportSettings, PlaybackSettings, ShortcutSettings } from './choice-settings.tsx'
import { LibrarySettings } from './library-settings.tsx'
import { ModelSettings } from './model-settings.tsx'
import { NetworkSettings } from './network-settings.tsx'
import { SpeechSettings } from './speech-settings.tsx'
import { TagSettings } from './tag-settings.tsx'
import { WorkSettings } from './work-settings.tsx'
import css from './settings-view.module.css'

interface SectionParts { name: SettingsSection, icon: ReactNode, content: ReactNode }

function sectionsWith(onShowShortcuts: () => void): readonly SectionParts[] {
  return [
    { name: 'library', icon: <Library />, content: <LibrarySettings /> },
    { name: 'models', icon: <Package />, content: <ModelSettings /> },
    { name: 'speech', icon: <AudioLines />, content: <SpeechSettings /> },
    { name: 'tags', icon: <Tags />, content: <TagSettings /> },
    { name: 'work', icon: <Cpu />, content: <WorkSettings /> },
    { name: 'playback', icon: <Captions />, content: <PlaybackSettings /> },
    { name: 'export', icon: <HardDriveDownload />, content: <ExportSettings /> },
    { name: 'network', icon: <Network />, content: <NetworkSettings /> },
    { name: 'appearance', icon: <SunMoon />, content: <AppearanceSettings /> },
    { name: 'shortcuts', icon: <Keyboard />, content: <ShortcutSettings onShow={onShowShortcuts} /> },
    { name: 'about', icon: <Info />, content: <AboutSettings /> },
  ]
}

/** What the person can choose, what is installed and what is missing. Everything applies at once. */
export function SettingsView() {
  const sections = sectionsWith(() => { showHelp('shortcuts') })
  const shown = useNavigation(({ place }) => place.view === 'settings' ? place.section : undefined) ?? 'library'
  const show = (section: SettingsSection): void => { goWithin({ view: 'settings', section }) }
  return (
    <Tabs.Root className={css.view} value={shown} onValueChange={show} orientation="vertical">
      <div className={css.list}>
        <h1>{messages.navigation.settings}</h1>
        <Tabs.List aria-label={messages.settings.sections} className={css.tabs} activateOnFocus>
          {sections.map(({ name, icon }) => <Tabs.Tab key={name} value={name} className={css.tab}>{icon}{messages.settings.names[name]}</Tabs.Tab>)}
        </Tabs.List>
      </div>
      {sections.map(({ name, content }) => (
        <Tabs.Panel key={name} value={name} className={css.panel}>
          <div className={css.inner}><h2>{messages.settings.names[name]}</h2>{content}</div>
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  )
}
