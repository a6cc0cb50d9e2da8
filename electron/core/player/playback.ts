import type { PlayerVideo } from '../../contract/player.ts'
import type { MediaFacts } from '../facts.ts'
import { codecNames, contentTypeOf } from './codec-names.ts'

/** What a browser must know to play the file of a video itself. */
export function playbackOf(media: MediaFacts | null): PlayerVideo['playback'] {
  if (media === null) return { contentType: null, codecs: null, offsetSeconds: 0 }
  return { contentType: contentTypeOf(media), codecs: codecNames(media), offsetSeconds: offsetSeconds(media) }
}

/**
 * Seconds from a player's `currentTime` 0 to the first picture. Chromium plays the times of the file as they are, edit lists
 * applied: also a file that begins at 10 s begins there for it (measured 2026-11-21 with mp4, mov, mkv and WebM).
 */
export function offsetSeconds({ picture }: Pick<MediaFacts, 'picture'>): number {
  return picture.startPts * picture.timeBase.num / picture.timeBase.den
}
