import type { Handlers } from '../handlers.ts'
import { isQueuePaused } from '../pipeline/jobs/queue-state.ts'
import { videoDetails } from '../player/video-details.ts'
import { framesOf, videoCards } from '../store/video-cards.ts'
import { resolveVideo } from '../store/video-refs.ts'
import { videoView } from '../store/video-view.ts'
import type { AppContext } from './context.ts'
import { readable } from './context.ts'

/** Videos as a grid and its details show them. */
export function cardCalls(context: AppContext): Pick<Handlers, 'library.cards' | 'library.frames' | 'library.details'> {
  return {
    'library.cards': async ({ videos }) => ({ cards: videoCards(readable(context).db, videos) }),
    'library.frames': async ({ video, limit }) => ({ frames: framesOf(readable(context).db, video, limit) }),
    'library.details': async ({ video }) => {
      const { db } = readable(context)
      const record = resolveVideo(db, video)
      const view = videoView(db, record.id, isQueuePaused(db))
      if (view === undefined) throw new Error(`video ${record.id} went away in the middle of a call`)
      return videoDetails(db, record, view)
    },
  }
}
