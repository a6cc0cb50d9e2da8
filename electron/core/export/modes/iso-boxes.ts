// Boxes of the ISO base media file format (ISO/IEC 14496-12); numbers of sections are those of the edition of 2022.

export type Box = Buffer

export const u8 = (...values: number[]): Buffer => Buffer.from(values)

export function u16(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2)
  values.forEach((value, index) => { bytes.writeUInt16BE(value, index * 2) })
  return bytes
}

/** Of many values, which could not all be arguments. */
export function u32List(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, index) => { bytes.writeUInt32BE(value, index * 4) })
  return bytes
}

export const u32 = (...values: number[]): Buffer => u32List(values)

export function u64(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 8)
  values.forEach((value, index) => { bytes.writeBigUInt64BE(BigInt(value), index * 8) })
  return bytes
}

/** 4.2: size, type, what is in it. */
export function box(type: string, ...parts: Uint8Array[]): Box {
  const body = Buffer.concat(parts)
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, 'latin1'), body])
}

/** A box with version and flags. */
export function fullBox(type: string, [version, flags]: [number, number], ...parts: Uint8Array[]): Box {
  return box(type, u32(version * 0x1000000 + flags), ...parts)
}
