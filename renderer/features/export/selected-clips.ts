import { create } from 'zustand'
import type { TrayClip, TrayClipId } from '../../../electron/contract/tray.ts'
import { orderTray, useTray } from '../../stores/tray.ts'
import type { ClipSelection } from './clip-selection.ts'
import { extended, kept, neighbour, toggled } from './clip-selection.ts'

const none: readonly TrayClip[] = []

/** Which clip of the tray is looked at and which are selected; kept while the tray changes. */
export const useSelectedClips = create<ClipSelection>(() => ({ current: null, chosen: new Set() }))

useTray.subscribe(({ clips }, before) => {
  if (clips === before.clips) return
  const ids = (list: readonly TrayClip[] | null): TrayClipId[] => (list ?? none).map(({ id }) => id)
  useSelectedClips.setState(kept(useSelectedClips.getState(), { before: ids(before.clips), now: ids(clips) }))
})

/** The ids of all clips in their order. */
function clipIds(): TrayClipId[] {
  return (useTray.getState().clips ?? none).map(({ id }) => id)
}

/** Looks at a clip; with Ctrl it is selected too or no longer, with Shift all up to it. */
export function lookAtClip(id: TrayClipId, held: { ctrl: boolean, shift: boolean } = { ctrl: false, shift: false }): void {
  const selection = useSelectedClips.getState()
  if (held.shift) useSelectedClips.setState(extended(selection, id, clipIds()))
  else if (held.ctrl) useSelectedClips.setState(toggled(selection, id))
  else useSelectedClips.setState({ current: id })
}

/** Selects all clips, or none. */
export function chooseAll(isChosen: boolean): void {
  useSelectedClips.setState({ chosen: new Set(isChosen ? clipIds() : []) })
}

/** Looks at the next clip or the one before. False at the ends. */
export function step(by: 1 | -1): boolean {
  const { current } = useSelectedClips.getState()
  const next = neighbour(current, clipIds(), by)
  useSelectedClips.setState({ current: next })
  return next !== current
}

/** Moves the clip that is looked at one place. Gives its new place, from 1; null where it can go no further. */
export function moveCurrent(by: 1 | -1): number | null {
  const { current } = useSelectedClips.getState()
  const ids = clipIds()
  const from = current === null ? -1 : ids.indexOf(current)
  const to = from + by
  if (current === null || from === -1 || to < 0 || to >= ids.length) return null
  void orderTray(ids.toSpliced(from, 1).toSpliced(to, 0, current))
  return to + 1
}

/** What an action is about: the selected clips, or the one that is looked at. */
export function actedOn(): TrayClipId[] {
  const { current, chosen } = useSelectedClips.getState()
  if (chosen.size > 0) return clipIds().filter((id) => chosen.has(id))
  return current === null ? [] : [current]
}
