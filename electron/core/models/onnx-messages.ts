import type { FileHandle } from 'node:fs/promises'

// Protocol Buffers on the wire: https://protobuf.dev/programming-guides/encoding/
const VARINT = 0
const FIXED_64 = 1
const BYTES = 2
const FIXED_32 = 5

/** Enough for a tag and a length, which are at most ten bytes each. */
const HEADER_BYTES = 20
const WINDOW_BYTES = 16 * 1024
/** Graphs within graphs within graphs: no real model goes deeper than a few. */
const DEEPEST = 64

/** A field of a message: where its content lies in the file, or its number. */
export interface Field { number: number, start: number, end: number, varint: bigint | null }

/** Reads the fields of a Protocol Buffers file of any size through a small window: what nobody asks for is jumped over. Throws where the file is none. */
export class MessageFile {
  private readonly window = Buffer.alloc(WINDOW_BYTES)
  private windowStart = 0
  private windowEnd = 0
  private readonly file: FileHandle
  private readonly signal: AbortSignal

  constructor(file: FileHandle, signal: AbortSignal) {
    this.file = file
    this.signal = signal
  }

  /** The fields between two places, in their order. */
  async* fields(start: number, end: number): AsyncGenerator<Field> {
    let at = start
    while (at < end) {
      const field = await this.fieldAt(at)
      if (field.end > end) throw new Error(`a field at byte ${at} is longer than what holds it`)
      yield field
      at = field.end
    }
  }

  /** The bytes of a field as text. Throws for one that is longer than any name. */
  async text({ start, end }: Field): Promise<string> {
    if (end - start > 4096) throw new Error(`a name at byte ${start} has ${end - start} bytes`)
    const bytes = Buffer.alloc(end - start)
    const { bytesRead } = await this.file.read(bytes, 0, bytes.length, start)
    if (bytesRead !== bytes.length) throw new Error('the file ends too early')
    return bytes.toString('utf8')
  }

  private async fieldAt(at: number): Promise<Field> {
    await this.see(at)
    const tag = this.varint(at)
    const number = Number(tag.value >> 3n)
    switch (Number(tag.value & 7n)) {
      case VARINT: {
        const { value, end } = this.varint(tag.end)
        return { number, start: tag.end, end, varint: value }
      }
      case FIXED_64: return { number, start: tag.end, end: tag.end + 8, varint: null }
      case FIXED_32: return { number, start: tag.end, end: tag.end + 4, varint: null }
      case BYTES: {
        const length = this.varint(tag.end)
        return { number, start: length.end, end: length.end + Number(length.value), varint: null }
      }
      default: throw new Error(`no field begins at byte ${at}`)
    }
  }

  /** Makes sure that the header of a field lies in the window, as far as the file goes. */
  private async see(at: number): Promise<void> {
    if (at >= this.windowStart && at + HEADER_BYTES <= this.windowEnd) return
    this.signal.throwIfAborted()
    const { bytesRead } = await this.file.read(this.window, 0, WINDOW_BYTES, at)
    this.windowStart = at
    this.windowEnd = at + bytesRead
  }

  private varint(at: number): { value: bigint, end: number } {
    let value = 0n
    for (let index = 0; index < 10; index++) {
      const place = at + index
      if (place >= this.windowEnd) throw new Error('the file ends too early')
      const byte = this.window[place - this.windowStart] ?? 0
      value |= BigInt(byte & 0x7f) << BigInt(7 * index)
      if (byte < 0x80) return { value, end: place + 1 }
    }
    throw new Error(`no number begins at byte ${at}`)
  }
}

/** Which fields of a message hold which messages. */
export type Layout<Name extends string> = Record<Name, Record<number, Name>>

interface Place<Name> { name: Name, start: number, end: number, depth?: number }

/** Every message of one kind within a file, wherever it lies; each comes with where its content begins and ends. */
export async function* messagesWithin<Name extends string>(file: MessageFile, layout: Layout<Name>, top: Place<Name>): AsyncGenerator<{ name: Name, field: Field }> {
  const depth = top.depth ?? 0
  if (depth > DEEPEST) throw new Error('its graphs are nested too deep')
  for await (const field of file.fields(top.start, top.end)) {
    const name = layout[top.name][field.number]
    if (name === undefined || field.varint !== null) continue
    yield { name, field }
    yield* messagesWithin(file, layout, { name, start: field.start, end: field.end, depth: depth + 1 })
  }
}
