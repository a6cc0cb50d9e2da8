import type { VideoId } from '../../../electron/contract/ids.ts'
import type { SearchHit } from '../../../electron/contract/search.ts'
import { messages } from '../../messages.ts'
import { go } from '../../stores/navigation.ts'
import { focusResults, scrolled, setActive, setPreviewing, setQuery, showLike, useSearch } from '../../stores/search.ts'
import { hitKey, shownHits } from '../../stores/search-pages.ts'
import { addToTray as addClips } from '../../stores/tray.ts'
import { timeText } from '../../time-text.ts'
import { toast } from '../../ui/toasts.tsx'
import { foundWith } from './found-with.ts'
import { noteUsed } from './kept-searches.ts'
import { withFilter } from './query-chips.ts'

// A word is understood better with a little of what comes before it.
const BEFORE_WORD_SECONDS = 0.5

const text = messages.search

function activate(hit: SearchHit): void {
  const at = shownHits(useSearch.getState().answer).findIndex((one) => hitKey(one) === hitKey(hit))
  if (at >= 0) setActive(at)
}

/** Plays the hit from its start, or from a moment in it: a little before where it is one to be heard. */
export function openHit(hit: SearchHit, moment: { at: number, isHeard: boolean } | null = null): void {
  const { text: query, likeness } = useSearch.getState()
  if (likeness === null) noteUsed(query)
  activate(hit)
  scrolled.wasHitOpened = true
  const at = moment === null ? hit.start : moment.isHeard ? Math.max(Math.min(hit.start, moment.at), moment.at - BEFORE_WORD_SECONDS) : moment.at
  go({ view: 'player', video: hit.videoId, at, until: hit.end })
}

/** Plays the hit above the results. */
export function previewHit(hit: SearchHit): void {
  activate(hit)
  setPreviewing(true)
}

/** Puts the hits at the end of the export tray, with what they were found with; a notice offers to undo it. */
export async function addToTray(hits: readonly SearchHit[]): Promise<void> {
  if (hits.length === 0) return
  const { text: query, likeness } = useSearch.getState()
  await addClips(hits.map((hit) => ({ videoId: hit.videoId, start: hit.start, end: hit.end, ...foundWith(hit, { text: query, likeness }) })))
}

/** Scenes like this hit's take the place of the results. */
export function findSimilar({ sceneId, title, start }: SearchHit): void {
  showLike({ kind: 'scene', scene: sceneId, title, at: start })
  focusResults()
}

/** Adds the video to the query's filters. */
export function searchOnlyIn(video: VideoId): void {
  setQuery(withFilter(useSearch.getState().text, 'in', String(video)))
}

/** Asks for all that has this tag. */
export function searchTag(name: string): void {
  go({ view: 'search' })
  setQuery(withFilter('', 'tag', name))
}

/** Asks for all that has much of this colour. */
export function searchColour(name: string): void {
  go({ view: 'search' })
  setQuery(withFilter('', 'color', name))
}

/** Shows all scenes of the video. */
export function showAllOf(video: VideoId): void {
  setQuery(withFilter('', 'in', String(video)))
}

export async function copyTime({ start }: SearchHit): Promise<void> {
  const time = timeText(start, 3)
  try {
    await navigator.clipboard.writeText(time)
    toast({ text: text.copied(time) })
  } catch (error) {
    // The browser refuses where the page is not in front, or was told to.
    toast({ text: text.copyFailed, hint: error instanceof Error ? error.message : '', tone: 'bad' })
  }
}
