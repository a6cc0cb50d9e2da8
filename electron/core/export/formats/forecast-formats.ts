import type { ExportChoices, Framing } from '../../../contract/export-choices.ts'
import type { PlannedClip } from '../../../contract/exports.ts'
import type { Ffmpeg } from '../../ports.ts'
import { framedSize } from '../framing/framed-size.ts'
import type { ClipPlan } from '../plan.ts'
import { framesIn } from '../reel/reel-timeline.ts'
import { ANIMATED_RATE, animatedSize, refuseLong } from './make-animation.ts'
import { canCopy, soundOf } from './make-audio.ts'

/** Bytes a pixel of what is shown: measured on clips of eight real videos (2026-11-21), each from a third to three times as much. */
const BYTES_A_PIXEL = { gif: 0.2, webp: 0.09, frame: 1 }
/** As the encoders here write stereo at 48 kHz (measured here, 2026-11-22). */
const BYTES_A_SECOND = { m4a: 25_000, mp3: 24_000, wav: 192_000, flac: 70_000 }

/** What of a plan depends on the format. */
export type PlannedFormat = Pick<PlannedClip, 'mode' | 'why' | 'end' | 'lastFrameAt' | 'frames' | 'estimatedBytes'>

export interface FormatForecast { plan: ClipPlan, choices: ExportChoices, framing: Framing, ffmpeg: Pick<Ffmpeg, 'scan'>, signal: AbortSignal }

type Span = Pick<PlannedClip, 'start' | 'end' | 'lastFrameAt'>

async function sizeOf({ plan: { video, startPts, endPts }, framing, ffmpeg, signal }: FormatForecast): Promise<{ width: number, height: number }> {
  return framedSize(framing, { video: video.facts, startPts, endPts }, { ffmpeg, signal })
}

async function animation(format: 'gif' | 'webp', { start, end, lastFrameAt }: Span, forecast: FormatForecast): Promise<PlannedFormat> {
  refuseLong({ durationSeconds: end - start }, format)
  const { width, height } = animatedSize(await sizeOf(forecast))
  const frames = framesIn(end - start, ANIMATED_RATE)
  const why = `${String(width)}x${String(height)} at 12.5 pictures a second`
  return { mode: 'exact', why, end, lastFrameAt, frames, estimatedBytes: Math.ceil(width * height * frames * BYTES_A_PIXEL[format]) }
}

async function frame({ start, end }: Span, forecast: FormatForecast): Promise<PlannedFormat> {
  const { width, height } = await sizeOf(forecast)
  const { frameRate } = forecast.plan.video.facts.media.picture
  const next = frameRate === null ? end : Math.min(end, start + 1 / frameRate)
  return { mode: 'exact', why: 'one picture, as it is shown', end: next, lastFrameAt: start, frames: 1, estimatedBytes: Math.ceil(width * height * BYTES_A_PIXEL.frame) }
}

function audio({ start, end, lastFrameAt }: Span, { plan, choices }: FormatForecast): PlannedFormat {
  const isCopied = soundOf(plan).codec === 'aac' && canCopy(plan, choices)
  const why = isCopied ? 'AAC taken as it is, in its blocks of some hundredths of a second' : `encoded anew as ${choices.audioFormat}`
  return { mode: isCopied ? 'copy' : 'exact', why, end, lastFrameAt, frames: 0, estimatedBytes: Math.ceil((end - start) * BYTES_A_SECOND[choices.audioFormat]) }
}

/** What a clip becomes that is no video. Throws USAGE for what can not be one: too long for a gif, without sound. */
export async function forecastFormat(format: Exclude<ExportChoices['format'], 'video'>, span: Span, forecast: FormatForecast): Promise<PlannedFormat> {
  switch (format) {
    case 'gif':
    case 'webp': return animation(format, span, forecast)
    case 'frame': return frame(span, forecast)
    case 'audio': return audio(span, forecast)
  }
}
