import type { PictureStream } from '../../facts.ts'
import type { SmartCut } from './cut-points.ts'
import type { H264Match } from './h264-refusal.ts'
import { matchH264 } from './h264-refusal.ts'
import { isIntraCodec } from './packet-kind.ts'
import type { Preflight } from './preflight.ts'
import type { SmartRefusal } from './refusals.ts'

/** A clip whose edges can be encoded to match. */
export interface SmartPlan { cut: SmartCut, h264: H264Match | null }

// Pixel formats that the encoders here write in the same profile as the source.
const MATCHED: Partial<Record<string, RegExp>> = {
  hevc: /^yuvj?420p(?:10le)?$/,
  vp8: /^yuv420p$/,
  vp9: /^yuv4(?:20|22|44)p(?:10le)?$/,
  av1: /^yuv420p(?:10le)?$/,
  mpeg2video: /^yuv42[02]p$/,
}

function formatRefusal({ codec, pixelFormat, dynamicRange }: PictureStream): SmartRefusal | null {
  if (dynamicRange === 'hdr10' || dynamicRange === 'dolby-vision') return 'hdr'
  if (codec === 'h264') return null
  const matched = MATCHED[codec]
  if (matched === undefined) return isIntraCodec(codec) ? 'little-saved' : 'codec'
  return matched.test(pixelFormat ?? '') ? null : 'pixel-format'
}

/** How a clip is cut at its edges only, or why it is not. */
export function smartPlan(found: Preflight, picture: PictureStream): SmartPlan | SmartRefusal {
  if (found.kind === 'refused') return found.refusal
  const refusal = found.areFields ? 'interlaced' : formatRefusal(picture)
  if (refusal !== null) return refusal
  const { cut: { smart }, h264 } = found
  if (typeof smart === 'string') return smart
  if (h264 === null) return { cut: smart, h264: null }
  const match = matchH264(h264, picture)
  return typeof match === 'string' ? match : { cut: smart, h264: match }
}
