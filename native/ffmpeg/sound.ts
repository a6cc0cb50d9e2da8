import { existsSync } from 'node:fs'
import type { SoundPiece, SoundRequest } from '../../electron/core/sound-ports.ts'
import { offline } from '../../electron/core/refusals.ts'
import type { FfmpegTools } from './locate.ts'
import { startProcess } from './process.ts'
import { readError } from './read-error.ts'
import { brokenOff, createRunEnd } from './run-end.ts'
import { parseComplaint } from './run-up.ts'
import { firstSeconds, heardStream, SOUND_RATE_HZ, soundArguments, soundTarget } from './sound-arguments.ts'
import type { SoundBlock } from './sound-blocks.ts'
import { SoundBlocks } from './sound-blocks.ts'

const STALL_MS = 120_000

interface SoundRun { tools: FfmpegTools, request: SoundRequest, stream: number, target: number | null }

function toBuffer(part: unknown): Buffer {
  if (Buffer.isBuffer(part)) return part
  throw new Error('a pipe without an encoding gave no bytes')
}

/** The blocks of one run of ffmpeg. Nothing is read ahead of the consumer beyond what the pipe holds. */
async function* runSound({ tools, request, stream, target }: SoundRun, signal: AbortSignal): AsyncGenerator<SoundBlock> {
  const blocks = new SoundBlocks()
  const { path } = request.video
  const end = createRunEnd(path, { mayGiveNothing: true })
  let complaint: string | null = null
  const running = startProcess({
    program: tools.ffmpeg,
    args: soundArguments(request, stream, target),
    signal,
    stallMs: STALL_MS,
    onStderrLine: (line) => {
      end.onLine(line)
      complaint ??= parseComplaint(line)
      blocks.onLine(line)
    },
  })
  try {
    for await (const part of running.stdout) {
      blocks.onBytes(toBuffer(part))
      yield* blocks.take()
    }
    const code = await running.finished
    if (end.readError !== null) throw readError(path, end.readError)
    if (!end.isWhole(code, true)) throw brokenOff(code, path, complaint)
    yield* blocks.take()
  } finally {
    running.kill()
  }
}

/** Samples in a piece: a second. */
const PIECE = SOUND_RATE_HZ
/** Times in containers are rounded, to a millisecond or so: what is less off than this follows on what was before. */
const ROUNDED = 0.02 * SOUND_RATE_HZ

/** A line of samples that is filled from its beginning and taken away in pieces. */
class SoundLine {
  private piece = new Float32Array(PIECE)
  private filled = 0
  private next: number

  constructor(first: number) {
    this.next = first
  }

  /** Gives the pieces that get full when the line is filled up to a sample, with silence, or with samples of which the first has the number `at`. */
  * fill(to: number, samples?: SoundBlock): Generator<SoundBlock> {
    while (this.next < to) {
      const count = Math.min(to - this.next, PIECE - this.filled)
      if (samples !== undefined) this.piece.set(samples.samples.subarray(this.next - samples.at, this.next - samples.at + count), this.filled)
      this.filled += count
      this.next += count
      if (this.filled === PIECE) yield* this.rest()
    }
  }

  /** What is in no piece yet. */
  * rest(): Generator<SoundBlock> {
    if (this.filled === 0) return
    yield { at: this.next - this.filled, samples: this.piece.slice(0, this.filled) }
    this.piece = new Float32Array(PIECE)
    this.filled = 0
  }
}

/** Brings blocks into one line of samples from `first` up to `end`: what lies before is left out, overlaps are cut, holes are silence, also one at the beginning. */
async function* inLine(blocks: AsyncIterable<SoundBlock>, first: number, end: number): AsyncGenerator<SoundBlock> {
  const line = new SoundLine(first)
  let expected: number | null = null
  for await (const { at: told, samples } of blocks) {
    const at: number = expected !== null && Math.abs(told - expected) <= ROUNDED ? expected : told
    expected = at + samples.length
    yield* line.fill(Math.min(at, end))
    yield* line.fill(Math.min(expected, end), { at, samples })
    if (expected >= end) break
  }
  yield* line.rest()
}

/** The run after a jump. Gives back false, and nothing before that, when it came out after what is wanted, or nowhere. */
async function* afterJump(run: SoundRun, first: number, signal: AbortSignal): AsyncGenerator<SoundBlock, boolean> {
  let isFirst = true
  for await (const block of runSound(run, signal)) {
    if (isFirst && block.at > first) return false
    isFirst = false
    yield block
  }
  return !isFirst
}

async function* blocksFrom(run: SoundRun, first: number, signal: AbortSignal): AsyncGenerator<SoundBlock, void> {
  if (run.target !== null && (yield* afterJump(run, first, signal))) return
  yield* runSound({ ...run, target: null }, signal)
}

/**
 * The sound that is heard, 16 kHz mono, in pieces of up to a second that follow each other without holes, from the second that
 * is asked for, with silence until the sound begins. Nothing where it has ended before. One ffmpeg process, which waits while nobody takes its samples and ends when the
 * iterator is left or the signal fires. A sample is where the container says: those of matroska count in milliseconds.
 * Sound that is damaged comes as far as it decodes, with silence where it does not.
 * Throws OFFLINE when the file went away, TIMED_OUT when ffmpeg hangs, DECODE_FAILED when it broke off.
 */
export async function* readSound(tools: FfmpegTools, request: SoundRequest, signal: AbortSignal): AsyncGenerator<SoundPiece, void> {
  signal.throwIfAborted()
  const stream = heardStream(request.video)
  if (stream === null) return
  const zero = firstSeconds(request.video) * SOUND_RATE_HZ
  // A thousandth of a sample is the error of a number of seconds, and no reason to leave that sample out.
  const numberOf = (seconds: number): number => Math.ceil(zero + seconds * SOUND_RATE_HZ - 0.001)
  const first = numberOf(request.fromSeconds)
  const end = request.toSeconds === null ? Infinity : numberOf(request.toSeconds)
  try {
    const blocks = blocksFrom({ tools, request, stream, target: soundTarget(request) }, first, signal)
    for await (const { at, samples } of inLine(blocks, first, end)) yield { startSeconds: (at - zero) / SOUND_RATE_HZ, samples }
  } finally {
    // An unplugged drive looks like the end of the file to ffmpeg. (`throw` replaces whatever went wrong because of it.)
    if (!signal.aborted) requireFile(request.video.path)
  }
}

function requireFile(path: string): void {
  if (!existsSync(path)) throw offline(path)
}
