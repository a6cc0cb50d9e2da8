import type { VideoFacts } from '../../electron/core/facts.ts'
import type { SoundRequest } from '../../electron/core/sound-ports.ts'
import { inputArgument, SAFE_INPUT } from './locate.ts'

export const SOUND_RATE_HZ = 16_000
/** A seek lands this much before what is wanted: decoders of sound need some packets before they give the same as from the beginning. */
const RUN_UP_SECONDS = 1

/** The stream that is heard, where ffmpeg here can decode it. */
export function heardStream({ media: { chosenSound, sounds } }: Pick<VideoFacts, 'media'>): number | null {
  return sounds.find(({ index, isDecodable }) => index === chosenSound && isDecodable)?.index ?? null
}

/** Second 0 of the video on the file's own clock. */
export function firstSeconds({ media: { picture } }: Pick<VideoFacts, 'media'>): number {
  return picture.startPts * picture.timeBase.num / picture.timeBase.den
}

/** Seconds on the file's own clock to jump to; null to begin at the beginning, which may be before the first picture. */
export function soundTarget({ video, fromSeconds }: SoundRequest): number | null {
  const target = fromSeconds - RUN_UP_SECONDS
  return target <= 0 ? null : target + firstSeconds(video)
}

// On a grid of 10 ms the resampler (44.1 kHz: 441 samples in, 160 out) gives the same samples as from the beginning.
function trim(target: number | null, endSeconds: number | null): string[] {
  const start = target === null ? [] : [`start=${(Math.ceil(target * 100) / 100).toFixed(2)}`]
  const end = endSeconds === null ? [] : [`end=${endSeconds.toFixed(6)}`]
  return start.length + end.length === 0 ? [] : [`atrim=${[...start, ...end].join(':')}`]
}

/** Decodes one stream of sound, and nothing else, into 32-bit floats on stdout; the log says when each block of them begins. */
export function soundArguments(request: SoundRequest, stream: number, target: number | null): string[] {
  const { video, toSeconds } = request
  const chain = [
    ...trim(target, toSeconds === null ? null : toSeconds + firstSeconds(video)),
    // Holes and overlaps are left to us: ffmpeg takes 3 GB of memory to fill a hole of an hour (measured here, 2026-11-21).
    `aresample=${SOUND_RATE_HZ}`,
    'aformat=sample_fmts=flt:channel_layouts=mono',
    'ashowinfo@sound',
  ].join(',')
  return [
    '-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+info', '-threads', '1', '-copyts',
    ...(target === null ? [] : ['-noaccurate_seek', '-seek_timestamp', '1', '-ss', target.toFixed(6)]),
    ...SAFE_INPUT, ...inputArgument(video.path),
    '-map', `0:${stream}`, '-vn', '-sn', '-dn', '-af', chain, '-c:a', 'pcm_f32le', '-f', 'f32le', 'pipe:1',
  ]
}
