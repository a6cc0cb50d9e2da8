import { useEffect, useState } from 'react'
import type { VideoId } from '../../../electron/contract/ids.ts'
import { engine } from '../../api.ts'
import { reportError } from '../../report-error.ts'

/** What goes when videos are removed. */
export interface RemovalFacts { scenes: number, words: number, bytes: number, trayClips: number }

// Beyond so many videos nobody waits for the numbers.
export const COUNTED_VIDEOS = 100

async function count(ids: readonly VideoId[], signal: AbortSignal): Promise<RemovalFacts> {
  const gone = new Set(ids)
  const { clips } = await engine.call('tray.list', {}, signal)
  const facts: RemovalFacts = { scenes: 0, words: 0, bytes: 0, trayClips: clips.filter(({ videoId }) => gone.has(videoId)).length }
  for (const video of ids.slice(0, COUNTED_VIDEOS)) {
    const { scenes, words, artifactBytes } = await engine.call('library.details', { video }, signal)
    facts.scenes += scenes
    facts.words += words
    facts.bytes += artifactBytes
  }
  return facts
}

/** Null while it is being counted. */
export function useRemovalFacts(ids: readonly VideoId[]): RemovalFacts | null {
  const [facts, setFacts] = useState<RemovalFacts | null>(null)
  useEffect(() => {
    const counting = new AbortController()
    count(ids, counting.signal).then((counted) => { if (!counting.signal.aborted) setFacts(counted) }, reportError)
    return () => { counting.abort() }
  }, [ids])
  return facts
}
