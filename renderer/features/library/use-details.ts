import { useEffect, useState } from 'react'
import type { VideoCard, VideoDetails } from '../../../electron/contract/cards.ts'
import type { ErrorShape } from '../../../electron/contract/errors.ts'
import { engine } from '../../api.ts'
import { errorShape, isCancelled } from '../../report-error.ts'

interface Details { details: VideoDetails | null, error: ErrorShape | null }

/** What is known of a video, asked for again whenever its card changes. What was known stays until then. */
export function useDetails(card: VideoCard): Details {
  const [answer, setAnswer] = useState<Details>({ details: null, error: null })
  useEffect(() => {
    const asking = new AbortController()
    engine.call('library.details', { video: card.id }, asking.signal).then(
      (details) => { if (!asking.signal.aborted) setAnswer({ details, error: null }) },
      (error: unknown) => { if (!asking.signal.aborted && !isCancelled(error)) setAnswer((before) => ({ ...before, error: errorShape(error) })) },
    )
    return () => { asking.abort() }
  }, [card])
  return answer
}
