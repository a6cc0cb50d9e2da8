import type { VideoId } from '../../../contract/ids.ts'
import type { ClipLookup } from '../clip-lookup.ts'
import type { ClipSpan } from './caption-words.ts'
import type { Cue } from './cues.ts'
import { cuesOfClip } from './cues.ts'
import type { ReadingLimits } from './reading-limits.ts'

export const NOTHING_SAID = 'No captions: nothing is known to be said there.'

/** A span of a video, in seconds from its first picture. */
export interface VideoSpan extends ClipSpan { videoId: VideoId }

/** The captions of a span of a video; none where nothing is said. */
export function clipCaptions(clips: Pick<ClipLookup, 'spoken'>, of: VideoSpan, limits: ReadingLimits): Cue[] {
  return cuesOfClip(clips.spoken(of.videoId, of.start, of.end), of, limits)
}

/** The language that most of a span is said in; null where it is not known. */
export function clipLanguage(clips: Pick<ClipLookup, 'spoken'>, of: VideoSpan): string | null {
  const seconds = new Map<string, number>()
  for (const { language, startSeconds, endSeconds } of clips.spoken(of.videoId, of.start, of.end)) {
    if (language !== undefined && language !== null) seconds.set(language, (seconds.get(language) ?? 0) + endSeconds - startSeconds)
  }
  return [...seconds].toSorted(([, one], [, other]) => other - one)[0]?.[0] ?? null
}
