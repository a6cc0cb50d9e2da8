/** A stretch of sound and the number of its first sample on the file's own clock. */
export interface SoundBlock { at: number, samples: Float32Array }

const BLOCK_LINE = /^\[ashowinfo@sound @ \w+\] \[info\] n:\s*\d+ pts:\s*(NOPTS|-?\d+) .*\bnb_samples:(\d+)\b/

/** What `ashowinfo@sound` says of a block; null for any other line. `at` is null where the file gives no time. */
export function parseBlockLine(line: string): { at: number | null, count: number } | null {
  const found = BLOCK_LINE.exec(line)
  if (found === null) return null
  return { at: found[1] === 'NOPTS' ? null : Number(found[1]), count: Number(found[2]) }
}

/** Some programs give a little more than full scale, and damaged files anything. */
function toSamples(bytes: Buffer): Float32Array {
  const samples = new Float32Array(bytes.length / 4)
  bytes.copy(new Uint8Array(samples.buffer))
  for (let index = 0; index < samples.length; index++) {
    const value = samples[index] ?? 0
    if (!(Math.abs(value) <= 1)) samples[index] = Number.isNaN(value) ? 0 : Math.sign(value)
  }
  return samples
}

/** Joins the samples that come on a pipe with their times that come in the log, each in its own order. */
export class SoundBlocks {
  private readonly lines: { at: number | null, count: number }[] = []
  private parts: Buffer[] = []
  private bytes = 0
  private next = 0

  onLine(line: string): void {
    const block = parseBlockLine(line)
    if (block !== null && block.count > 0) this.lines.push(block)
  }

  onBytes(part: Buffer): void {
    this.parts.push(part)
    this.bytes += part.length
  }

  /** Blocks that are whole and whose time is known. */
  take(): SoundBlock[] {
    const blocks: SoundBlock[] = []
    for (let line = this.lines[0]; line !== undefined && this.bytes >= 4 * line.count; line = this.lines[0]) {
      const all = this.parts.length === 1 ? this.parts[0] ?? Buffer.alloc(0) : Buffer.concat(this.parts)
      const samples = toSamples(all.subarray(0, 4 * line.count))
      this.parts = [all.subarray(4 * line.count)]
      this.bytes -= 4 * line.count
      const at = line.at ?? this.next
      this.next = at + samples.length
      this.lines.shift()
      blocks.push({ at, samples })
    }
    return blocks
  }
}
