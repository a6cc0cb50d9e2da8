import { existsSync } from 'node:fs'
import type { PictureStream } from '../../electron/core/facts.ts'
import { ptsToSeconds } from '../../electron/core/facts.ts'
import { AppError } from '../../electron/core/errors.ts'
import type { StillPicture, StillRequest } from '../../electron/core/piece-ports.ts'
import { offline } from '../../electron/core/refusals.ts'
import type { FfmpegTools } from './locate.ts'
import { inputArgument, SAFE_INPUT } from './locate.ts'
import { startProcess } from './process.ts'
import { parseReadError, readError } from './read-error.ts'
import { jumpArguments, landedWell, parseShowinfo, RUN_UPS } from './run-up.ts'
import { createJpegStream } from './scan/jpeg-stream.ts'
import { keptPicture } from './scan/picture-filters.ts'
import { canToneMap } from './tone-mapping.ts'

const STALL_MS = 120_000
/** Somebody waits for it: a drive that brings one picture in no less is as good as gone. */
const WALL_MS = 300_000
/** A time that was written with three digits means the picture that it is the beginning of, not the one before. */
const TOLERANCE_SECONDS = 0.0005
/** Only the last pictures before the time are made to JPEG: of a long group of pictures that would be most of the work. */
const WINDOW_SECONDS = 1

/** The tick of the stream's clock at which the wanted picture is on the screen. */
function targetPts(picture: PictureStream, atSeconds: number): number {
  const ticksPerSecond = picture.timeBase.den / picture.timeBase.num
  const wanted = picture.startPts + Math.floor((atSeconds + TOLERANCE_SECONDS) * ticksPerSecond)
  const end = picture.durationPts === null ? Infinity : picture.startPts + picture.durationPts
  return Math.max(picture.startPts, Math.min(wanted, end))
}

interface StillRun {
  tools: FfmpegTools
  request: StillRequest
  targetPts: number
  /** The first picture that is made to JPEG; null for all of them. */
  windowPts: number | null
  jump: string[]
  canToneMap: boolean
}

function stillArguments({ request: { video, longEdge }, targetPts: target, windowPts, jump, canToneMap: toneMap }: StillRun): string[] {
  const { picture } = video.media
  const filters = [
    'showinfo@source=checksum=0', `trim=end_pts=${target + 1}`, ...windowPts === null ? [] : [`select='gte(pts\\,${windowPts})'`],
    ...keptPicture(picture, longEdge, toneMap),
  ]
  return [
    '-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+info', '-threads', '2', ...SAFE_INPUT, ...jump, '-noautorotate', ...inputArgument(video.path),
    '-filter_complex', `[0:${picture.index}]${filters.join(',')}[still]`,
    '-map', '[still]', '-fps_mode', 'passthrough', '-enc_time_base', '1:1000000', '-c:v', 'mjpeg', '-q:v', '2', '-threads', '1', '-f', 'mjpeg', 'pipe:1',
  ]
}

interface Taken { landed: boolean, jpeg: Uint8Array | null, pts: number | null }

/** The last picture that comes out of one run. */
async function take(run: StillRun, signal: AbortSignal): Promise<Taken> {
  const { request: { video }, targetPts: target, jump } = run
  const seen: { landed: boolean | null, jpeg: Uint8Array | null, pts: number | null, readError: string | null } = { landed: null, jpeg: null, pts: null, readError: null }
  const running = startProcess({
    program: run.tools.ffmpeg,
    args: stillArguments(run),
    signal,
    stallMs: STALL_MS,
    wallMs: WALL_MS,
    onStderrLine: (line) => {
      seen.readError ??= parseReadError(line, video.path)
      const picture = parseShowinfo(line)
      if (picture === null) return
      seen.landed ??= landedWell(picture, target, jump)
      if (!seen.landed) running.kill()
      if (picture.pts !== null && picture.pts <= target) seen.pts = picture.pts
    },
  })
  const stream = createJpegStream()
  running.stdout.on('data', (part: Buffer) => { seen.jpeg = stream.push(part).at(-1) ?? seen.jpeg })
  running.stdout.resume()
  await running.finished
  if (seen.jpeg === null && seen.readError !== null) throw readError(video.path, seen.readError)
  return { landed: seen.landed === true, jpeg: seen.jpeg, pts: seen.pts }
}

/**
 * The picture that is on the screen at a time, exact to the picture also where they do not come at a constant rate. Throws OFFLINE when the file is not
 * there, DECODE_FAILED when there is no picture to be had, TIMED_OUT, TOOL_MISSING, the signal's reason when stopped.
 */
export async function stillPicture(tools: FfmpegTools, request: StillRequest, signal: AbortSignal): Promise<StillPicture> {
  signal.throwIfAborted()
  const { video, atSeconds } = request
  const { picture } = video.media
  if (!existsSync(video.path)) throw offline(video.path)
  const toneMap = picture.dynamicRange !== 'sdr' && await canToneMap(tools.ffmpeg)
  const target = targetPts(picture, atSeconds)
  const windowPts = Math.floor(target - WINDOW_SECONDS * picture.timeBase.den / picture.timeBase.num)
  for (const runUp of RUN_UPS) {
    const run = { tools, request, targetPts: target, jump: jumpArguments(picture, target, runUp), canToneMap: toneMap }
    const first = await take({ ...run, windowPts }, signal)
    // A picture may stand for longer than the window.
    const taken = first.landed && first.jpeg === null ? await take({ ...run, windowPts: null }, signal) : first
    if (taken.landed && taken.jpeg !== null && taken.pts !== null) return { jpeg: taken.jpeg, atSeconds: ptsToSeconds(picture, taken.pts) }
  }
  throw new AppError('DECODE_FAILED', { message: `No picture of "${video.path}" could be decoded there.`, hint: 'The video may be damaged there.' })
}
