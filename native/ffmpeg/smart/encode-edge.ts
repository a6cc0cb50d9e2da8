import { AppError } from '../../../electron/core/errors.ts'
import type { PictureStream } from '../../../electron/core/facts.ts'
import type { EdgeJob, StoredPacket } from '../../../electron/core/ports.ts'
import type { FfmpegTools } from '../locate.ts'
import { inputArgument, SAFE_INPUT } from '../locate.ts'
import { createPacketQueue } from '../packet-queue.ts'
import { startProcess } from '../process.ts'
import { parseReadError, readError } from '../read-error.ts'
import { jumpArguments, landedWell, parseComplaint, parseShowinfo, RUN_UPS } from '../run-up.ts'
import { edgeEncoderArguments } from './edge-encoder.ts'

const STALL_MS = 120_000

function rateOf({ gridRate, frameRate }: PictureStream): { num: number, den: number } {
  return gridRate ?? { num: Math.round((frameRate ?? 25) * 1000), den: 1000 }
}

function edgeArguments(job: EdgeJob, jump: string[]): string[] {
  const { video: { path, media: { picture } }, firstPts, endPts } = job
  const { num, den } = picture.timeBase
  // MPEG-2 knows no clock but the rate of its pictures: they are counted, and get their times back.
  const clock = picture.codec === 'mpeg2video' ? { num: rateOf(picture).den, den: rateOf(picture).num, count: ',setpts=N' } : { num, den, count: '' }
  return [
    '-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+info', ...SAFE_INPUT, ...jump, '-noautorotate', ...inputArgument(path),
    '-filter_complex', `[0:${picture.index}]showinfo@source=checksum=0,settb=${num}/${den},trim=start_pts=${firstPts}:end_pts=${endPts},settb=${clock.num}/${clock.den}${clock.count}[edge]`,
    '-map', '[edge]', '-fps_mode:v', 'passthrough', '-enc_time_base:v', `${clock.num}:${clock.den}`, ...edgeEncoderArguments(job),
    // One encoder, its packets as a list and as bytes.
    '-flush_packets', '1', '-f', 'tee', '[f=framecrc]pipe:1|[f=data]pipe:3',
  ]
}

/** Gives null when the jump missed. */
async function encodeAfterJump(tools: FfmpegTools, job: EdgeJob, { jump, signal }: { jump: string[], signal: AbortSignal }): Promise<StoredPacket[] | null> {
  const { video: { path, media }, firstPts, endPts } = job
  const shown: number[] = []
  const seen: { landed: boolean | null, readError: string | null, complaint: string | null } = { landed: null, readError: null, complaint: null }
  const running = startProcess({
    program: tools.ffmpeg, args: edgeArguments(job, jump), signal, stallMs: STALL_MS, extraPipes: 1,
    onStderrLine: (line) => {
      const picture = parseShowinfo(line)
      seen.readError ??= parseReadError(line, path)
      seen.complaint = parseComplaint(line) ?? seen.complaint
      if (picture === null) return
      seen.landed ??= landedWell(picture, firstPts, jump)
      if (!seen.landed) running.kill()
      if (picture.pts !== null && picture.pts >= firstPts && picture.pts < endPts) shown.push(picture.pts)
    },
  })
  const packets: StoredPacket[] = []
  for await (const packet of createPacketQueue(running, { timeBase: media.picture.timeBase, bytes: 'all' }).packets()) packets.push(packet)
  const code = await running.finished
  if (seen.readError !== null) throw readError(path, seen.readError)
  if (seen.landed === false || (seen.landed === null && jump.includes('-ss'))) return null
  if (code !== 0) throw new AppError('DECODE_FAILED', { message: `The edge of a clip of "${path}" could not be encoded: ${seen.complaint ?? 'ffmpeg gave no reason'}.`, hint: 'Use --mode exact.' })
  // One after the other, as they were shown: no clock on the way can have rounded them.
  return packets.map((packet, index) => ({ ...packet, pts: shown[index] ?? null }))
}

/** Encodes the pictures of an edge. Their packets come in the order they are shown, the first one a key frame. Throws OFFLINE, DECODE_FAILED, TIMED_OUT, TOOL_MISSING. */
export async function encodeEdge(tools: FfmpegTools, job: EdgeJob, signal: AbortSignal): Promise<StoredPacket[]> {
  for (const runUp of RUN_UPS) {
    const packets = await encodeAfterJump(tools, job, { jump: jumpArguments(job.video.media.picture, job.firstPts, runUp), signal })
    if (packets !== null) return packets
  }
  throw new AppError('DECODE_FAILED', { message: `No picture of "${job.video.path}" could be decoded there.`, hint: 'The source may be damaged there.' })
}
