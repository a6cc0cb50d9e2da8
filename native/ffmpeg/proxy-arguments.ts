import path from 'node:path'
import type { PictureStream, SoundStream } from '../../electron/core/facts.ts'
import type { ProxyJob } from '../../electron/core/piece-ports.ts'
import { colourArguments, isRgb, outputColour } from './output-colour.ts'
import { soundToKeep } from './sound-graph.ts'
import { inputArgument, SAFE_INPUT } from './locate.ts'
import { sdrFilters, uprightFilters } from './shown-picture.ts'

/** Ticks a second of the pictures of a proxy, and samples a second of its sound. */
const TICKS = 90_000
const RATE_HZ = 48_000
/** Samples in a packet of AAC. */
const PACKET = 1024
// The coder gets more sound than is kept, on both sides: where sound begins and ends out of nothing it changes its windows,
// and packets from two runs would not add up at the joint (measured 2026-11-21: a click with 2 and 0 packets).
const LEAD_PACKETS = 8
const TAIL_PACKETS = 4

const FASTEST_FRAME_RATE = 60

/** How the pictures are timed: `as-they-come` keeps each picture's time, `steady` repeats and drops them to a constant rate. */
export type Timing = 'as-they-come' | 'steady'

/** A rate that is not constant may leave a piece without any picture of its own; a browser gains nothing from more than 60 a second. */
export function usualTiming({ isVariableRate, frameRate }: PictureStream): Timing {
  return isVariableRate || frameRate === null || frameRate > FASTEST_FRAME_RATE * 1.01 ? 'steady' : 'as-they-come'
}

const startSeconds = ({ startPts, timeBase }: PictureStream): number => startPts * timeBase.num / timeBase.den

/** Even sizes with square pixels, upright, within the box whichever way it is turned; as the picture lies in the file. */
function proxySize(picture: PictureStream, box: ProxyJob['box']): { width: number, height: number } {
  const { num, den } = picture.sampleAspect
  const aspect = num > 0 && den > 0 ? num / den : 1
  const [width, height] = aspect > 1 ? [picture.width * aspect, picture.height] : [picture.width, picture.height / aspect]
  const shrink = Math.min(1, box.longEdge / Math.max(width, height), box.shortEdge / Math.min(width, height))
  const even = (size: number): number => Math.max(2, Math.round(size * shrink / 2) * 2)
  return { width: even(width), height: even(height) }
}

function steadyRate({ frameRate }: PictureStream): number {
  return frameRate !== null && frameRate > 31 ? FASTEST_FRAME_RATE : 30
}

function timingFilters({ video, start, end }: ProxyJob, timing: Timing): string[] {
  const { picture } = video.media
  const zero = startSeconds(picture)
  const [from, to] = [zero + start, zero + end]
  if (timing === 'steady') {
    return [
      `fps=fps=${steadyRate(picture)}:start_time=${from.toFixed(6)}`,
      // The last picture stays: what comes after it may come much later, or not at all.
      `tpad=stop_mode=clone:stop_duration=${(end - start).toFixed(6)}`,
      `trim=start=${from.toFixed(6)}:end=${to.toFixed(6)}`, `settb=1/${TICKS}`, 'setpts=PTS-STARTPTS',
    ]
  }
  // The first picture comes a part of its time too early rather than leave a hole that a player stops at.
  return [
    `trim=start_pts=${Math.round(from * picture.timeBase.den / picture.timeBase.num)}:end_pts=${Math.round(to * picture.timeBase.den / picture.timeBase.num)}`,
    `settb=1/${TICKS}`, `setpts=if(eq(N\\,0)\\,0\\,PTS-${Math.round(from * TICKS)})`,
  ]
}

function pictureGraph(job: ProxyJob, timing: Timing): string {
  const { picture } = job.video.media
  const { width, height } = proxySize(picture, job.box)
  return [
    `[0:${picture.index}]showinfo@source=checksum=0`,
    `settb=${picture.timeBase.num}/${picture.timeBase.den}`,
    ...timingFilters(job, timing),
    // Small first: all that follows costs by the pixel.
    `scale=${width}:${height}:flags=bilinear`, 'setsar=1',
    ...uprightFilters(picture),
    ...sdrFilters(picture),
    `scale=out_range=limited${isRgb(picture) ? ':out_color_matrix=bt709' : ''}:flags=bilinear`,
    'format=yuv420p', 'sidedata=mode=delete:type=DISPLAYMATRIX[picture]',
  ].join(',')
}

