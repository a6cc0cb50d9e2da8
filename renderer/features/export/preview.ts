import { create } from 'zustand'
import type { ErrorShape } from '../../../electron/contract/errors.ts'
import type { TrayClipId } from '../../../electron/contract/tray.ts'
import type { PlayedSpan } from './clip-player.ts'
import { ClipPlayer } from './clip-player.ts'
import { step } from './selected-clips.ts'

interface PreviewState {
  /** The second of the video that is on the screen. */
  second: number
  isPlaying: boolean
  isLoading: boolean
  /** One clip after the other, until the last. */
  isPlayingAll: boolean
  error: ErrorShape | null
}

const atRest: PreviewState = { second: 0, isPlaying: false, isLoading: false, isPlayingAll: false, error: null }

export const usePreview = create<PreviewState>(() => atRest)

let player: ClipPlayer | null = null
let shownClip: TrayClipId | null = null

function onEnd(): void {
  if (usePreview.getState().isPlayingAll && !step(1)) usePreview.setState({ isPlayingAll: false })
}

/** The video element that shows the clips. Gives what to do when it goes. */
export function attachPreview(element: HTMLVideoElement): () => void {
  const own = new ClipPlayer(element, {
    onSecond: (second) => { usePreview.setState({ second }) },
    onPlaying: (isPlaying) => { usePreview.setState({ isPlaying }) },
    onLoading: (isLoading) => { usePreview.setState({ isLoading }) },
    onError: (error) => { usePreview.setState({ error }) },
    onEnd,
  })
  player = own
  shownClip = null
  return () => {
    own.close()
    if (player === own) player = null
    usePreview.setState(atRest)
  }
}

/** A clip: its first picture, and playing where all are played. One that is shown already only gets its new ends. */
export function showClip(clip: TrayClipId, span: PlayedSpan): void {
  if (clip === shownClip) player?.trim(span)
  else player?.show(span, usePreview.getState().isPlayingAll)
  shownClip = clip
}

/** Shows one picture and rests. */
export function lookAtSecond(second: number): void {
  usePreview.setState({ isPlayingAll: false })
  player?.pause()
  player?.seek(second)
}

export function togglePlaying(): void {
  const { isPlaying } = usePreview.getState()
  if (isPlaying) { usePreview.setState({ isPlayingAll: false }); player?.pause() }
  else player?.play()
}

/** Plays one clip after the other from the one that is looked at, or stops. */
export function togglePlayingAll(): void {
  const isPlayingAll = !usePreview.getState().isPlayingAll
  usePreview.setState({ isPlayingAll })
  if (isPlayingAll) player?.play()
  else player?.pause()
}
