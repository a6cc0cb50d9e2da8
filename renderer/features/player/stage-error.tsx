import { useEffect } from 'react'
import { videoUrl } from '../../media.ts'
import { messages } from '../../messages.ts'
import { isCancelled } from '../../report-error.ts'
import { usePlayer } from '../../stores/player.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { relinkMissing } from '../library/import-actions.ts'
import type { Playback } from './playback.ts'
import css from './stage.module.css'

const text = messages.player
const AWAY = new Set(['OFFLINE', 'NOT_FOUND', 'MISSING'])
const LOOK_AGAIN_MS = 2000

/** Goes on as soon as the file is there again: drives are connected, files are moved back. */
function useReturn(playback: Playback, isAway: boolean): void {
  useEffect(() => {
    if (!isAway) return
    const stop = new AbortController()
    const look = async (): Promise<void> => {
      const answer = await fetch(videoUrl(playback.player.details.card.id), { headers: { range: 'bytes=0-0' }, signal: stop.signal })
      if (answer.ok) playback.retry()
    }
    const timer = setInterval(() => {
      // Where the engine itself is away, the page says so elsewhere.
      look().catch((error: unknown) => { if (!isCancelled(error) && !(error instanceof TypeError)) throw error })
    }, LOOK_AGAIN_MS)
    return () => { stop.abort(); clearInterval(timer) }
  }, [playback, isAway])
}

/** Why there is no picture, and what can be done. */
export function StageError({ playback }: { playback: Playback }) {
  const error = usePlayer((state) => state.error)
  const isAway = error !== null && AWAY.has(error.code)
  useReturn(playback, isAway)
  if (error === null) return null
  const relink = async (): Promise<void> => {
    await relinkMissing()
    playback.retry()
  }
  return (
    <div className={css.error}>
      <ErrorNote error={isAway ? { ...error, hint: text.relinkHint } : error} actions={(
        <div className={css.errorActions}>
          {isAway ? <Button kind="primary" onClick={() => { void relink() }}>{messages.library.relink}</Button> : null}
          <Button onClick={() => { playback.retry() }}>{messages.common.retry}</Button>
        </div>
      )}
      />
    </div>
  )
}
