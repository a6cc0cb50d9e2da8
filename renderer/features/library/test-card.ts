import type { VideoCard } from '../../../electron/contract/cards.ts'
import { VideoId } from '../../../electron/contract/ids.ts'

/** A card for tests, usual in all that is not given. */
export function testCard(given: Partial<VideoCard> = {}): VideoCard {
  return {
    id: VideoId.parse(1), title: 'Harbour', path: '/videos/Harbour.mp4', duration: 60, state: 'ready', paused: false, badges: [], error: null,
    coverage: [], poster: null, width: 1920, height: 1080, sizeBytes: 1_000_000, addedMs: 1000, recordedAt: null, ...given,
  }
}
