import { create } from 'zustand'
import { VideoId } from '../../electron/contract/ids.ts'
import type { TaskOverview } from '../../electron/contract/models.ts'
import { messages } from '../messages.ts'

export type SettingsSection = keyof typeof messages.settings.names
type Task = TaskOverview['task']

/** Where one is in the app. */
export type Place =
  | { view: 'library' }
  | { view: 'search' }
  /** `at` and `until`: seconds to begin at, and the end of what is to be looked at. */
  | { view: 'player', video: VideoId, at: number, until: number | null }
  | { view: 'tray' }
  | { view: 'activity' }
  /** One section of them, and of the models those for one task. */
  | { view: 'settings', section?: SettingsSection, task?: Task }

export type View = Place['view']

interface Navigation { place: Place }

const views: readonly Exclude<View, 'player' | 'settings'>[] = ['library', 'search', 'tray', 'activity']

function toHash(place: Place): string {
  if (place.view === 'settings') return ['#/settings', place.section, place.task].filter((part) => part !== undefined).join('/')
  if (place.view !== 'player') return `#/${place.view}`
  return `#/player/${place.video}/${place.at.toFixed(3)}${place.until === null ? '' : `/${place.until.toFixed(3)}`}`
}

function settingsFrom(sectionText: string | undefined, taskText: string | undefined): Place {
  const section = Object.keys(messages.settings.names).find((name): name is SettingsSection => name === sectionText)
  const task = Object.keys(messages.settings.models.tasks).find((name): name is Task => name === taskText)
  return { view: 'settings', ...section === undefined ? {} : { section }, ...task === undefined ? {} : { task } }
}

function fromHash(hash: string): Place {
  const [view = '', video, at, until] = hash.replace(/^#\//, '').split('/')
  if (view === 'settings') return settingsFrom(video, at)
  const id = VideoId.safeParse(Number(video))
  if (view === 'player' && id.success) return { view, video: id.data, at: Number(at ?? 0) || 0, until: until === undefined ? null : Number(until) }
  const known = views.find((one) => one === view)
  return known === undefined ? { view: 'library' } : { view: known }
}

export const useNavigation = create<Navigation>(() => ({ place: { view: 'library' } }))

/** Goes somewhere. The browser's and the mouse's Back button come back from it. */
export function go(place: Place): void {
  const hash = toHash(place)
  if (location.hash === hash) return
  history.pushState(null, '', hash)
  useNavigation.setState({ place })
}

/** Within a view, from one part of it to another: Back does not stop at each of them. */
export function goWithin(place: Place): void {
  history.replaceState(null, '', toHash(place))
  useNavigation.setState({ place })
}

/** To where one was before, or to the library. */
export function goBack(): void {
  if (history.length > 1) history.back()
  else go({ view: 'library' })
}

/** Reads the place from the address and follows it. To be called once, after the access token was taken out of it. */
export function followAddress(): void {
  const read = (): void => { useNavigation.setState({ place: fromHash(location.hash) }) }
  window.addEventListener('popstate', read)
  window.addEventListener('hashchange', read)
  read()
}
