import type { TimeBase } from '../../electron/core/facts.ts'
import type { PacketBytes, StoredPacket } from '../../electron/core/ports.ts'
import type { PacketLine } from './packet-lines.ts'
import { parsePacketLine, parseTimeBaseLine } from './packet-lines.ts'
import type { RunningProcess } from './process.ts'

/** Enough for what a packet begins with: parameter sets, messages and the head of its first slice. */
const HEAD_BYTES = 8192
/** Held at most, about, while the consumer works; then ffmpeg waits. */
const MOST_BYTES = 8 * 1024 * 1024
const MOST_PACKETS = 2000

/** Cuts a stream of bytes into packets whose sizes are told beside it. */
class ByteFeed {
  #parts: Buffer[] = []
  #held = 0
  get held(): number { return this.#held }
  push(part: Buffer): void {
    this.#parts.push(part)
    this.#held += part.length
  }

  /** The next `size` bytes, or of them the first `keep`; null while they are not all there. */
  take(size: number, keep: number): Uint8Array | null {
    if (this.#held < size) return null
    const taken = Buffer.allocUnsafeSlow(Math.min(size, keep))
    let at = 0
    while (at < size) {
      const part = this.#parts[0]
      if (part === undefined) break
      const used = Math.min(part.length, size - at)
      part.copy(taken, at, 0, used)
      if (used === part.length) this.#parts.shift()
      else this.#parts[0] = part.subarray(used)
      at += used
    }
    this.#held -= size
    return taken
  }
}

function rescale(value: number, from: TimeBase, to: TimeBase): number {
  return from.num === to.num && from.den === to.den ? value : Math.round(value * from.num * to.den / (from.den * to.num))
}

interface QueueOf { timeBase: TimeBase, bytes: PacketBytes }

/** What has come and is not taken yet. */
class Held {
  readonly feed = new ByteFeed()
  readonly lines: PacketLine[] = []
  readonly #of: QueueOf
  #listBase: TimeBase
  #rest = ''

  constructor(of: QueueOf) {
    this.#of = of
    this.#listBase = of.timeBase
  }

  read(text: string): void {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) {
      this.#listBase = parseTimeBaseLine(line) ?? this.#listBase
      const packet = parsePacketLine(line)
      if (packet !== null) this.lines.push(packet)
    }
  }

  /** The next packet; null while it is not all there. */
  next(): StoredPacket | null {
    const { bytes, timeBase } = this.#of
    const [line] = this.lines
    if (line === undefined) return null
    const taken = bytes === 'none' ? null : this.feed.take(line.sizeBytes, bytes === 'all' ? Infinity : HEAD_BYTES)
    if (bytes !== 'none' && taken === null) return null
    this.lines.shift()
    const ticks = (value: number): number => rescale(value, this.#listBase, timeBase)
    return { ...line, pts: line.pts === null ? null : ticks(line.pts), durationPts: ticks(line.durationPts), bytes: taken }
  }
}

/** Joins the list of packets (stdout) with their bytes (the first extra pipe). Its outputs flow only as fast as packets are taken. */
export function createPacketQueue(running: RunningProcess, of: QueueOf): { packets(): AsyncGenerator<StoredPacket> } {
  const held = new Held(of)
  const [pipe] = running.pipes
  const streams = [running.stdout, ...pipe === undefined ? [] : [pipe]]
  let open = streams.length
  let wake = (): void => undefined
  running.stdout.on('data', (part: Buffer) => {
    held.read(part.toString('latin1'))
    if (held.lines.length > MOST_PACKETS) running.stdout.pause()
    wake()
  })
  pipe?.on('data', (part: Buffer) => {
    held.feed.push(part)
    if (held.feed.held > MOST_BYTES) pipe.pause()
    wake()
  })
  for (const stream of streams) {
    stream.on('close', () => {
      open -= 1
      wake()
    })
    stream.resume()
  }
  return {
    async* packets() {
      for (;;) {
        const packet = held.next()
        if (packet !== null) yield packet
        else if (open === 0) return
        else {
          const rung = new Promise<void>((resolve) => { wake = resolve })
          // A packet needs both of them: whatever is held already, what is missing has to come.
          for (const stream of streams) stream.resume()
          await rung
        }
      }
    },
  }
}
