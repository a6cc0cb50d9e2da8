import { create } from 'zustand'
import { VideoId } from '../../electron/contract/ids.ts'

/** Where one is in the app. */
export type Place =
  | { view: 'library' }
  | { view: 'search' }
  /** `at` and `until`: seconds to begin at, and the end of what is to be looked at. */
  | { view: 'player', video: VideoId, at: number, until: number | null }
  | { view: 'tray' }
  | { view: 'activity' }
  | { view: 'settings' }

export type View = Place['view']

interface Navigation { place: Place }

const views: readonly View[] = ['library', 'search', 'tray', 'activity', 'settings']

function toHash(place: Place): string {
  if (place.view !== 'player') return `#/${place.view}`
  return `#/player/${place.video}/${place.at.toFixed(3)}${place.until === null ? '' : `/${place.until.toFixed(3)}`}`
}

function fromHash(hash: string): Place {
  const [view = '', video, at, until] = hash.replace(/^#\//, '').split('/')
  const id = VideoId.safeParse(Number(video))
  if (view === 'player' && id.success) return { view, video: id.data, at: Number(at ?? 0) || 0, until: until === undefined ? null : Number(until) }
  const known = views.find((one) => one === view)
  return known === undefined || known === 'player' ? { view: 'library' } : { view: known }
}

export const useNavigation = create<Navigation>(() => ({ place: { view: 'library' } }))

/** Goes somewhere. The browser's and the mouse's Back button come back from it. */
export function go(place: Place): void {
  const hash = toHash(place)
  if (location.hash === hash) return
  history.pushState(null, '', hash)
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