interface SoundGrid {
  /** Counted from the first sample of the piece: the first packet of the piece begins here, 0 to 1023. */
  firstOffset: number
  /** From the first picture of the video: what the coder gets. */
  from: number
  to: number
  keptPackets: number
}

/**
 * Packets of all pieces lie on one grid that begins with the video, each packet belongs to the piece in which it begins: so
 * they follow each other over the joints as if they came out of one coder, without a gap, an overlap or a click.
 */
function soundGrid({ start, end }: ProxyJob): SoundGrid {
  const packetAt = (seconds: number): number => Math.ceil(Math.round(seconds * RATE_HZ) / PACKET)
  const first = packetAt(start)
  const behind = packetAt(end)
  return {
    firstOffset: first * PACKET - Math.round(start * RATE_HZ), keptPackets: behind - first,
    from: (first - LEAD_PACKETS) * PACKET, to: (behind + TAIL_PACKETS) * PACKET,
  }
}

function soundGraph(job: ProxyJob, sound: SoundStream): string {
  const { from, to } = soundGrid(job)
  const zero = Math.round(startSeconds(job.video.media.picture) * RATE_HZ)
  return [
    `[0:${sound.index}]atrim=start=${((zero + from) / RATE_HZ - 0.25).toFixed(6)}`,
    `aresample=${RATE_HZ}`,
    `aresample=${RATE_HZ}:async=1:min_hard_comp=0.02:first_pts=${zero + from}`,
    'aformat=sample_fmts=fltp:channel_layouts=stereo',
    `atrim=start_pts=${zero + from}:end_pts=${zero + to}`,
    `apad=whole_len=${to - from}`,
    'asetpts=N[sound]',
  ].join(',')
}

function soundOutput(job: ProxyJob): string[] {
  const { firstOffset, keptPackets } = soundGrid(job)
  const lead = LEAD_PACKETS * PACKET
  return [
    '-map', '[sound]', '-c:a', 'aac', '-b:a', '128k',
    '-bsf:a', `noise=drop=lt(pts\\,${lead})+gte(pts\\,${lead + keptPackets * PACKET}),setts=ts=TS+${firstOffset - lead}`,
  ]
}

/** All arguments of the run that writes a piece; `jump` are the input options that say where to start reading. */
export function proxyArguments(job: ProxyJob, { jump, timing }: { jump: string[], timing: Timing }): string[] {
  const { media, path: source } = job.video
  const sound = soundToKeep(job)
  const rate = timing === 'steady' ? steadyRate(media.picture) : media.picture.frameRate ?? 25
  const lastTick = Math.round((job.end - job.start) * TICKS)
  const { range: _, ...colour } = outputColour(media.picture)
  return [
    '-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+info', '-progress', 'pipe:1', '-stats_period', '0.2', '-y',
    ...SAFE_INPUT, ...jump, '-noautorotate', ...(job.threads === null ? [] : ['-threads', String(job.threads)]), ...inputArgument(source),
    '-filter_complex', `${pictureGraph(job, timing)}${sound === null ? `;[0:${media.picture.index}]nullsink` : `;${soundGraph(job, sound)}`}`,
    '-map', '[picture]', '-fps_mode:v', 'passthrough', '-enc_time_base:v', `1:${TICKS}`, '-video_track_timescale', String(TICKS),
    // One key frame, at the start; without B-frames packets come in the order they are shown.
    '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-bf', '0', '-g', '100000', '-sc_threshold', '0',
    '-profile:v', 'high', '-level', '4.0', '-x264-params', `fps=${Math.round(rate * 1000)}/1000`,
    ...(job.threads === null ? [] : ['-threads', String(job.threads)]),
    ...colourArguments({ ...colour, range: 'tv' }),
    // The muxer takes the time to the next picture; the last one lasts to the end of the piece.
    '-bsf:v', `setts=pts=PTS:dts=DTS:duration=max(1\\,${lastTick}-PTS)`,
    ...(sound === null ? [] : soundOutput(job)),
    '-map_metadata', '-1', '-map_chapters', '-1',
    // Without the mark of a jump the muxer would begin each track at 0.
    '-movflags', '+empty_moov+default_base_moof+frag_keyframe+frag_discont', '-use_editlist', '1', '-f', 'mp4', `file:${path.resolve(job.target)}`,
  ]
}
