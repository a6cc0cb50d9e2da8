import { AppError } from '../../electron/core/errors.ts'
import type { PacketRequest, StoredPacket } from '../../electron/core/ports.ts'
import type { FfmpegTools } from './locate.ts'
import { inputArgument, SAFE_INPUT } from './locate.ts'
import { createPacketQueue } from './packet-queue.ts'
import { startProcess } from './process.ts'
import { brokenOff, createRunEnd } from './run-end.ts'
import { jumpArguments, parseComplaint, RUN_UPS } from './run-up.ts'

const STALL_MS = 120_000

/** Annex B (ITU-T H.264, B.1) whatever the container keeps, with the parameter sets before each IDR or IRAP picture. */
const ANNEX_B: Partial<Record<string, string>> = { h264: 'h264_mp4toannexb', hevc: 'hevc_mp4toannexb' }

// So far below any real time that a made-up dts is never later than its pts: ffmpeg would put another pts in its place.
const NO_DTS = 'setts=pts=PTS:dts=N-1000000000000'

function packetArguments({ video, bytes }: PacketRequest, jump: string[]): string[] {
  const { picture } = video.media
  const annexB = bytes === 'none' ? [] : [ANNEX_B[picture.codec] ?? []].flat()
  const copy = (filters: string[]): string[] => [
    '-map', `0:${picture.index}`, '-c', 'copy', '-copyinkf', '-copypriorss', '1', '-copytb', '1', '-flush_packets', '1',
    ...filters.length === 0 ? [] : ['-bsf:v', filters.join(',')],
  ]
  return [
    '-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+warning', ...SAFE_INPUT, ...jump, ...inputArgument(video.path),
    ...copy([...annexB, NO_DTS]), '-f', 'framecrc', 'pipe:1',
    ...bytes === 'none' ? [] : [...copy(annexB), '-f', 'data', 'pipe:3'],
  ]
}

interface PacketRun { tools: FfmpegTools, request: PacketRequest, jump: string[] }

/** All packets that one run gives, whatever it landed on. */
async function* packetsOfRun({ tools, request, jump }: PacketRun, signal: AbortSignal): AsyncGenerator<StoredPacket> {
  const { video: { path, media }, bytes } = request
  const end = createRunEnd(path, { mayGiveNothing: false })
  let complaint: string | null = null
  const running = startProcess({
    program: tools.ffmpeg, args: packetArguments(request, jump), signal, stallMs: STALL_MS, extraPipes: bytes === 'none' ? 0 : 1,
    onStderrLine: (line) => {
      end.onLine(line)
      complaint ??= parseComplaint(line)
    },
  })
  const queue = createPacketQueue(running, { timeBase: media.picture.timeBase, bytes })
  try {
    yield* queue.packets()
    const code = await running.finished
    if (end.readError !== null || code !== 0) throw brokenOff(code, path, end.readError ?? complaint)
  } finally {
    running.kill()
    await running.finished.catch(() => undefined)
  }
}

/** Gives false where the run landed behind the time, or nowhere. */
async function* landed(run: PacketRun, signal: AbortSignal): AsyncGenerator<StoredPacket, boolean> {
  const { fromPts } = run.request
  let isLanded = false
  for await (const packet of packetsOfRun(run, signal)) {
    if (!isLanded) {
      if (!packet.isKey) continue
      if (run.jump.includes('-ss') && (packet.pts === null || packet.pts > (fromPts ?? -Infinity))) return false
      isLanded = true
    }
    yield packet
  }
  return isLanded
}

/**
 * The packets of the picture stream as they are stored, from a key frame at or before a time (the last one where the container has an index) to the end; who has enough
 * stops asking, and ffmpeg is ended. Nothing is decoded. Throws DECODE_FAILED where the file breaks off or has no key frame, TIMED_OUT, TOOL_MISSING.
 */
export async function* readPackets(tools: FfmpegTools, request: PacketRequest, signal: AbortSignal): AsyncGenerator<StoredPacket> {
  signal.throwIfAborted()
  const { picture } = request.video.media
  for (const runUp of request.fromPts === null ? [null] : RUN_UPS) {
    const jump = jumpArguments(picture, request.fromPts ?? 0, runUp)
    if (yield* landed({ tools, request, jump }, signal)) return
  }
  throw new AppError('DECODE_FAILED', { message: `No key frame of "${request.video.path}" was found there.`, hint: 'The source may be damaged there.' })
}
