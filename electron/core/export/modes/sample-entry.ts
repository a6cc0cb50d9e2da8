import type { PictureStream } from '../../facts.ts'
import type { NalUnit } from './annex-b.ts'
import { hevcType, payloadOf } from './annex-b.ts'
import { unverified } from '../verify.ts'
import { PICTURE_SET, SEQUENCE_SET } from './h264-refusal.ts'
import type { ParameterSets } from './h264-refusal.ts'
import { readSequence } from './h264-parameters.ts'
import type { Box } from './iso-boxes.ts'
import { box, fullBox, u16, u32, u8 } from './iso-boxes.ts'

/** 12.1.3: what every picture track says; 72 dpi, one picture a sample, 24 bits. */
function visualEntry(type: string, { width, height, sampleAspect }: PictureStream, configuration: Box): Box {
  const pixelAspect = sampleAspect.num > 0 && sampleAspect.den > 0 ? [box('pasp', u32(sampleAspect.num, sampleAspect.den))] : []
  return box(
    type, Buffer.alloc(6), u16(1), Buffer.alloc(16), u16(width, height), u32(0x480000, 0x480000, 0), u16(1), Buffer.alloc(32), u16(24, 0xffff),
    configuration, ...pixelAspect,
  )
}

const withSize = (unit: NalUnit): Buffer => Buffer.concat([u16(unit.length), unit])

/** Profiles whose record goes on with chroma and depth (ISO/IEC 14496-15, 5.3.3.1.2). */
const WITH_CHROMA = new Set([100, 110, 122, 144, 244])

/** ISO/IEC 14496-15, 5.4.2.1: avc1, every parameter set in the record. The level is the highest of them. */
export function avcEntry(picture: PictureStream, sets: ParameterSets): Box {
  const [sequences, pictures] = [sets.of(SEQUENCE_SET), sets.of(PICTURE_SET)]
  const [first] = sequences.map(readSequence)
  if (first === undefined) throw unverified('what its decoder has to know is not with its pictures')
  const level = Math.max(...sequences.map((unit) => readSequence(unit).level))
  const chroma = WITH_CHROMA.has(first.profile) ? [u8(0xfc | first.chromaFormat, 0xf8 | first.bitDepth - 8, 0xf8 | first.bitDepth - 8, 0)] : []
  return visualEntry('avc1', picture, box(
    'avcC', u8(1, first.profile, first.constraints, level, 0xff, 0xe0 | sequences.length), ...sequences.map(withSize),
    u8(pictures.length), ...pictures.map(withSize), ...chroma,
  ))
}

const VPS = 32
const SPS = 33
const PPS = 34
export const HEVC_SETS: readonly number[] = [VPS, SPS, PPS]

/** ISO/IEC 14496-15, 8.3.2.1 and 8.4.1.1.2: hev1, parameter sets among the pictures; the record has those of the beginning. */
export function hevcEntry(picture: PictureStream, units: readonly NalUnit[]): Box {
  const sequence = units.find((unit) => hevcType(unit) === SPS)
  if (sequence === undefined) throw new Error('a track of HEVC without a sequence parameter set')
  const payload = payloadOf(sequence)
  // After the header of two bytes: 4 bits of the VPS, 3 of the layers less one, 1 of nesting; then profile, tier and level (7.3.2.2.1).
  const layers = payload[2] ?? 0
  const general = payload.subarray(3, 15)
  const depth = 0xf8 | picture.bitDepth - 8
  const arrays = HEVC_SETS.map((type) => ({ type, sets: units.filter((unit) => hevcType(unit) === type) }))
  return visualEntry('hev1', picture, box(
    'hvcC', u8(1), general, u16(0xf000), u8(0xfc, 0xfd, depth, depth), u16(0), u8(((layers >> 1 & 7) + 1) << 3 | (layers & 1) << 2 | 3), u8(arrays.length),
    ...arrays.flatMap(({ type, sets }) => [u8(type), u16(sets.length), ...sets.map(withSize)]),
  ))
}

/** A descriptor of ISO/IEC 14496-1, 7.2.2, short enough for one byte of size. */
function descriptor(tag: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([u8(tag, body.length), body])
}

/** ISO/IEC 14496-14, 5.6.1 with object type 0x61, MPEG-2 at main profile. */
export function mpeg2Entry(picture: PictureStream): Box {
  const decoder = descriptor(4, u8(0x61, 0x11), Buffer.alloc(3), u32(0, 0))
  return visualEntry('mp4v', picture, fullBox('esds', [0, 0], descriptor(3, u16(1), u8(0), decoder, descriptor(6, u8(2)))))
}
