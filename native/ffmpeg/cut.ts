import { AppError } from '../../electron/core/errors.ts'
import type { CutJob, CutReport } from '../../electron/core/ports.ts'
import { clipSeconds } from './clip-clock.ts'
import { cutArguments, soundOfCut } from './cut-arguments.ts'
import { eachPiece } from './each-piece.ts'
import { FedPictures } from './fed-pictures.ts'
import type { FfmpegTools } from './locate.ts'
import type { RunningProcess } from './process.ts'
import { startProcess } from './process.ts'
import { parseReadError, readError } from './read-error.ts'
import { jumpArguments, landedWell, parseComplaint, parseShowinfo, RUN_UPS } from './run-up.ts'
import { SMALL_PICTURE_BYTES } from './small-picture.ts'
import { listenForPeak } from './sound-peak.ts'
import type { VideoEncoder } from './video-encoder.ts'
import { chooseEncoder } from './video-encoder.ts'

const STALL_MS = 120_000

/** The seconds written so far, from a line of `-progress`; null for any other line. */
export function parseProgress(line: string): number | null {
  const found = /^out_time_us=(\d+)/.exec(line)
  return found === null ? null : Number(found[1]) / 1_000_000
}

/** The pictures written so far, from a line of `-progress`; null for any other line. */
export function parseFrames(line: string): number | null {
  const found = /^frame=\s*(\d+)/.exec(line)
  return found === null ? null : Number(found[1])
}

export function reportProgress(running: RunningProcess, clipSeconds: number, onProgress: (progress: number, frames: number) => void): void {
  let rest = ''
  let frames = 0
  running.stdout.setEncoding('utf8')
  running.stdout.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      frames = parseFrames(line) ?? frames
      const seconds = parseProgress(line)
      if (seconds !== null) onProgress(Math.min(1, seconds / clipSeconds), frames)
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
  /** Gets 0 to 1, and how many pictures are written. */
  onProgress: (progress: number, frames: number) => void
  signal: AbortSignal
}

interface CutRun extends CutControl { tools: FfmpegTools, job: CutJob, encoder: VideoEncoder }

function hasFailed(code: number, complaints: readonly string[]): boolean {
  return code !== 0 || complaints.some((line) => line.includes('No space left on device'))
}

/** Gives null when the jump missed, so that another one is to be tried; nothing was written then. */
async function cutAfterJump({ tools, job, encoder, onProgress, signal }: CutRun, jump: string[]): Promise<CutReport | null> {
  const complaints: string[] = []
  const fed = new FedPictures(job)
  const start: { landed: boolean | null, readError: string | null } = { landed: null, readError: null }
  const running = startProcess({
    program: tools.ffmpeg,
    args: cutArguments(job, { jump, encoder }),
    signal,
    stallMs: STALL_MS,
    extraPipes: soundOfCut(job) === null ? 1 : 2,
    onStderrLine: (line) => {
      const picture = parseShowinfo(line)
      start.readError ??= parseReadError(line, job.video.path)
      const complaint = parseComplaint(line)
      if (complaint !== null && complaints.length < 1000) complaints.push(complaint)
      if (picture === null) return
      start.landed ??= landedWell(picture, job.firstPts, jump)
      if (start.landed) fed.decoded(picture)
      else running.kill()
    },
  })
  const [seen, heard] = running.pipes
  if (seen !== undefined) eachPiece(seen, SMALL_PICTURE_BYTES, (pixels) => { fed.handedOver(pixels) })
  const peak = heard === undefined ? null : listenForPeak(heard)
  reportProgress(running, clipSeconds(job), onProgress)
  const code = await running.finished
  if (start.readError !== null) throw readError(job.video.path, start.readError)
  if (!(start.landed ?? !jump.includes('-ss'))) return null
  if (hasFailed(code, complaints)) throw cutFailure(job, complaints)
  return { ...fed.report(), soundPeak: peak === null ? null : peak.loudest(), encoder: encoder.name }
}

/**
 * Writes pictures and sound of [startPts, endPts) as H.264 and AAC in an mp4 with its index in front: upright, square
 * pixels, even size, 4:2:0, SDR; every picture at its own time. Gives what it handed to the encoder. Throws OFFLINE, DECODE_FAILED, DISK_FULL, TIMED_OUT, TOOL_MISSING.
 */
export async function cutExact(tools: FfmpegTools, job: CutJob, { onProgress, signal }: CutControl): Promise<CutReport> {
  const encoder = await chooseEncoder(tools, job.encoding)
  for (const runUp of RUN_UPS) {
    const jump = jumpArguments(job.video.media.picture, job.firstPts, runUp)
    const report = await cutAfterJump({ tools, job, encoder, onProgress, signal }, jump)
    if (report !== null) return report
  }
  throw new AppError('DECODE_FAILED', { message: `No picture of "${job.video.path}" could be decoded there.` })
}
