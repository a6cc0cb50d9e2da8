import type { VideoId } from '../../../contract/ids.ts'
import type { ClipLookup } from '../clip-lookup.ts'
import type { ClipSpan } from './caption-words.ts'
import type { Cue } from './cues.ts'
import { cuesOfClip } from './cues.ts'
import type { ReadingLimits } from './reading-limits.ts'

/** The captions of a span of a video, in seconds from its first picture; none where nothing is said. */
export function clipCaptions(clips: Pick<ClipLookup, 'spoken'>, of: ClipSpan & { videoId: VideoId }, limits: ReadingLimits): Cue[] {
  return cuesOfClip(clips.spoken(of.videoId, of.start, of.end), of, limits)
}
