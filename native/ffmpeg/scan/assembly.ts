import type { ScanEvent, ScanRequest } from '../../../electron/core/ports.ts'
import type { TimeBase } from '../../../electron/core/facts.ts'
import type { LogLine } from './log-lines.ts'
import { createBlockStream } from './block-stream.ts'
import { createJpegStream } from './jpeg-stream.ts'
import { SOUND_BLOCK, SOUND_RATE_HZ } from './arguments.ts'

/** Joins what comes on the pipes with the times that come in the log, each in its own order. */
export interface Assembly {
  onSmall(part: Buffer): void
  onCandidate(part: Buffer): void
  onSound(part: Buffer): void
  onLog(line: Exclude<LogLine, { kind: 'complaint' }>): void
  /** All outputs are closed: what is left of the sound. */
  end(): void
  /** Events that are whole, and no longer held here. */
  take(): ScanEvent[]
  readonly hasEvents: boolean
  /** Bytes that are held, about. */
  readonly bytes: number
}

type Pairing<Item> = { times: number[], items: Item[] }

function pairs<Item>(pairing: Pairing<Item>, use: (time: number, item: Item) => void): void {
  const count = Math.min(pairing.times.length, pairing.items.length)
  if (count === 0) return
  const items = pairing.items.splice(0, count)
  pairing.times.splice(0, count).forEach((time, index) => {
    const item = items[index]
    if (item !== undefined) use(time, item)
  })
}

/** Samples on their own, aligned memory: the bytes of a pipe may begin at an odd address. */
function toSamples(bytes: Buffer): Int16Array {
  const samples = new Int16Array(Math.floor(bytes.length / 2))
  bytes.copy(new Uint8Array(samples.buffer))
  return samples
}

/** An assembly for one run of ffmpeg. */
export function createAssembly(request: ScanRequest): Assembly {
  return new PipeAssembly(request)
}

class PipeAssembly implements Assembly {
  bytes = 0
  private events: ScanEvent[] = []
  private readonly smallBlocks
  private readonly jpegs = createJpegStream()
  private readonly soundBlocks = createBlockStream(2 * SOUND_BLOCK)
  private readonly small: Pairing<Buffer> = { times: [], items: [] }
  private readonly candidates: Pairing<Buffer> = { times: [], items: [] }
  private readonly sounds: Pairing<Buffer> = { times: [], items: [] }
  private readonly timeBase: TimeBase
  private readonly startSeconds: number
  private readonly scale = { small: 1, candidate: 1 }
  private lastPts = Number.NEGATIVE_INFINITY

  constructor(request: ScanRequest) {
    const { picture } = request.video.media
    this.smallBlocks = createBlockStream(request.smallFrame.width * request.smallFrame.height * 3)
    this.timeBase = picture.timeBase
    this.startSeconds = picture.startPts * picture.timeBase.num / picture.timeBase.den
  }

  get hasEvents(): boolean {
    return this.events.length > 0
  }

  onSmall(part: Buffer): void {
    this.bytes += part.length
    this.small.items.push(...this.smallBlocks.push(part))
    this.join()
  }

  onCandidate(part: Buffer): void {
    this.bytes += part.length
    this.candidates.items.push(...this.jpegs.push(part))
    this.join()
  }

  onSound(part: Buffer): void {
    this.bytes += part.length
    this.sounds.items.push(...this.soundBlocks.push(part))
    this.join()
  }

  onLog(line: Exclude<LogLine, { kind: 'complaint' }>): void {
    if (line.kind === 'time-base') {
      this.scale[line.output] = line.num * this.timeBase.den / (line.den * this.timeBase.num)
      return
    }
    if (line.output === 'sound') this.sounds.times.push(line.pts ?? 0)
    else this.pairingOf(line.output).times.push(this.toPts(line.output, line.pts))
    this.join()
  }

  end(): void {
    const rest = this.soundBlocks.rest()
    if (rest.length >= 2) this.sounds.items.push(rest)
    this.join()
  }

  take(): ScanEvent[] {
    const events = this.events
    this.events = []
    this.bytes = 0
    return events
  }

  private pairingOf(output: 'small' | 'candidate'): Pairing<Buffer> {
    return output === 'small' ? this.small : this.candidates
  }

  // A picture without a time is put one tick after the one before it: it exists, and its order is known.
  private toPts(output: 'small' | 'candidate', pts: number | null): number {
    const inStream = pts === null ? this.lastPts + 1 : Math.round(pts * this.scale[output])
    if (output === 'small') this.lastPts = inStream
    return inStream
  }

  private join(): void {
    pairs(this.small, (pts, pixels) => this.events.push({ kind: 'frame', pts, pixels }))
    pairs(this.candidates, (pts, jpeg) => this.events.push({ kind: 'candidate', pts, jpeg }))
    pairs(this.sounds, (time, bytes) => {
      this.events.push({ kind: 'sound', startSeconds: time / SOUND_RATE_HZ - this.startSeconds, samples: toSamples(bytes) })
    })
  }
}
