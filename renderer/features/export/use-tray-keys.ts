import { useState } from 'react'
import type { TrayClipId } from '../../../electron/contract/tray.ts'
import { messages } from '../../messages.ts'
import { useShortcut } from '../../shortcuts.ts'
import { removeFromTray, useTray } from '../../stores/tray.ts'
import { togglePlaying, togglePlayingAll } from './preview.ts'
import { actedOn, chooseAll, lookAtClip, moveCurrent, step, useSelectedClips } from './selected-clips.ts'

/** The keys of the export tray. Gives what a screen reader is to say of the last move. */
export function useTrayKeys({ onRename, onExport }: { onRename(clip: TrayClipId | null): void, onExport(): void }): string {
  const [announcement, setAnnouncement] = useState('')
  const { current, chosen } = useSelectedClips()
  const move = (by: 1 | -1): void => {
    const clips = useTray.getState().clips ?? []
    const title = clips.find(({ id }) => id === current)?.title
    const place = moveCurrent(by)
    if (place !== null && title !== undefined) setAnnouncement(messages.tray.dragEnded(title, place, clips.length))
  }
  useShortcut('tray-next', () => { step(1) })
  useShortcut('tray-previous', () => { step(-1) })
  useShortcut('tray-play', togglePlaying)
  useShortcut('tray-play-all', togglePlayingAll)
  useShortcut('tray-choose', () => { if (current !== null) lookAtClip(current, { ctrl: true, shift: false }) })
  useShortcut('tray-choose-all', () => { chooseAll(true) })
  useShortcut('tray-unchoose', () => { chooseAll(false) }, chosen.size > 0)
  useShortcut('tray-move-up', () => { move(-1) })
  useShortcut('tray-move-down', () => { move(1) })
  useShortcut('tray-rename', () => { onRename(current) })
  useShortcut('tray-remove', () => { void removeFromTray(actedOn()) })
  useShortcut('tray-export', onExport)
  return announcement
}
