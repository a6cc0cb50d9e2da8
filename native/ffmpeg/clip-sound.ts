import { usualExportChoices } from '../../electron/contract/export-choices.ts'
import type { PictureStream, VideoFacts } from '../../electron/core/facts.ts'
import type { ClipContainer, ClipSound, SoundPackets, SoundPacketsRequest } from '../../electron/core/ports.ts'
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
 * Keeps the packets whose middle lies behind the beginning of the clip, which is time 0 (`-itsoffset`): the sound begins at most half a block beside the
 * picture. No expression here may name a number of seconds: what ffmpeg 5.1 gives as `tb` is not the clock of `pts` where the file that is written has
 * another one (found 2026-11-21 with a transport stream).
 */
const FROM_ZERO = 'noise=drop=lt(pts+duration/2\\,0)'

/** Input options that make `startPts` time 0. */
export function zeroAt({ timeBase }: PictureStream, startPts: number): string[] {
  return ['-itsoffset', (-startPts * timeBase.num / timeBase.den).toFixed(6)]
}

/** A second run with the same arguments begins with the same packet. */
function soundInput({ path, media: { picture } }: VideoFacts, startPts: number): string[] {
  return [...SAFE_INPUT, ...jumpArguments(picture, startPts, RUN_UP_SECONDS), ...zeroAt(picture, startPts), ...inputArgument(path)]
}

/**
 * The blocks of sound that a copied clip of the span gets: those whose middle lies in it. Null where there are none.
 * Throws OFFLINE, TIMED_OUT, TOOL_MISSING.
 */
export async function soundPackets(tools: FfmpegTools, { video, streamIndex, startPts, endPts }: SoundPacketsRequest, signal: AbortSignal): Promise<SoundPackets | null> {
  const { timeBase } = video.media.picture
  const seconds = (endPts - startPts) * timeBase.num / timeBase.den
  const end = createRunEnd(video.path, { mayGiveNothing: true })
  const found = { clock: { num: 1, den: 1 }, starts: [] as number[], blockSeconds: 0 }
  const running = startProcess({
    program: tools.ffmpeg, signal, stallMs: STALL_MS, onStderrLine: (line) => { end.onLine(line) },
    args: [
      '-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+warning', ...soundInput(video, startPts), '-to', (seconds + 1).toFixed(6),
      '-map', `0:${streamIndex}`, '-c:a', 'copy', '-copypriorss', '1', '-bsf:a', FROM_ZERO, '-f', 'framecrc', 'pipe:1',
    ],
  })
  eachLine(running.stdout, (line) => {
    found.clock = parseTimeBaseLine(line) ?? found.clock
    const packet = parsePacketLine(line)
    if (packet === null || packet.pts === null) return
    const at = (ticks: number): number => ticks * found.clock.num / found.clock.den
    if (at(packet.pts + packet.durationPts / 2) >= seconds) return
    if (found.starts.length === 0) found.blockSeconds = at(packet.durationPts)
    found.starts.push(at(packet.pts))
  })
  await running.finished
  if (end.readError !== null) throw readError(video.path, end.readError)
  const [startSeconds] = found.starts
  return startSeconds === undefined ? null : { startSeconds, blockSeconds: found.blockSeconds, packets: found.starts.length }
}

interface SoundArguments { filter: string[], output: string[] }

/** Arguments for the sound out of the input with this number; nothing where the clip has none. */
export function clipSoundArguments(clip: SoundOfClip, input: number): SoundArguments {
  const { sound, video: { media }, container } = clip
  const stream = media.sounds.find(({ index }) => index === sound?.streamIndex)
  if (sound === null || stream === undefined) return { filter: [], output: [] }
  if (sound.how === 'copy') {
    return { filter: [], output: ['-map', `${input}:${stream.index}`, '-c:a', 'copy', '-copypriorss', '1', '-bsf:a', `${FROM_ZERO},noise=drop=gte(n\\,${sound.packets})`] }
  }
  const job = { ...clip, conform: null, gain: null, fades: usualExportChoices.fades }
  const codec = container === 'webm' ? ['-c:a', 'libopus', '-b:a', '160k'] : ['-c:a', 'aac', '-b:a', soundTarget(job, stream).bitRate]
  return { filter: ['-filter_complex', `[${input}:${stream.index}]${soundFilters(job, stream).join(',')}[sound]`], output: ['-map', '[sound]', ...codec] }
}
