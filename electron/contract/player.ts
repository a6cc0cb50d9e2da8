import { z } from 'zod'
import { VideoDetails } from './cards.ts'
import { VideoId } from './ids.ts'
import { Scene, Shot } from './videos.ts'

/** A span of a video in seconds from its first picture. */
export const Span = z.object({ start: z.number(), end: z.number() })
export type Span = z.infer<typeof Span>

/** All that a player needs of a video. */
export const PlayerVideo = z.object({
  details: VideoDetails,
  shots: z.array(Shot),
  scenes: z.array(Scene),
  /** Where the sound pauses or no word is said, as far as it is known. */
  silences: z.array(Span),
  playback: z.object({
    /** What the media route says the file is, for example video/mp4; null where no browser plays such files. */
    contentType: z.string().nullable(),
    /** Codecs in the words of RFC 6381, for MediaSource.isTypeSupported and canPlayType; null where they have no such name. */
    codecs: z.string().nullable(),
    /** Seconds to add to a second of the video to get the `currentTime` of a player that plays the file itself. */
    offsetSeconds: z.number(),
  }),
})
export type PlayerVideo = z.infer<typeof PlayerVideo>

/** A piece of a proxy: a fragmented MP4 (H.264, AAC) of `start` to `end`, whose own times begin at 0. */
export const ProxyPiece = z.object({
  videoId: VideoId,
  piece: z.number().int().min(0),
  start: z.number(),
  end: z.number(),
  contentType: z.string(),
})
export type ProxyPiece = z.infer<typeof ProxyPiece>
