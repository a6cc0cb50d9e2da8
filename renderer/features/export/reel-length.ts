import type { Reel } from '../../../electron/contract/export-choices.ts'
import type { TrayClip } from '../../../electron/contract/tray.ts'

/** Seconds of all clips; in a reel, clips lie over each other where they fade over. Without title cards. */
export function secondsOf(clips: readonly Pick<TrayClip, 'start' | 'end'>[], reel: Reel | null): number {
  const sum = clips.reduce((all, { start, end }) => all + end - start, 0)
  return reel === null ? sum : Math.max(0, sum - reel.crossfadeSeconds * Math.max(0, clips.length - 1))
}
