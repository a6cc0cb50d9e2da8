import { useCallback, useEffect, useRef, useState } from 'react'
import type { ErrorShape } from '../../../electron/contract/errors.ts'
import type { AppEvent } from '../../../electron/contract/events.ts'
import type { VideoId } from '../../../electron/contract/ids.ts'
import type { PlayerVideo } from '../../../electron/contract/player.ts'
import { engine, onConnection } from '../../api.ts'
import { errorShape, isCancelled } from '../../report-error.ts'
import { withKept } from './kept-parts.ts'

interface Asked { player: PlayerVideo | null, error: ErrorShape | null }

// While a video is looked through it changes many times a second. What takes long to answer is asked for less often.
const PAUSE_MS = 1000
const PAUSE_SHARE = 10

function concerns(event: AppEvent, video: VideoId): boolean {
  return (event.type === 'videos-changed' && event.videoIds.includes(video)) || (event.type === 'video-ready' && event.videoId === video)
}

/** All that a player needs of a video; asked again when something of it is new. */
export function usePlayerVideo(video: VideoId): Asked & { retry(): void } {
  const [asked, setAsked] = useState<Asked>({ player: null, error: null })
  const [attempt, setAttempt] = useState(0)
  const tookMs = useRef(0)
  useEffect(() => {
    const [stop, begin] = [new AbortController(), performance.now()]
    engine.call('player.open', { video }, stop.signal).then(
      (player) => {
        tookMs.current = performance.now() - begin
        if (!stop.signal.aborted) setAsked((before) => ({ player: withKept(before.player?.details.card.id === video ? before.player : null, player), error: null }))
      },
      // What is shown already stays, rather than give way to an error of looking again.
      (error: unknown) => { if (!isCancelled(error) && !stop.signal.aborted) setAsked(({ player }) => ({ player, error: errorShape(error) })) },
    )
    return () => { stop.abort() }
  }, [video, attempt])
  const retry = useCallback(() => { setAttempt((before) => before + 1) }, [])
  useEffect(() => {
    let later: ReturnType<typeof setTimeout> | undefined
    const unlisten = engine.onEvent((event) => {
      if (!concerns(event, video) || later !== undefined) return
      later = setTimeout(() => { later = undefined; retry() }, Math.max(PAUSE_MS, tookMs.current * PAUSE_SHARE))
    })
    return () => { clearTimeout(later); unlisten() }
  }, [video, retry])
  const isLost = asked.player === null && asked.error?.code === 'CHANNEL_CLOSED'
  useEffect(() => isLost ? onConnection((state) => { if (state === 'connected') retry() }) : undefined, [isLost, retry])
  return { ...asked, retry }
}
