import type { SoundPiece } from '../../sound-ports.ts'
import { SAMPLE_RATE } from './voice-spans.ts'

/** Sound that is read piece by piece, of which a part is kept to be heard again. Samples are counted from the first one. */
export class HeldSound {
  private readonly source: AsyncIterator<SoundPiece>
  private parts: Float32Array[] = []
  /** The first sample that is still held, and the first one that is not there yet. */
  private from = 0
  private to = 0
  private zeroSeconds: number

  /** `fromSeconds`: from where on the sound was asked for. */
  constructor(source: AsyncIterable<SoundPiece>, fromSeconds: number) {
    this.source = source[Symbol.asyncIterator]()
    this.zeroSeconds = fromSeconds
  }

  /** Where what was read so far ends. */
  get end(): number {
    return this.to
  }

  /** Reads a piece more. False at the end. */
  async more(): Promise<boolean> {
    const next = await this.source.next()
    if (next.done === true) return false
    const { startSeconds, samples } = next.value
    if (this.to === 0) this.zeroSeconds = startSeconds
    this.parts.push(samples)
    this.to += samples.length
    return true
  }

  /** The second of a sample, from the first picture of the video. */
  secondsOf(sample: number): number {
    return this.zeroSeconds + sample / SAMPLE_RATE
  }

  /** A copy of samples that are held. */
  slice(from: number, to: number): Float32Array {
    if (from < this.from || to > this.to) throw new Error(`samples ${String(from)} to ${String(to)} are not held`)
    const samples = new Float32Array(to - from)
    let at = this.from
    for (const part of this.parts) {
      const begin = Math.max(from, at)
      const end = Math.min(to, at + part.length)
      if (end > begin) samples.set(part.subarray(begin - at, end - at), begin - from)
      at += part.length
    }
    return samples
  }

  /** Lets go of what is before a sample. */
  dropBefore(sample: number): void {
    for (let first = this.parts[0]; first !== undefined && this.from + first.length <= sample; first = this.parts[0]) {
      this.parts.shift()
      this.from += first.length
    }
  }

  /** Nothing more is read. */
  async close(): Promise<void> {
    await this.source.return?.()
  }
}
