import { useEffect, useState } from 'react'
import type { VideoId } from '../../../electron/contract/ids.ts'
import type { PlayerVideo } from '../../../electron/contract/player.ts'
import { openVideo } from './clip-source.ts'

/** Where nobody knows better. */
const USUAL_FRAME_RATE = 25

/** What is known of a video; null until it is, and when it can not be known: then the player says why. */
export function useOpenedVideo(video: VideoId): PlayerVideo | null {
  const [opened, setOpened] = useState<{ video: VideoId, player: PlayerVideo } | null>(null)
  useEffect(() => {
    let isWanted = true
    openVideo(video).then((player) => { if (isWanted) setOpened({ video, player }) }, () => undefined)
    return () => { isWanted = false }
  }, [video])
  return opened?.video === video ? opened.player : null
}

/** How long one picture is shown. */
export function frameSecondsOf(player: PlayerVideo | null): number {
  return 1 / (player?.details.facts?.frameRate ?? USUAL_FRAME_RATE)
}

/** The end of a video in seconds, as far as it is known. */
export function lengthOf(player: PlayerVideo | null, atLeast: number): number {
  return player?.details.card.duration ?? player?.scenes.at(-1)?.end ?? atLeast
}

/** The size of the picture as it is shown; null while it is not known. */
export function sizeOf(player: PlayerVideo | null): { width: number, height: number } | null {
  const { width = null, height = null } = player?.details.card ?? {}
  return width === null || height === null || width * height === 0 ? null : { width, height }
}
