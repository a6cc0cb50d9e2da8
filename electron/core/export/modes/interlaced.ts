import type { StoredPacket } from '../../ports.ts'
import { hevcType, nalUnits, payloadOf } from './annex-b.ts'

const HEVC_SEQUENCE_SET = 33
/** Heads of a NAL unit (2 bytes) and of a sequence parameter set (1), profile and its compatibility (5): then the flags of the source (ITU-T H.265, 7.3.2.2.1, 7.3.3). */
const HEVC_SOURCE_FLAGS = 8
const HEVC_PROGRESSIVE = 0x80
const HEVC_INTERLACED = 0x40

const MPEG2_EXTENSION = 0xb5
const MPEG2_SEQUENCE_EXTENSION = 1
const MPEG2_PROGRESSIVE = 8

function isFieldsOfHevc(bytes: Uint8Array): boolean {
  return nalUnits(bytes).filter((unit) => hevcType(unit) === HEVC_SEQUENCE_SET).some((unit) => {
    const flags = payloadOf(unit)[HEVC_SOURCE_FLAGS] ?? 0
    return (flags & HEVC_INTERLACED) !== 0 && (flags & HEVC_PROGRESSIVE) === 0
  })
}

/** What is not said to be whole pictures may be fields: progressive_sequence (ISO/IEC 13818-2, 6.2.2.3). */
function isFieldsOfMpeg2(bytes: Uint8Array): boolean {
  const extension = nalUnits(bytes).find(([code = 0, kind = 0]) => code === MPEG2_EXTENSION && kind >> 4 === MPEG2_SEQUENCE_EXTENSION)
  return extension !== undefined && ((extension[2] ?? 0) & MPEG2_PROGRESSIVE) === 0
}

/** Whether key frames say that their pictures are made of fields; of H.264 its parameter sets tell. Packets have to come with their heads. */
export function areFields(codec: string, keyFrames: readonly Pick<StoredPacket, 'bytes'>[]): boolean {
  const heads = keyFrames.map(({ bytes }) => bytes ?? new Uint8Array())
  switch (codec) {
    case 'hevc': return heads.some(isFieldsOfHevc)
    case 'mpeg2video': return heads.some(isFieldsOfMpeg2)
    default: return false
  }
}
