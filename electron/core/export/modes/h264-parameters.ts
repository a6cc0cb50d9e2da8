import type { NalUnit } from './annex-b.ts'
import { payloadOf } from './annex-b.ts'
import { BitReader } from './bit-reader.ts'

/** What is asked of a sequence parameter set. */
export interface H264Sequence {
  id: number
  profile: number
  /** Flags constraint_set0 to 5, as they are written. */
  constraints: number
  level: number
  chromaFormat: number
  bitDepth: number
  /** False where pictures may come as fields. */
  isProgressive: boolean
}

const WITH_CHROMA = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135])

function skipScalingList(bits: BitReader, size: number): void {
  let last = 8
  let next = 8
  for (let index = 0; index < size; index++) {
    if (next !== 0) next = (last + bits.signed() + 256) % 256
    last = next === 0 ? last : next
  }
}

function readChroma(bits: BitReader): { chromaFormat: number, bitDepth: number } {
  const chromaFormat = bits.unsigned()
  if (chromaFormat === 3) bits.bit()
  const bitDepth = 8 + bits.unsigned()
  bits.unsigned()
  bits.bit()
  if (bits.bit() === 1) {
    for (let list = 0; list < (chromaFormat === 3 ? 12 : 8); list++) if (bits.bit() === 1) skipScalingList(bits, list < 6 ? 16 : 64)
  }
  return { chromaFormat, bitDepth }
}

function skipPictureOrder(bits: BitReader): void {
  const type = bits.unsigned()
  if (type === 0) bits.unsigned()
  else if (type === 1) {
    bits.bit()
    bits.signed()
    bits.signed()
    const count = bits.unsigned()
    for (let index = 0; index < Math.min(count, 255); index++) bits.signed()
  }
}

/** Reads a sequence parameter set (ITU-T H.264, 7.3.2.1.1). */
export function readSequence(unit: NalUnit): H264Sequence {
  const payload = payloadOf(unit)
  const [, profile = 0, constraints = 0, level = 0] = payload
  const bits = new BitReader(payload, 4)
  const id = bits.unsigned()
  const { chromaFormat, bitDepth } = WITH_CHROMA.has(profile) ? readChroma(bits) : { chromaFormat: 1, bitDepth: 8 }
  bits.unsigned() // log2_max_frame_num_minus4
  skipPictureOrder(bits)
  bits.unsigned() // max_num_ref_frames
  bits.bit()
  bits.unsigned()
  bits.unsigned()
  return { id, profile, constraints, level, chromaFormat, bitDepth, isProgressive: bits.bit() === 1 }
}

/** The number of a picture parameter set (7.3.2.2). */
export function pictureSetId(unit: NalUnit): number {
  return new BitReader(payloadOf(unit), 1).unsigned()
}
