import type { TimeBase } from '../../electron/core/facts.ts'

const LINE = /^\d+, *(?:-?\d+|NOPTS), *(-?\d+|NOPTS), *(-?\d+), *(\d+), 0x([0-9a-f]{8})(?:, F=0x([0-9A-Fa-f]+))?/
const KEY = 1
const DISCARD = 4

export interface PacketLine { pts: number | null, durationPts: number, sizeBytes: number, checksum: number, isKey: boolean, isDiscarded: boolean }

/** One line of the muxer "framecrc"; null for a comment. Flags (AV_PKT_FLAG_*) are only written when they are not that of a plain key frame. */
export function parsePacketLine(line: string): PacketLine | null {
  const found = LINE.exec(line)
  if (found === null) return null
  const [, pts = 'NOPTS', duration = '0', size = '0', checksum = '0', flags] = found
  const bits = flags === undefined ? KEY : Number.parseInt(flags, 16)
  return {
    pts: pts === 'NOPTS' ? null : Number(pts), durationPts: Number(duration), sizeBytes: Number(size), checksum: Number.parseInt(checksum, 16),
    isKey: (bits & KEY) !== 0, isDiscarded: (bits & DISCARD) !== 0,
  }
}

/** The clock of the list, out of its head ("#tb 0: 1/12800"); null for any other line. */
export function parseTimeBaseLine(line: string): TimeBase | null {
  const found = /^#tb 0: (\d+)\/(\d+)$/.exec(line)
  return found === null ? null : { num: Number(found[1]), den: Number(found[2]) }
}
