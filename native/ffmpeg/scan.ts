import { existsSync } from 'node:fs'
import type { ScanEvent, ScanRequest } from '../../electron/core/ports.ts'
import { offline } from '../../electron/core/refusals.ts'
import type { FfmpegTools } from './locate.ts'
import { seekTarget } from './scan/arguments.ts'
import { runScan } from './scan/run.ts'
import { canToneMap } from './tone-mapping.ts'

function needsToneMap(request: ScanRequest): boolean {
  return request.video.media.picture.dynamicRange !== 'sdr'
}

/** True once the batch shows whether the seek landed at or before what is wanted; null while there is no picture yet. */
function landed(batch: ScanEvent[], fromPts: number): boolean | null {
  const first = batch.find((event) => event.kind === 'frame')
  return first === undefined ? null : first.pts <= fromPts
}

/**
 * The run after a seek. Gives back false, and nothing before that, when the seek came out too late or nowhere.
 * What comes before the first picture (sound) waits until that is known.
 */
async function* afterSeek(batches: AsyncGenerator<ScanEvent[]>, fromPts: number): AsyncGenerator<ScanEvent[], boolean> {
  const held: ScanEvent[][] = []
  let verdict: boolean | null = null
  for await (const batch of batches) {
    verdict ??= landed(batch, fromPts)
    if (verdict === false) return false
    held.push(batch)
    if (verdict === true) yield* held.splice(0)
  }
  return verdict === true
}

/**
 * One decode of a video, everything a scan needs from it, in one ffmpeg process: every picture small, candidates for key
 * frames, and the sound. Pulls nothing ahead of the consumer beyond 2 MB; ends at once when the iterator is left or the
 * signal fires. Pictures before `request.fromPts` may come first.
 * Throws OFFLINE when the file went away, TIMED_OUT when ffmpeg hangs, DECODE_FAILED when it broke off.
 */
export async function* scanVideo(tools: FfmpegTools, request: ScanRequest, signal: AbortSignal): AsyncGenerator<ScanEvent[], void> {
  signal.throwIfAborted()
  const toneMap = needsToneMap(request) && await canToneMap(tools.ffmpeg)
  const target = seekTarget(request)
  const run = { tools, request, canToneMap: toneMap }
  try {
    if (target !== null && request.fromPts !== null) {
      const isDone = yield* afterSeek(runScan({ ...run, target }, signal), request.fromPts)
      if (isDone) return
    }
    yield* runScan({ ...run, target: null }, signal)
  } finally {
    // An unplugged drive looks like the end of the file to ffmpeg. (`throw` replaces whatever went wrong because of it.)
    if (!signal.aborted) requireFile(request.video.path)
  }
}

function requireFile(path: string): void {
  if (!existsSync(path)) throw offline(path)
}
