import type { VideoCard } from '../../../electron/contract/cards.ts'

/** How many videos are not read to their end yet and will be: what is in them may not be found so far. */
export function stillRead(cards: readonly Pick<VideoCard, 'state'>[]): number {
  return cards.filter(({ state }) => state === 'queued' || state === 'processing').length
}
