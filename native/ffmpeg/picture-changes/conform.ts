import type { Encoding } from '../../../electron/contract/export-choices.ts'
import type { PictureStream } from '../../../electron/core/facts.ts'
import { conformClock } from '../../../electron/core/reel-clock.ts'
import type { ConformTo } from '../../../electron/core/reel-ports.ts'
import { x264Options } from '../video-encoder.ts'

/** Of the sound of every part of a reel. */
export const REEL_SOUND = { rateHz: 48_000, channels: 2 }

/** As much sound as there are pictures, and never less. */
export function samplesOf({ frames, frameRate: { num, den } }: Pick<ConformTo, 'frames' | 'frameRate'>): number {
  return Math.ceil(frames * den * REEL_SOUND.rateHz / num)
}

/** Pictures come this share of a picture early and still count for their own place: containers with a clock of milliseconds round. */
const EARLY_SHARE = 0.25
const USUAL_FRAME_RATE = 60

/** How many seconds before its place a picture may come and is shown there all the same. */
function earlySeconds(source: Pick<PictureStream, 'frameRate'>, { num, den }: ConformTo['frameRate']): number {
  return EARLY_SHARE / Math.max(source.frameRate ?? USUAL_FRAME_RATE, num / den)
}

/**
 * Filters that bring upright pictures whose times count from the beginning of the clip (in `ticksASecond`) to the size, the rate and the colours of a reel. At each place
 * stands what was on screen then: the first picture is always the first one, also where there are more of them than places.
 */
export function conformFilters(conform: ConformTo | null, { picture, ticksASecond }: { picture: PictureStream, ticksASecond: number }): string[] {
  if (conform === null) return []
  const { width, height, frameRate, frames } = conform
  const early = Math.round(earlySeconds(picture, frameRate) * ticksASecond)
  return [
    `setpts=PTS-${String(early)}`, `fps=${String(frameRate.num)}/${String(frameRate.den)}:round=up:start_time=0`,
    'tpad=stop=-1:stop_mode=clone', `trim=end_frame=${String(frames)}`, 'setpts=N', `settb=1/${String(conformClock(frameRate).ticksASecond)}`,
    `scale=${String(width)}:${String(height)}:force_original_aspect_ratio=decrease:force_divisible_by=2:out_color_matrix=bt709:out_range=limited:flags=lanczos+accurate_rnd`,
    'format=yuv420p', 'setsar=1', `pad=${String(width)}:${String(height)}:-1:-1:black`,
    'setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709',
  ]
}

/** Half a picture early, so that no rounding can put the mark behind its picture. */
function keyFrameTimes({ keyFramesAt, frameRate: { num, den } }: Pick<ConformTo, 'keyFramesAt' | 'frameRate'>): string[] {
  return keyFramesAt.length === 0 ? [] : ['-force_key_frames', keyFramesAt.map((at) => (Math.max(0, at - 0.5) * den / num).toFixed(6)).join(',')]
}

/**
 * Output options for the pictures of a part. All parts of a reel get the same, so that they can be joined without being encoded again: `stitchable` keeps x264 from
 * fitting the headers to what it sees, and no B-frames means that packets come in the order they are shown.
 */
export function partEncoder(conform: Pick<ConformTo, 'keyFramesAt' | 'frameRate'>, encoding: Encoding): string[] {
  const { ticksASecond, ticksAPicture } = conformClock(conform.frameRate)
  return [
    '-fps_mode:v', 'passthrough', '-enc_time_base:v', `1:${String(ticksASecond)}`, '-video_track_timescale', String(ticksASecond),
    ...x264Options(encoding),
    '-x264-params', `fps=${String(conform.frameRate.num)}/${String(conform.frameRate.den)}:stitchable=1`, ...keyFrameTimes(conform),
    '-color_range', 'tv', '-colorspace', 'bt709', '-color_trc', 'bt709', '-color_primaries', 'bt709',
    '-bsf:v', `setts=pts=PTS:dts=DTS:duration=${String(ticksAPicture)}`,
  ]
}
