import { AppError } from '../../electron/core/errors.ts'
import type { CutJob } from '../../electron/core/ports.ts'
import { cutArguments } from './cut-arguments.ts'
import type { FfmpegTools } from './locate.ts'
import type { RunningProcess } from './process.ts'
import { startProcess } from './process.ts'
import { parseReadError, readError } from './read-error.ts'
import { jumpArguments, landedWell, parseComplaint, parseShowinfo, RUN_UPS } from './run-up.ts'

const STALL_MS = 120_000

/** The seconds written so far, from a line of `-progress`; null for any other line. */
export function parseProgress(line: string): number | null {
  const found = /^out_time_us=(\d+)/.exec(line)
  return found === null ? null : Number(found[1]) / 1_000_000
}

export function reportProgress(running: RunningProcess, clipSeconds: number, onProgress: (progress: number) => void): void {
  let rest = ''
  running.stdout.setEncoding('utf8')
  running.stdout.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const seconds = parseProgress(line)
      if (seconds !== null) onProgress(Math.min(1, seconds / clipSeconds))
    }
  })
  running.stdout.resume()
}

/** The error for a run that failed, from the last thing ffmpeg complained about. */
export function cutFailure(job: CutJob, complaints: string[]): AppError {
  const last = complaints.at(-1) ?? 'ffmpeg gave no reason'
  if (complaints.some((line) => line.includes('No space left on device'))) {
    return new AppError('DISK_FULL', { message: 'The disk is full.', hint: 'Free some space or choose another folder.' })
  }
  if (complaints.some((line) => line.includes('No such filter: '))) {
    return new AppError('TOOL_MISSING', { message: `This ffmpeg can not convert "${job.video.path}": ${last}.`, hint: 'Install a full build of ffmpeg (with zimg for HDR).' })
  }
  return new AppError('DECODE_FAILED', { message: `The clip of "${job.video.path}" could not be made: ${last}.`, hint: 'The source may be damaged there.' })
}

export interface CutControl {
  /** Gets 0 to 1. */
  onProgress: (progress: number) => void
  signal: AbortSignal
}

interface CutRun extends CutControl { tools: FfmpegTools, job: CutJob }

/** Gives 'landed badly' when the jump missed, so that another one is to be tried; nothing was written then. */
async function cutAfterJump({ tools, job, onProgress, signal }: CutRun, jump: string[]): Promise<'done' | 'landed badly'> {
  const { timeBase } = job.video.media.picture
  const complaints: string[] = []
  const start: { landed: boolean | null, readError: string | null } = { landed: null, readError: null }
  const running = startProcess({
    program: tools.ffmpeg,
    args: cutArguments(job, jump),
    signal,
    stallMs: STALL_MS,
    onStderrLine: (line) => {
      const picture = start.landed === null ? parseShowinfo(line) : null
      start.readError ??= parseReadError(line, job.video.path)
      const complaint = parseComplaint(line)
      if (complaint !== null && complaints.length < 1000) complaints.push(complaint)
      if (picture === null) return
      start.landed = landedWell(picture, job.firstPts, jump)
      if (!start.landed) running.kill()
    },
  })
  reportProgress(running, (job.endPts - job.startPts) * timeBase.num / timeBase.den, onProgress)
  const code = await running.finished
  if (start.readError !== null) throw readError(job.video.path, start.readError)
  if (start.landed === false || (start.landed === null && jump.includes('-ss'))) return 'landed badly'
  if (code !== 0 || complaints.some((line) => line.includes('No space left on device'))) throw cutFailure(job, complaints)
  return 'done'
}

/**
 * Writes pictures and sound of [startPts, endPts) as H.264 and AAC in an mp4 with its index in front: upright, square
 * pixels, even size, 4:2:0, SDR; every picture at its own time. Throws OFFLINE, DECODE_FAILED, DISK_FULL, TIMED_OUT, TOOL_MISSING.
 */
export async function cutExact(tools: FfmpegTools, job: CutJob, { onProgress, signal }: CutControl): Promise<void> {
  for (const runUp of RUN_UPS) {
    const jump = jumpArguments(job.video.media.picture, job.firstPts, runUp)
    if (await cutAfterJump({ tools, job, onProgress, signal }, jump) === 'done') return
  }
  throw new AppError('DECODE_FAILED', { message: `No picture of "${job.video.path}" could be decoded there.` })
}
