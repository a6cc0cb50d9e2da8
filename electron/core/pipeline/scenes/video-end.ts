import type { MediaFacts } from '../../facts.ts'
import { ptsToSeconds, secondsToPts } from '../../facts.ts'

/** Missing this much is no rounding of a container any more. */
const LEAST_MISSING_SECONDS = 1
/** Containers that only estimate their length may be off by this share. */
const ESTIMATED_SHARE = 0.02
/** These have no length in their header: ffprobe computes it from the last time stamps, or from the bit rate. */
const ESTIMATING = /mpeg|mpegts|\bmp3\b|\bh264\b|\bhevc\b|\bm4v\b|\bobu\b|ivf|\bdv\b/

export interface DecodedEnd {
  /** The last two pictures; the one before the last is null when there is one picture only. */
  lastPts: number
  beforePts: number | null
  soundEndSeconds: number | null
}

function usualStep({ picture }: MediaFacts, { lastPts, beforePts }: DecodedEnd): number {
  const { timeBase: { num, den }, frameRate } = picture
  const usual = frameRate === null || frameRate <= 0 ? null : den / (num * frameRate)
  if (usual !== null && !picture.isVariableRate) return Math.max(1, Math.round(usual))
  const last = beforePts === null ? null : lastPts - beforePts
  return Math.max(1, Math.round(last ?? usual ?? den / num / 25))
}

/** Where the video ends: just after its last picture. Where the container's end fits, it knows how long that one is shown. */
export function endOfPictures(media: MediaFacts, decoded: DecodedEnd, isFirstLook: boolean): number {
  const { picture } = media
  const step = usualStep(media, decoded)
  const claimed = picture.durationPts === null ? null : picture.startPts + picture.durationPts
  // the pictures after the last key frame were not looked at
  if (isFirstLook) return Math.max(claimed ?? secondsToPts(picture, media.durationSeconds ?? 0), decoded.lastPts + step)
  const fits = claimed !== null && claimed > decoded.lastPts && claimed <= decoded.lastPts + 2 * step
  return fits ? claimed : decoded.lastPts + step
}

/**
 * True when the file breaks off before the end it claims. A picture stream's own length is believed to a second. A
 * length of the whole container may be that of the sound: then the sound's end counts too.
 */
export function isCutShort(media: MediaFacts, endPts: number, soundEndSeconds: number | null): boolean {
  const { picture, durationSeconds, container } = media
  const end = ptsToSeconds(picture, endPts)
  const own = picture.durationPts === null ? null : ptsToSeconds(picture, picture.startPts + picture.durationPts)
  const claimed = own ?? durationSeconds
  if (claimed === null) return false
  const reached = own === null ? Math.max(end, soundEndSeconds ?? 0) : end
  const tolerance = Math.max(LEAST_MISSING_SECONDS, ESTIMATING.test(container) ? claimed * ESTIMATED_SHARE : 0)
  return reached < claimed - tolerance
}
