import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import type { PictureStream } from '../../facts.ts'
import type { LastPacket, StoredPacket } from '../../ports.ts'
import { writeError } from '../file-errors.ts'
import type { NalUnit } from './annex-b.ts'
import { hevcType, nalUnits } from './annex-b.ts'
import { isParameterSet, ParameterSets } from './h264-refusal.ts'
import type { Box } from './iso-boxes.ts'
import { box, u32, u64 } from './iso-boxes.ts'
import type { PlacedSample } from './mp4-index.ts'
import { lastSample, mp4Index } from './mp4-index.ts'
import { avcEntry, HEVC_SETS, hevcEntry, mpeg2Entry } from './sample-entry.ts'

/** A file that holds nothing but pictures. They come in the order they are stored. */
export interface TrackFile extends AsyncDisposable {
  add(packet: Pick<StoredPacket, 'isKey' | 'bytes'> & { pts: number }): Promise<void>
  /**
   * `endPts`: up to when the last picture is shown. Time 0 of the file is its first picture. Gives null when its pieces can not stand in one file: two
   * parameter sets of one number.
   */
  finish(endPts: number): Promise<{ last: LastPacket | null } | null>
}

/** How the packets of a codec stand in an mp4. */
interface Packing {
  bytesOf(packet: Uint8Array): Uint8Array
  entry(): Box
  readonly isConsistent: boolean
}

function withSizes(units: readonly NalUnit[]): Uint8Array {
  return Buffer.concat(units.flatMap((unit) => [u32(unit.length), unit]))
}

function h264Packing(picture: PictureStream): Packing {
  const sets = new ParameterSets()
  return {
    bytesOf(packet) {
      const units = nalUnits(packet)
      for (const unit of units.filter(isParameterSet)) sets.add(unit)
      return withSizes(units.filter((unit) => !isParameterSet(unit)))
    },
    entry: () => avcEntry(picture, sets),
    get isConsistent() { return !sets.changes },
  }
}

function hevcPacking(picture: PictureStream): Packing {
  let first: NalUnit[] | null = null
  return {
    bytesOf(packet) {
      const units = nalUnits(packet)
      first ??= units.filter((unit) => HEVC_SETS.includes(hevcType(unit))).map((unit) => Uint8Array.from(unit))
      return withSizes(units)
    },
    entry: () => hevcEntry(picture, first ?? []),
    isConsistent: true,
  }
}

function packingFor(picture: PictureStream): Packing {
  switch (picture.codec) {
    case 'h264': return h264Packing(picture)
    case 'hevc': return hevcPacking(picture)
    default: return { bytesOf: (packet) => packet, entry: () => mpeg2Entry(picture), isConsistent: true }
  }
}

const FILE_TYPE = box('ftyp', Buffer.from('isom'), u32(0x200), Buffer.from('isomiso6mp41'))
const DATA_HEADER_BYTES = 16

class Mp4Track implements TrackFile {
  readonly #samples: PlacedSample[] = []
  #size = 0
  readonly #of: { file: FileHandle, picture: PictureStream, packing: Packing }

  constructor(of: { file: FileHandle, picture: PictureStream, packing: Packing }) {
    this.#of = of
  }

  async add({ pts, isKey, bytes }: Parameters<TrackFile['add']>[0]): Promise<void> {
    const { file, picture, packing } = this.#of
    if (this.#samples.length === 0) await file.write(Buffer.concat([FILE_TYPE, Buffer.alloc(DATA_HEADER_BYTES)]))
    const data = packing.bytesOf(bytes ?? new Uint8Array())
    await file.write(data)
    this.#size += data.length
    this.#samples.push({ ticks: pts * picture.timeBase.num, isKey, sizeBytes: data.length })
  }

  async finish(endPts: number): Promise<{ last: LastPacket | null } | null> {
    const { file, picture, packing } = this.#of
    if (!packing.isConsistent) return null
    await file.write(mp4Index(picture, { entry: packing.entry(), samples: this.#samples, endTicks: endPts * picture.timeBase.num, dataAt: FILE_TYPE.length + DATA_HEADER_BYTES }))
    await file.write(Buffer.concat([u32(1), Buffer.from('mdat'), u64(this.#size + DATA_HEADER_BYTES)]), 0, DATA_HEADER_BYTES, FILE_TYPE.length)
    return { last: lastSample(this.#samples, endPts * picture.timeBase.num) }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#of.file.close()
  }
}

const IVF_MARKS: Partial<Record<string, string>> = { vp8: 'VP80', vp9: 'VP90', av1: 'AV01' }

/** IVF, the plainest container there is: a head of 32 bytes, then size and time before every packet. Multimedia Wiki, "Duck IVF"; all numbers little-endian. */
class IvfTrack implements TrackFile {
  #firstPts: number | null = null
  readonly #of: { file: FileHandle, picture: PictureStream }

  constructor(of: { file: FileHandle, picture: PictureStream }) {
    this.#of = of
  }

  async #begin(): Promise<void> {
    const { file, picture: { codec, width, height, timeBase } } = this.#of
    const head = Buffer.alloc(32)
    head.write(`DKIF`, 0, 'latin1')
    head.writeUInt16LE(32, 6)
    head.write(IVF_MARKS[codec] ?? '', 8, 'latin1')
    head.writeUInt16LE(width, 12)
    head.writeUInt16LE(height, 14)
    head.writeUInt32LE(timeBase.den, 16)
    head.writeUInt32LE(timeBase.num, 20)
    await file.write(head)
  }

  async add({ pts, bytes }: Parameters<TrackFile['add']>[0]): Promise<void> {
    if (this.#firstPts === null) await this.#begin()
    this.#firstPts ??= pts
    const data = bytes ?? new Uint8Array()
    const head = Buffer.alloc(12)
    head.writeUInt32LE(data.length, 0)
    head.writeBigUInt64LE(BigInt(pts - this.#firstPts), 4)
    await this.#of.file.write(Buffer.concat([head, data]))
  }

  // It has no place for how long the last picture stands.
  async finish(): Promise<{ last: null }> {
    return { last: null }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#of.file.close()
  }
}

/** Opens a file (empty, of the caller) for packets of this stream. Throws DISK_FULL or NO_ACCESS. */
export async function openTrackFile(target: string, picture: PictureStream): Promise<TrackFile> {
  const file = await open(target, 'w').catch((cause: unknown) => { throw writeError(target, cause) })
  return IVF_MARKS[picture.codec] === undefined ? new Mp4Track({ file, picture, packing: packingFor(picture) }) : new IvfTrack({ file, picture })
}
