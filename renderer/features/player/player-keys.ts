import { useShortcut } from '../../shortcuts.ts'
import { changeSettings, useSettings } from '../../stores/settings.ts'
import { choose, usePlayer, usePlayerChoices } from '../../stores/player.ts'
import type { Playback } from './playback.ts'
import type { SnapTarget } from './snap.ts'
import { addSelection, clearRange, exportSelection, findSimilar, findSimilarToFrame, nudgeEnd, setEnd, showEnd, toggleLoop, toggleMagnet } from './range-actions.ts'
import { lastBegun } from './transcript.ts'

/** How far back "previous" still means the one before, and not the start of this one. */
const JUST_BEGUN_SECONDS = 0.75

/** To the start of the next of these, or of the one before. */
export function jump(playback: Playback, spans: readonly { start: number }[], by: -1 | 1): void {
  const { second, isPlaying } = usePlayer.getState()
  const at = lastBegun(spans, second + 0.001)
  if (by === 1) {
    playback.seek(spans[at + 1]?.start ?? playback.duration)
    return
  }
  const begun = second - (spans[at]?.start ?? 0) <= (isPlaying ? JUST_BEGUN_SECONDS : 0.001)
  playback.seek(spans[begun ? at - 1 : at]?.start ?? 0)
}

export function toggleCaptions(): void {
  const { captions } = useSettings.getState().settings
  void changeSettings({ captions: { ...captions, shown: !captions.shown } })
}

export function toggleMute(playback: Playback): void {
  choose({ isMuted: !usePlayerChoices.getState().isMuted })
  playback.applyChoices()
}

function usePlayingKeys(playback: Playback): void {
  const by = (seconds: number) => () => { playback.seek(usePlayer.getState().second + seconds) }
  useShortcut('player-play', () => { playback.toggle() })
  useShortcut('player-back', () => { playback.shuttle('J') })
  useShortcut('player-stop', () => { if (usePlayer.getState().isPlaying) playback.shuttle('K'); else playback.play() })
  useShortcut('player-forward', () => { playback.shuttle('L') })
  useShortcut('player-previous-frame', () => { playback.step(-1) })
  useShortcut('player-next-frame', () => { playback.step(1) })
  useShortcut('player-back-second', by(-1))
  useShortcut('player-forward-second', by(1))
  useShortcut('player-back-far', by(-5))
  useShortcut('player-forward-far', by(5))
  useShortcut('player-previous-scene', () => { jump(playback, playback.player.scenes, -1) })
  useShortcut('player-next-scene', () => { jump(playback, playback.player.scenes, 1) })
  useShortcut('player-previous-shot', () => { jump(playback, playback.player.shots, -1) })
  useShortcut('player-next-shot', () => { jump(playback, playback.player.shots, 1) })
  useShortcut('player-start', () => { playback.seek(0) })
  useShortcut('player-end', () => { playback.seek(playback.duration) })
  useShortcut('player-mute', () => { toggleMute(playback) })
  useShortcut('player-captions', toggleCaptions)
}

function useRangeKeys(playback: Playback, targets: readonly SnapTarget[]): void {
  useShortcut('player-in', () => { setEnd(playback, { end: 'in', targets, isExact: false }) })
  useShortcut('player-out', () => { setEnd(playback, { end: 'out', targets, isExact: false }) })
  useShortcut('player-in-exact', () => { setEnd(playback, { end: 'in', targets, isExact: true }) })
  useShortcut('player-out-exact', () => { setEnd(playback, { end: 'out', targets, isExact: true }) })
  useShortcut('player-to-in', () => { showEnd(playback, 'in') })
  useShortcut('player-to-out', () => { showEnd(playback, 'out') })
  useShortcut('player-in-earlier', () => { nudgeEnd(playback, 'in', -1) })
  useShortcut('player-in-later', () => { nudgeEnd(playback, 'in', 1) })
  useShortcut('player-out-earlier', () => { nudgeEnd(playback, 'out', -1) })
  useShortcut('player-out-later', () => { nudgeEnd(playback, 'out', 1) })
  useShortcut('player-clear', clearRange)
  useShortcut('player-loop', toggleLoop)
  useShortcut('player-magnet', toggleMagnet)
  useShortcut('player-add', () => { void addSelection(playback) })
  useShortcut('player-export', () => { void exportSelection(playback) })
}

interface PlayerKeys { playback: Playback, targets: readonly SnapTarget[], onFullScreen(): void }

/** Every key of the player that needs no more than the player itself. */
export function usePlayerKeys({ playback, targets, onFullScreen }: PlayerKeys): void {
  usePlayingKeys(playback)
  useRangeKeys(playback, targets)
  useShortcut('player-full-screen', onFullScreen)
  useShortcut('player-panel', () => { choose({ isPanelOpen: !usePlayerChoices.getState().isPanelOpen }) })
  useShortcut('player-similar-frame', () => { findSimilarToFrame(playback) })
  useShortcut('player-similar', () => {
    const { scenes } = playback.player
    const scene = scenes[lastBegun(scenes, usePlayer.getState().second + 0.001)]
    if (scene !== undefined) findSimilar(playback.player, scene)
  })
}
