import { AppError } from '../../electron/core/errors.ts'
import type { ProxyJob } from '../../electron/core/piece-ports.ts'
import { reportProgress } from './cut.ts'
import type { CutControl } from './cut.ts'
import type { FfmpegTools } from './locate.ts'
import { startProcess } from './process.ts'
import { proxyArguments, usualTiming } from './proxy-arguments.ts'
import type { Timing } from './proxy-arguments.ts'
import { parseReadError, readError } from './read-error.ts'
import { jumpArguments, landedWell, parseComplaint, parseShowinfo, RUN_UPS } from './run-up.ts'

const STALL_MS = 60_000

function failure({ video }: ProxyJob, complaints: string[]): AppError {
  if (complaints.some((line) => line.includes('No space left on device'))) {
    return new AppError('DISK_FULL', { message: 'The disk of the library is full.', hint: 'Free some space: what is made for playing is kept there.' })
  }
  if (complaints.some((line) => line.includes('No such filter: ') || line.includes('Unknown encoder'))) {
    return new AppError('TOOL_MISSING', { message: `This ffmpeg can not convert "${video.path}": ${complaints.at(-1) ?? ''}.`, hint: 'Install a full build of ffmpeg (with x264, and zimg for HDR).' })
  }
  return new AppError('DECODE_FAILED', { message: `"${video.path}" can not be shown there: ${complaints.at(-1) ?? 'it has no picture'}.`, hint: 'The video may be damaged there.' })
}

interface Run extends CutControl { tools: FfmpegTools, job: ProxyJob }

type Outcome = 'done' | 'landed badly' | 'no picture'

async function makeAfterJump({ tools, job, onProgress, signal }: Run, how: { jump: string[], timing: Timing }): Promise<Outcome> {
  const { picture } = job.video.media
  const complaints: string[] = []
  const start: { landed: boolean | null, readError: string | null, written: boolean } = { landed: null, readError: null, written: false }
  const wantedPts = picture.startPts + Math.round(job.start * picture.timeBase.den / picture.timeBase.num)
  const running = startProcess({
    program: tools.ffmpeg,
    args: proxyArguments(job, how),
    signal,
    stallMs: STALL_MS,
    onStderrLine: (line) => {
      const shown = start.landed === null ? parseShowinfo(line) : null
      start.readError ??= parseReadError(line, job.video.path)
      const complaint = parseComplaint(line)
      if (complaint !== null && complaints.length < 1000) complaints.push(complaint)
      if (/^\[libx264 @ [^\]]*\] \[info\] frame I:/.test(line)) start.written = true
      if (shown === null) return
      start.landed = landedWell(shown, wantedPts, how.jump)
      if (!start.landed) running.kill()
    },
  })
  reportProgress(running, job.end - job.start, onProgress)
  const code = await running.finished
  if (start.readError !== null) throw readError(job.video.path, start.readError)
  if (start.landed === false || (start.landed === null && how.jump.includes('-ss'))) return 'landed badly'
  if (code === 0 && !start.written) return 'no picture'
  if (code !== 0 || complaints.some((line) => line.includes('No space left on device'))) throw failure(job, complaints)
  return 'done'
}

/**
 * Writes [start, end) of a video as a fragmented mp4 that browsers play (H.264, AAC): upright, square pixels, SDR, its own
 * times beginning at 0. Pieces that follow each other play without a seam. Throws OFFLINE, DECODE_FAILED, DISK_FULL,
 * TIMED_OUT, TOOL_MISSING.
 */
export async function makeProxyPiece(tools: FfmpegTools, job: ProxyJob, { onProgress, signal }: CutControl): Promise<void> {
  const { picture } = job.video.media
  const wantedPts = picture.startPts + Math.round(job.start * picture.timeBase.den / picture.timeBase.num)
  let timing = usualTiming(picture)
  for (const runUp of RUN_UPS) {
    const jump = jumpArguments(picture, wantedPts, runUp)
    let outcome = await makeAfterJump({ tools, job, onProgress, signal }, { jump, timing })
    if (outcome === 'no picture' && timing === 'as-they-come') {
      // A hole in the pictures: the one before it is shown.
      timing = 'steady'
      outcome = await makeAfterJump({ tools, job, onProgress, signal }, { jump, timing })
    }
    if (outcome === 'done') return
    if (outcome === 'no picture') throw failure(job, [])
  }
  throw failure(job, [])
}
