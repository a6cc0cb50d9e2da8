import type { StoredPacket } from '../../ports.ts'
import { h264Type, hevcType, nalUnits } from './annex-b.ts'

/** Each of their pictures stands for itself. */
const INTRA = new Set(['prores', 'mjpeg', 'dnxhd', 'ffv1', 'huffyuv', 'ffvhuff', 'utvideo', 'rawvideo', 'v210', 'dvvideo', 'jpeg2000', 'png', 'cfhd', 'magicyuv'])
/** Pictures are stored in the order they are shown. */
const IN_ORDER = new Set([...INTRA, 'vp8', 'vp9', 'av1'])

const IDR = 5
const HEVC_FIRST_IRAP = 16
const HEVC_LAST_IRAP = 23
/** ISO/IEC 13818-2, 6.2.1. */
const MPEG2_SEQUENCE = 0xb3
/** AV1 specification, 6.2.2. */
const OBU_SEQUENCE_HEADER = 1

export function isIntraCodec(codec: string): boolean {
  return INTRA.has(codec)
}

/** How many packets later than its turn a picture can come: 16 is the most that H.264 and HEVC can hold back (A.3.1; A.4.2). */
export function mostReordered(codec: string): number {
  return IN_ORDER.has(codec) ? 0 : 16
}

/** Codecs whose packets can be told apart well enough to cut between them. */
export function canBeCopied(codec: string): boolean {
  return IN_ORDER.has(codec) || ['h264', 'hevc', 'mpeg2video', 'mpeg4'].includes(codec)
}

function hasMpegCode(bytes: Uint8Array, code: number): boolean {
  return bytes.some((byte, at) => byte === code && bytes[at - 1] === 1 && bytes[at - 2] === 0 && bytes[at - 3] === 0)
}

/** Types of the units that an AV1 packet begins with. Units that do not say their size end it (5.3.2). */
function obuTypes(bytes: Uint8Array): number[] {
  const types: number[] = []
  for (let at = 0; at < bytes.length && types.length < 8;) {
    const header = bytes[at] ?? 0
    types.push(header >> 3 & 0xf)
    if ((header & 2) === 0) break
    at += (header & 4) === 0 ? 1 : 2
    let size = 0
    for (let index = 0; index < 8; index++) {
      const byte = bytes[at] ?? 0
      at += 1
      size += (byte & 0x7f) * 128 ** index
      if (byte < 128) break
    }
    at += size
  }
  return types
}

/**
 * True where a decoder can begin with nothing known, and needs nothing from before for all that is shown after: an IDR picture of H.264 (at a mere recovery point the numbering of
 * pictures goes on), an IRAP of HEVC, a key frame with its sequence header of AV1 and MPEG-2. Packets have to come with their heads.
 */
export function isCleanStart(codec: string, { isKey, bytes }: StoredPacket): boolean {
  if (!isKey) return false
  const head = bytes ?? new Uint8Array()
  switch (codec) {
    case 'h264': return nalUnits(head).some((unit) => h264Type(unit) === IDR)
    case 'hevc': return nalUnits(head).some((unit) => hevcType(unit) >= HEVC_FIRST_IRAP && hevcType(unit) <= HEVC_LAST_IRAP)
    case 'av1': return obuTypes(head).includes(OBU_SEQUENCE_HEADER)
    case 'mpeg2video': return hasMpegCode(head, MPEG2_SEQUENCE)
    default: return true
  }
}

/** False for what is only kept for reference: alternate pictures of VP8 (RFC 6386, 9.1: show_frame), and of VP9 where they stand alone. */
export function isShown(codec: string, { bytes, isDiscarded }: StoredPacket): boolean {
  if (isDiscarded) return false
  return codec !== 'vp8' || bytes === null || ((bytes[0] ?? 0) & 0x10) !== 0
}
