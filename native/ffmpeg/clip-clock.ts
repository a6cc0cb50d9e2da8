import type { PictureStream } from '../../electron/core/facts.ts'
import type { CutJob } from '../../electron/core/ports.ts'

/** Ticks a second of the clip: a whole multiple of those of the source, so that every time stays exact. */
export function clipRate({ timeBase }: Pick<PictureStream, 'timeBase'>): number {
  return timeBase.den * Math.ceil(1000 / timeBase.den)
}

/** A pts of the source in ticks of the clip, not yet counted from the clip's beginning. */
export function clipTicks(job: Pick<CutJob, 'video'>, pts: number): number {
  const { picture } = job.video.media
  return pts * picture.timeBase.num * (clipRate(picture) / picture.timeBase.den)
}

/** How long the clip is, in seconds. */
export function clipSeconds({ video, startPts, endPts, conform }: Pick<CutJob, 'video' | 'startPts' | 'endPts' | 'conform'>): number {
  if (conform !== null) return conform.frames * conform.frameRate.den / conform.frameRate.num
  const { timeBase } = video.media.picture
  return (endPts - startPts) * timeBase.num / timeBase.den
}

/** Both fades of a clip in seconds; those that are longer than the clip together share it. */
export function fadeSeconds(job: Pick<CutJob, 'video' | 'startPts' | 'endPts' | 'conform' | 'fades'>): { in: number, out: number } {
  const { inSeconds, outSeconds } = job.fades
  const share = Math.min(1, clipSeconds(job) / Math.max(inSeconds + outSeconds, Number.MIN_VALUE))
  return { in: inSeconds * share, out: outSeconds * share }
}
