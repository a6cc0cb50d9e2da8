import type { Handlers } from '../handlers.ts'
import { videoDetails } from '../player/video-details.ts'
import { framesOf, videoCards } from '../store/video-cards.ts'
import type { AppContext } from './context.ts'
import { readable } from './context.ts'
import { videoNamed } from './video-named.ts'

/** Videos as a grid and its details show them. */
export function cardCalls(context: AppContext): Pick<Handlers, 'library.cards' | 'library.frames' | 'library.details'> {
  return {
    'library.cards': async ({ videos }) => ({ cards: videoCards(readable(context).db, videos) }),
    'library.frames': async ({ video, limit }) => ({ frames: framesOf(readable(context).db, video, limit) }),
    'library.details': async ({ video }) => {
      const library = readable(context)
      const { record, view } = videoNamed(library.db, video)
      return videoDetails(library, record, view)
    },
  }
}
