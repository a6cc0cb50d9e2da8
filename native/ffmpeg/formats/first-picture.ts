import path from 'node:path'
import { AppError } from '../../../electron/core/errors.ts'
import type { CutJob } from '../../../electron/core/ports.ts'
import type { FfmpegTools } from '../locate.ts'
import { inputArgument, SAFE_INPUT } from '../locate.ts'
import { changedPicture } from '../picture-graph.ts'
import { startProcess } from '../process.ts'
import { jumpArguments, landedWell, parseComplaint, parseShowinfo, RUN_UPS } from '../run-up.ts'

const STALL_MS = 120_000

function frameArguments(job: CutJob, jump: string[]): string[] {
  const filters = [...changedPicture(job), 'scale=out_range=full:flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp', 'format=rgb24', 'sidedata=mode=delete:type=DISPLAYMATRIX']
  return [
    '-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+info', '-y', ...SAFE_INPUT, ...jump, '-noautorotate', ...inputArgument(job.video.path),
    '-filter_complex', `${filters.join(',')}[picture]`, '-map', '[picture]', '-fps_mode:v', 'passthrough', '-frames:v', '1',
    '-map_metadata', '-1', '-c:v', 'png', '-f', 'image2pipe', `file:${path.resolve(job.target)}`,
  ]
}

/** Gives null when the jump missed. */
async function writeAfterJump(tools: FfmpegTools, job: CutJob, { jump, signal }: { jump: string[], signal: AbortSignal }): Promise<'done' | 'missed'> {
  const seen: { landed: boolean | null, complaints: string[] } = { landed: null, complaints: [] }
  const running = startProcess({
    program: tools.ffmpeg, args: frameArguments(job, jump), signal, stallMs: STALL_MS,
    onStderrLine: (line) => {
      const picture = parseShowinfo(line)
      const complaint = parseComplaint(line)
      if (complaint !== null) seen.complaints.push(complaint)
      if (picture === null) return
      seen.landed ??= landedWell(picture, job.firstPts, jump)
      if (!seen.landed) running.kill()
    },
  })
  running.stdout.resume()
  const code = await running.finished
  if (!(seen.landed ?? !jump.includes('-ss'))) return 'missed'
  if (seen.complaints.some((line) => line.includes('No space left on device'))) throw new AppError('DISK_FULL', { message: 'The disk is full.', hint: 'Free some space or choose another folder.' })
  if (code === 0) return 'done'
  const last = seen.complaints.at(-1) ?? 'ffmpeg gave no reason'
  throw new AppError('DECODE_FAILED', { message: `The picture of "${job.video.path}" could not be made: ${last}.`, hint: 'The source may be damaged there.' })
}

/** Writes the first picture of a cut as PNG: upright, square pixels, SDR, framed and written on as the cut says. Throws DECODE_FAILED, DISK_FULL, TIMED_OUT, TOOL_MISSING. */
export async function writeFirstPicture(tools: FfmpegTools, job: CutJob, signal: AbortSignal): Promise<void> {
  for (const runUp of RUN_UPS) {
    const jump = jumpArguments(job.video.media.picture, job.firstPts, runUp)
    if (await writeAfterJump(tools, job, { jump, signal }) === 'done') return
  }
  throw new AppError('DECODE_FAILED', { message: `No picture of "${job.video.path}" could be decoded there.` })
}
