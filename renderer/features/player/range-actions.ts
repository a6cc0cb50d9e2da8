import type { SceneId, VideoId } from '../../../electron/contract/ids.ts'
import type { PlayerVideo } from '../../../electron/contract/player.ts'
import { messages } from '../../messages.ts'
import { go } from '../../stores/navigation.ts'
import { choose, setRange, usePlayer, usePlayerChoices } from '../../stores/player.ts'
import { showLike, useSearch } from '../../stores/search.ts'
import { addToTray } from '../../stores/tray.ts'
import { toast } from '../../ui/toasts.tsx'
import { foundWith, hitWithin } from '../search/found-with.ts'
import { pictureEdge } from './frames.ts'
import type { Playback } from './playback.ts'
import type { RangeEnd } from './range.ts'
import { isSet, movedEnd, noRange, wholeRange, withIn, withOut } from './range.ts'
import { smallPicture } from './small-picture.ts'
import type { SnapTarget } from './snap.ts'
import { snapTo } from './snap.ts'

const text = messages.player

/** A moment, or what is near it where that is wanted; says so where it jumped. */
export function snapped(second: number, targets: readonly SnapTarget[], isExact = false): number {
  const found = isExact || !usePlayerChoices.getState().isMagnetOn ? null : snapTo(second, targets)
  const { hint } = usePlayer.getState()
  usePlayer.setState({ hint: found === null ? null : { kind: found.kind, count: (hint?.count ?? 0) + 1 } })
  return found?.at ?? second
}

/** Sets an end where the playhead stands. */
export function setEnd(playback: Playback, { end, targets, isExact }: { end: RangeEnd, targets: readonly SnapTarget[], isExact: boolean }): void {
  const { second, range } = usePlayer.getState()
  const limits = playback.limits()
  const at = pictureEdge(snapped(second, targets, isExact), end, playback.timing)
  setRange(end === 'in' ? withIn(range, at, limits) : withOut(range, at, limits))
}

export function nudgeEnd(playback: Playback, end: RangeEnd, frames: number): void {
  const { range, second } = usePlayer.getState()
  const from = range[end] ?? second
  const limits = playback.limits()
  const next = movedEnd(range, { end, second: pictureEdge(from, end, playback.timing) + frames * limits.frameSeconds }, limits)
  setRange(next)
  showEnd(playback, end)
}

/** Shows the picture at an end: the first one that is in, or the first one that is out. */
export function showEnd(playback: Playback, end: RangeEnd): void {
  const at = usePlayer.getState().range[end]
  if (at !== null) playback.seek(at)
}

export function clearRange(): void {
  setRange(noRange)
  usePlayer.setState({ hint: null })
}

export function toggleLoop(): void {
  usePlayer.setState(({ isLooping }) => ({ isLooping: !isLooping }))
}

export function toggleMagnet(): void {
  choose({ isMagnetOn: !usePlayerChoices.getState().isMagnetOn })
}

export function selectSpan({ start, end }: { start: number, end: number }): void {
  setRange({ in: start, out: end })
}

/** Puts a part of a video into the export tray; one that a hit of the last search lies in goes with what that was found with. */
export async function addPart(part: { videoId: VideoId, start: number, end: number }): Promise<void> {
  const { answer, text: query, likeness } = useSearch.getState()
  const hit = hitWithin(answer, part)
  await addToTray([{ ...part, ...hit === null ? {} : foundWith(hit, { text: query, likeness }) }])
}

/** Puts the selection into the export tray. False when nothing is selected. */
export async function addSelection(playback: Playback): Promise<boolean> {
  const { range } = usePlayer.getState()
  if (!isSet(range)) {
    toast({ text: text.nothingSelected, hint: text.nothingSelectedHint })
    return false
  }
  await addPart({ videoId: playback.player.details.card.id, ...wholeRange(range, playback.duration) })
  return true
}

export async function exportSelection(playback: Playback): Promise<void> {
  if (await addSelection(playback)) go({ view: 'tray' })
}

/** Shows scenes like this one among the search's results. */
export function findSimilar({ details }: PlayerVideo, { id, start }: { id: SceneId, start: number }): void {
  showLike({ kind: 'scene', scene: id, title: details.card.title, at: start })
  go({ view: 'search' })
}

/** Shows scenes that look like the picture which is shown among the search's results. */
export function findSimilarToFrame(playback: Playback): void {
  const { id, title } = playback.player.details.card
  showLike({ kind: 'moment', video: id, title, at: usePlayer.getState().second, preview: smallPicture() })
  go({ view: 'search' })
}
