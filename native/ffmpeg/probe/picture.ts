import type { PictureStream } from '../../../electron/core/facts.ts'
import { parseRatio } from './ffprobe-json.ts'
import type { ProbedStream } from './ffprobe-json.ts'

/** The two turns of a picture that a display matrix asks for. */
type Orientation = Pick<PictureStream, 'rotationDegrees' | 'isMirrored'>

/**
 * Out of the matrix as ffprobe prints it: three lines "00000000:   a   b   u". It maps a coded point (x, y), y downwards, to
 * (a x + c y, b x + d y) (ISO 14496-12, 6.2.2): a turn by t is a = cos t, b = sin t; a flip before it makes the
 * determinant negative and leaves a and b as they are. A matrix of zeros, or of anything else that is no turn, is none.
 */
export function parseOrientation(displayMatrix: string | null): Orientation {
  const rows = (displayMatrix ?? '').matchAll(/^\d{8}:\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)/gm)
  const [a, b, c, d] = [...rows].slice(0, 2).flatMap((row) => row.slice(1, 3).map(Number))
  if (a === undefined || b === undefined || c === undefined || d === undefined) return { rotationDegrees: 0, isMirrored: false }
  const determinant = a * d - b * c
  if (determinant === 0) return { rotationDegrees: 0, isMirrored: false }
  const quarters = (Math.round(Math.atan2(b, a) / (Math.PI / 2)) + 4) % 4
  return { rotationDegrees: ([0, 90, 180, 270] as const)[quarters] ?? 0, isMirrored: determinant < 0 }
}

/** Bits of one sample by ffmpeg's name of the pixel format: yuv420p10le, p010le, gray12be, rgb48le, x2rgb10le, gbrapf32le. */
export function bitDepthOf(pixelFormat: string | null, rawBits: number | null): number {
  if (pixelFormat === null) return rawBits !== null && rawBits > 0 ? rawBits : 8
  if (/^(?:rgb|bgr)48|^(?:rgba|bgra|ayuv)64/.test(pixelFormat)) return 16
  return Number(/(?:p|gray|f|p0|p2|p4|y2|x2rgb|x2bgr|ya|xyz)(9|10|12|14|16|32)(?:le|be)?$/.exec(pixelFormat)?.[1] ?? 8)
}

function dynamicRangeOf(stream: ProbedStream): PictureStream['dynamicRange'] {
  const isDolby = stream.side_data_list.some(({ side_data_type }) => side_data_type === 'DOVI configuration record')
    || ['dvh1', 'dvhe', 'dva1', 'dvav', 'dav1'].includes(stream.codec_tag_string ?? '')
  if (isDolby) return 'dolby-vision'
  switch (stream.color_transfer) {
    case 'smpte2084': return 'hdr10'
    case 'arib-std-b67': return 'hlg'
    default: return 'sdr'
  }
}

interface Rate { frameRate: number | null, isVariableRate: boolean }

/**
 * ffmpeg's r_frame_rate is the slowest constant rate that hits every picture, avg_frame_rate their number by the time:
 * where they differ, pictures are missing in the grid. One or two missing at the edges of a short clip are not a
 * variable rate. An average above the grid can not be (flv and mkv say 1000) and is not believed.
 */
export function frameRateOf(stream: Pick<ProbedStream, 'r_frame_rate' | 'avg_frame_rate' | 'nb_frames' | 'duration'>): Rate {
  const [grid, average] = [stream.r_frame_rate, stream.avg_frame_rate].map((text) => {
    const ratio = parseRatio(text)
    return ratio === null ? null : ratio.num / ratio.den
  })
  if (average === undefined || average === null) return { frameRate: null, isVariableRate: false }
  if (grid === undefined || grid === null) return { frameRate: average, isVariableRate: false }
  if (average > grid * 1.01) return { frameRate: null, isVariableRate: false }
  const frames = stream.nb_frames ?? (stream.duration ?? 0) * average
  const tolerance = Math.max(0.005, frames > 0 ? 2 / frames : 0)
  return { frameRate: average, isVariableRate: average < grid * (1 - tolerance) }
}

function durationPtsOf(stream: ProbedStream, timeBase: { num: number, den: number }): number | null {
  if (stream.duration_ts !== null && stream.duration_ts > 0) return stream.duration_ts
  // Matroska keeps the length of a track as text: "00:00:05.023000000".
  const [, hours, minutes, seconds] = /^(\d+):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(stream.tags['duration'] ?? '') ?? []
  if (seconds === undefined) return null
  return Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * timeBase.den / timeBase.num)
}

/** What not every file says. */
function ifSaid({ level, r_frame_rate: rate }: ProbedStream): Pick<PictureStream, 'level' | 'gridRate'> {
  const grid = parseRatio(rate)
  // ffprobe says -99 for a level that it does not know.
  return { ...(level === null || level < 0 ? {} : { level }), ...(grid === null ? {} : { gridRate: grid }) }
}

/** The picture stream in the product's own terms. `firstPts` is that of the first picture the decoder gave. */
export function pictureStream(stream: ProbedStream, firstPts: number): PictureStream {
  const timeBase = parseRatio(stream.time_base) ?? { num: 1, den: 90_000 }
  const matrix = stream.side_data_list.find(({ displaymatrix }) => displaymatrix !== null)?.displaymatrix ?? null
  const said = (value: string | null): string | null => value === null || value === 'unknown' || value === 'reserved' ? null : value
  return {
    index: stream.index,
    codec: stream.codec_name ?? 'unknown',
    profile: said(stream.profile),
    ...ifSaid(stream),
    width: stream.width ?? 0,
    height: stream.height ?? 0,
    pixelFormat: stream.pix_fmt,
    bitDepth: bitDepthOf(stream.pix_fmt, stream.bits_per_raw_sample),
    timeBase,
    startPts: firstPts,
    durationPts: durationPtsOf(stream, timeBase),
    ...frameRateOf(stream),
    ...parseOrientation(matrix),
    sampleAspect: parseRatio(stream.sample_aspect_ratio) ?? { num: 1, den: 1 },
    colour: { range: said(stream.color_range), matrix: said(stream.color_space), transfer: said(stream.color_transfer), primaries: said(stream.color_primaries) },
    dynamicRange: dynamicRangeOf(stream),
  }
}
