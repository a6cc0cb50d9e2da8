import { usualExportChoices } from '../../electron/contract/export-choices.ts'
import type { VideoFacts } from '../../electron/core/facts.ts'
import type { ClipContainer, ClipSound, SoundStartRequest } from '../../electron/core/ports.ts'
import type { FfmpegTools } from './locate.ts'
import { inputArgument, SAFE_INPUT } from './locate.ts'
import { parsePacketLine, parseTimeBaseLine } from './packet-lines.ts'
import { eachLine, startProcess } from './process.ts'
import { readError } from './read-error.ts'
import { createRunEnd } from './run-end.ts'
import { jumpArguments } from './run-up.ts'
import { soundFilters, soundTarget } from './sound-graph.ts'

const STALL_MS = 120_000
const RUN_UP_SECONDS = 0.5

/** The part of the source whose sound goes into a clip of copied pictures. */
export interface SoundOfClip { video: VideoFacts, startPts: number, endPts: number, sound: ClipSound | null, container: ClipContainer }

/**
 * Keeps the packets whose middle lies in the clip, so that the sound begins and ends at most half a block beside the picture, and counts their time from the beginning
 * of the clip. `duration` and `tb` are those of the sound's own clock.
 */
function copiedSound({ video: { media: { picture: { timeBase } } }, startPts, endPts }: Pick<SoundOfClip, 'video' | 'startPts' | 'endPts'>): string[] {
  const seconds = (pts: number): string => (pts * timeBase.num / timeBase.den).toFixed(9)
  const middle = '(pts+duration/2)*tb'
  return [
    '-c:a', 'copy',
    '-bsf:a', `noise=drop=lt(${middle}\\,${seconds(startPts)})+gte(${middle}\\,${seconds(endPts)}),setts=ts=round(TS-${seconds(startPts)}/TB)`,
  ]
}

/**
 * Where the first block begins that `copiedSound` keeps, in seconds from the beginning of the clip; null where it keeps none.
 * Throws OFFLINE, TIMED_OUT, TOOL_MISSING.
 */
export async function soundStart(tools: FfmpegTools, { video, streamIndex, startPts, endPts }: SoundStartRequest, signal: AbortSignal): Promise<number | null> {
  const { picture } = video.media
  const end = createRunEnd(video.path, { mayGiveNothing: true })
  const running = startProcess({
    program: tools.ffmpeg, signal, stallMs: STALL_MS, onStderrLine: (line) => { end.onLine(line) },
    args: [
      '-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+warning', ...SAFE_INPUT, ...jumpArguments(picture, startPts, RUN_UP_SECONDS), ...inputArgument(video.path),
      '-to', (endPts * picture.timeBase.num / picture.timeBase.den).toFixed(6), '-map', `0:${streamIndex}`, '-copypriorss', '1', '-copytb', '1',
      ...copiedSound({ video, startPts, endPts }), '-flush_packets', '1', '-f', 'framecrc', 'pipe:1',
    ],
  })
  let timeBase = { num: 1, den: 1 }
  let startSeconds: number | null = null
  eachLine(running.stdout, (line) => {
    timeBase = parseTimeBaseLine(line) ?? timeBase
    const packet = parsePacketLine(line)
    if (packet === null || packet.pts === null) return
    startSeconds ??= packet.pts * timeBase.num / timeBase.den
    running.kill()
  })
  await running.finished
  if (startSeconds === null && end.readError !== null) throw readError(video.path, end.readError)
  return startSeconds
}

interface SoundArguments { filter: string[], output: string[] }

/** Arguments for the sound out of the input with this number; nothing where the clip has none. */
export function clipSoundArguments(clip: SoundOfClip, input: number): SoundArguments {
  const { sound, video: { media }, container } = clip
  const stream = media.sounds.find(({ index }) => index === sound?.streamIndex)
  if (sound === null || stream === undefined) return { filter: [], output: [] }
  if (sound.how === 'copy') return { filter: [], output: ['-map', `${input}:${stream.index}`, ...copiedSound(clip)] }
  const job = { ...clip, conform: null, gain: null, fades: usualExportChoices.fades }
  const codec = container === 'webm' ? ['-c:a', 'libopus', '-b:a', '160k'] : ['-c:a', 'aac', '-b:a', soundTarget(job, stream).bitRate]
  return { filter: ['-filter_complex', `[${input}:${stream.index}]${soundFilters(job, stream).join(',')}[sound]`], output: ['-map', '[sound]', ...codec] }
}
