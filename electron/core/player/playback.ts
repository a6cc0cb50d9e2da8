import type { PlayerVideo } from '../../contract/player.ts'
import type { MediaFacts } from '../facts.ts'
import { codecNames, contentTypeOf } from './codec-names.ts'

/** What a browser must know to play the file of a video itself. */
export function playbackOf(media: MediaFacts | null): PlayerVideo['playback'] {
  if (media === null) return { contentType: null, codecs: null, offsetSeconds: 0 }
  return { contentType: contentTypeOf(media), codecs: codecNames(media), offsetSeconds: offsetSeconds(media) }
}

/**
 * Seconds from a player's `currentTime` 0 to the first picture. A player counts from the earliest stream of the file; what
 * starts before 0 (the priming of a coder) it does not play.
 */
export function offsetSeconds({ picture, startSeconds = 0 }: Pick<MediaFacts, 'picture' | 'startSeconds'>): number {
  return picture.startPts * picture.timeBase.num / picture.timeBase.den - Math.max(0, startSeconds)
}
