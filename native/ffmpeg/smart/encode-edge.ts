import { AppError } from '../../../electron/core/errors.ts'
import type { EdgeJob, StoredPacket } from '../../../electron/core/ports.ts'
import type { FfmpegTools } from '../locate.ts'
import { inputArgument, SAFE_INPUT } from '../locate.ts'
import { createPacketQueue } from '../packet-queue.ts'
import { startProcess } from '../process.ts'
import { parseReadError, readError } from '../read-error.ts'
import { jumpArguments, landedWell, parseComplaint, parseShowinfo, RUN_UPS } from '../run-up.ts'
import { edgeEncoderArguments } from './edge-encoder.ts'

const STALL_MS = 120_000

function edgeArguments(job: EdgeJob, jump: string[]): string[] {
  const { video: { path, media: { picture } }, firstPts, endPts } = job
  const { num, den } = picture.timeBase
  return [
    '-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+info', ...SAFE_INPUT, ...jump, '-noautorotate', ...inputArgument(path),
    '-filter_complex', `[0:${picture.index}]showinfo@source=checksum=0,settb=${num}/${den},trim=start_pts=${firstPts}:end_pts=${endPts}[edge]`,
    '-map', '[edge]', '-fps_mode:v', 'passthrough', '-enc_time_base:v', `${num}:${den}`, ...edgeEncoderArguments(job),
    // One encoder, its packets as a list and as bytes.
    '-flush_packets', '1', '-f', 'tee', '[f=framecrc]pipe:1|[f=data]pipe:3',
  ]
}

/** Gives null when the jump missed. */
async function encodeAfterJump(tools: FfmpegTools, job: EdgeJob, { jump, signal }: { jump: string[], signal: AbortSignal }): Promise<StoredPacket[] | null> {
  const { video: { path, media }, firstPts } = job
  const seen: { landed: boolean | null, readError: string | null, complaint: string | null } = { landed: null, readError: null, complaint: null }
  const running = startProcess({
    program: tools.ffmpeg, args: edgeArguments(job, jump), signal, stallMs: STALL_MS, extraPipes: 1,
    onStderrLine: (line) => {
      const picture = seen.landed === null ? parseShowinfo(line) : null
      seen.readError ??= parseReadError(line, path)
      seen.complaint = parseComplaint(line) ?? seen.complaint
      if (picture === null) return
      seen.landed = landedWell(picture, firstPts, jump)
      if (!seen.landed) running.kill()
    },
  })
  const packets: StoredPacket[] = []
  for await (const packet of createPacketQueue(running, { timeBase: media.picture.timeBase, bytes: 'all' }).packets()) packets.push(packet)
  const code = await running.finished
  if (seen.readError !== null) throw readError(path, seen.readError)
  if (seen.landed === false || (seen.landed === null && jump.includes('-ss'))) return null
  if (code !== 0) throw new AppError('DECODE_FAILED', { message: `The edge of a clip of "${path}" could not be encoded: ${seen.complaint ?? 'ffmpeg gave no reason'}.`, hint: 'Use --mode exact.' })
  return packets
}

/** Encodes the pictures of an edge. Their packets come in the order they are shown, the first one a key frame. Throws OFFLINE, DECODE_FAILED, TIMED_OUT, TOOL_MISSING. */
export async function encodeEdge(tools: FfmpegTools, job: EdgeJob, signal: AbortSignal): Promise<StoredPacket[]> {
  for (const runUp of RUN_UPS) {
    const packets = await encodeAfterJump(tools, job, { jump: jumpArguments(job.video.media.picture, job.firstPts, runUp), signal })
    if (packets !== null) return packets
  }
  throw new AppError('DECODE_FAILED', { message: `No picture of "${job.video.path}" could be decoded there.`, hint: 'The source may be damaged there.' })
}
