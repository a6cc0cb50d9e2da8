import type { PictureStream } from '../../facts.ts'
import type { LastPacket } from '../../ports.ts'
import type { Box } from './iso-boxes.ts'
import { box, fullBox, u16, u32, u32List, u64, u8 } from './iso-boxes.ts'
import { decodeTimes } from './sample-times.ts'

/** A picture that is in the file already, in ticks of the file's clock. */
export interface PlacedSample { ticks: number, isKey: boolean, sizeBytes: number }

/** Equal values that follow each other, as count and value (8.6.1.2, 8.6.1.3). */
function runs(values: readonly number[]): number[] {
  const pairs: [number, number][] = []
  for (const value of values) {
    const last = pairs.at(-1)
    if (last?.[1] === value) last[0] += 1
    else pairs.push([1, value])
  }
  return pairs.flat()
}

/** Numbers of 16.16 bits, but the last of each row of 2.30 (6.2.2). */
function matrix(rows: readonly number[]): Buffer {
  const bytes = Buffer.alloc(36)
  rows.forEach((value, index) => { bytes.writeInt32BE(value * (index % 3 === 2 ? 0x40000000 : 0x10000), index * 4) })
  return bytes
}

const UPRIGHT = matrix([1, 0, 0, 0, 1, 0, 0, 0, 1])

/** Turned by quarters clockwise, after a flip of top and bottom. */
function turned({ rotationDegrees, isMirrored }: PictureStream): Buffer {
  const [cos, sin] = ({ 0: [1, 0], 90: [0, 1], 180: [-1, 0], 270: [0, -1] } as const)[rotationDegrees]
  const flip = isMirrored ? -1 : 1
  return matrix([cos, sin, 0, -sin * flip, cos * flip, 0, 0, 0, 1])
}

interface Table { entry: Box, samples: readonly PlacedSample[], decoded: readonly number[], end: number, dataAt: number }

/** 8.5 to 8.7: one chunk that holds all of them. */
function sampleTable({ entry, samples, decoded, end, dataAt }: Table): Box {
  const shifts = runs(samples.map(({ ticks }, index) => ticks - (decoded[index] ?? 0)))
  // The last one in the order of storing lasts as long as the clip, so that all durations together are that of the clip.
  const durations = runs(decoded.map((at, index) => (decoded[index + 1] ?? end) - at))
  const keys = samples.flatMap(({ isKey }, index) => isKey ? [index + 1] : [])
  return box(
    'stbl', fullBox('stsd', [0, 0], u32(1), entry),
    fullBox('stts', [0, 0], u32(durations.length / 2), u32List(durations)),
    fullBox('ctts', [0, 0], u32(shifts.length / 2), u32List(shifts)), fullBox('stss', [0, 0], u32(keys.length), u32List(keys)),
    fullBox('stsc', [0, 0], u32(1, 1, samples.length, 1)), fullBox('stsz', [0, 0], u32(0, samples.length), u32List(samples.map(({ sizeBytes }) => sizeBytes))),
    fullBox('co64', [0, 0], u32(1), u64(dataAt)),
  )
}

interface Movie { picture: PictureStream, duration: number, delay: number, table: Box }

function movieBox({ picture, duration, delay, table }: Movie): Box {
  const timescale = picture.timeBase.den
  const media = box(
    'mdia', fullBox('mdhd', [1, 0], u64(0, 0), u32(timescale), u64(duration), u16(0x55c4, 0)),
    fullBox('hdlr', [0, 0], u32(0), Buffer.from('vide'), Buffer.alloc(12), u8(0)),
    box('minf', fullBox('vmhd', [0, 1], Buffer.alloc(8)), box('dinf', fullBox('dref', [0, 0], u32(1), fullBox('url ', [0, 1]))), table),
  )
  const track = box(
    'trak', fullBox('tkhd', [1, 3], u64(0, 0), u32(1, 0), u64(duration), u32(0, 0), u16(0, 0, 0, 0), turned(picture), u32(picture.width * 0x10000, picture.height * 0x10000)),
    // Time 0 is the first picture that is shown, not the first that is decoded.
    box('edts', fullBox('elst', [1, 0], u32(1), u64(duration, delay), u16(1, 0))), media,
  )
  return box('moov', fullBox('mvhd', [1, 0], u64(0, 0), u32(timescale), u64(duration), u32(0x10000), u16(0x100, 0), u32(0, 0), UPRIGHT, Buffer.alloc(24), u32(2)), track)
}

/** The index of a file with one picture track, whose pictures lie one behind the other from `dataAt` on. `endTicks`: up to when the last one is shown. */
export function mp4Index(picture: PictureStream, { entry, samples, endTicks, dataAt }: { entry: Box, samples: readonly PlacedSample[], endTicks: number, dataAt: number }): Box {
  const times = decodeTimes(samples.map(({ ticks }) => ticks))
  const from = times[0] ?? 0
  const first = samples.reduce((least, { ticks }) => Math.min(least, ticks), Infinity)
  const duration = endTicks - first
  const table = sampleTable({
    entry, dataAt, decoded: times.map((time) => time - from), samples: samples.map((sample) => ({ ...sample, ticks: sample.ticks - from })), end: duration,
  })
  return movieBox({ picture, duration, delay: first - from, table })
}

/** The sample that is shown last, and by what its duration in the index is multiplied to be how long it stands. Durations there are those between two times of decoding. */
export function lastSample(samples: readonly PlacedSample[], endTicks: number): LastPacket | null {
  const times = decodeTimes(samples.map(({ ticks }) => ticks))
  const lastTicks = samples.reduce((most, { ticks }) => Math.max(most, ticks), -Infinity)
  const index = samples.findIndex(({ ticks }) => ticks === lastTicks)
  const next = times[index + 1]
  // The last one in the order of storing has its own already.
  const stored = next === undefined ? endTicks - lastTicks : next - (times[index] ?? 0)
  return stored === endTicks - lastTicks ? null : { index, stretch: (endTicks - lastTicks) / stored }
}
