/** A NAL unit without the start code before it. */
export type NalUnit = Uint8Array

/** Where start codes (00 00 01) begin. */
function startCodes(bytes: Uint8Array): number[] {
  const found: number[] = []
  for (let at = 0; at + 2 < bytes.length;) {
    const third = bytes[at + 2] ?? 0
    if (third > 1) at += 3
    else if (third === 1 && bytes[at] === 0 && bytes[at + 1] === 0) {
      found.push(at)
      at += 3
    } else at += 1
  }
  return found
}

/** The NAL units of a packet in Annex B (ITU-T H.264 and H.265, annex B). Of bytes that were cut off the last one is not whole. */
export function nalUnits(bytes: Uint8Array): NalUnit[] {
  const starts = startCodes(bytes)
  return starts.map((start, index) => {
    let end = starts[index + 1] ?? bytes.length
    // Zeros before a start code belong to it; a NAL unit never ends with one (7.4.1).
    while (end > start + 3 && bytes[end - 1] === 0 && index + 1 < starts.length) end -= 1
    return bytes.subarray(start + 3, end)
  })
}

/** What a NAL unit carries when the bytes that keep start codes out of it are taken away (7.3.1: 00 00 03 -> 00 00). */
export function payloadOf(unit: NalUnit): Uint8Array {
  const payload = new Uint8Array(unit.length)
  let size = 0
  let zeros = 0
  for (const byte of unit) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0
      continue
    }
    zeros = byte === 0 ? zeros + 1 : 0
    payload[size] = byte
    size += 1
  }
  return payload.subarray(0, size)
}

export function h264Type(unit: NalUnit): number {
  return (unit[0] ?? 0) & 0x1f
}

export function hevcType(unit: NalUnit): number {
  return (unit[0] ?? 0) >> 1 & 0x3f
}
