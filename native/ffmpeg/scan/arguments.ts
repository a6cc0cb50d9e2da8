import type { ScanRequest } from '../../../electron/core/ports.ts'
import { inputArgument, SAFE_INPUT } from '../locate.ts'
import { candidateChain, rateLimit, smallFrameChain } from './picture-filters.ts'

export const SOUND_RATE_HZ = 16_000
/** Samples in one line of ashowinfo, and in one event: a second. Shorter ones cost more than they tell (measured 2026-11-21). */
export const SOUND_BLOCK = 16_000
/** A seek lands this much before what is wanted, so that pictures an open GOP leaves broken come before it too. */
const SEEK_MARGIN_SECONDS = 1

/** Seconds on the file's own clock to seek to; null to begin at the beginning. */
export function seekTarget(request: ScanRequest): number | null {
  const { picture } = request.video.media
  if (request.fromPts === null) return null
  const tick = picture.timeBase.num / picture.timeBase.den
  const target = request.fromPts * tick - SEEK_MARGIN_SECONDS
  return target <= picture.startPts * tick ? null : target
}

// Seeks by the file's own clock (relative ones count from whichever stream starts first) and cuts nothing off: the
// caller sees by the first pts where the seek landed.
function seekArguments(target: number | null): string[] {
  return target === null ? [] : ['-noaccurate_seek', '-seek_timestamp', '1', '-ss', target.toFixed(6)]
}

// On a grid of 10 ms the resampler (44.1 kHz: 441 samples in, 160 out) gives the same samples as from the beginning.
function soundChain(target: number | null): string {
  const from = target === null ? [] : [`atrim=start=${(Math.ceil(target * 100) / 100).toFixed(2)}`]
  return [
    ...from,
    `aresample=${SOUND_RATE_HZ}:async=1:min_hard_comp=0.02`,
    'aformat=sample_fmts=s16:channel_layouts=mono',
    `asetnsamples=n=${SOUND_BLOCK}:p=0`,
    'ashowinfo@sound',
  ].join(',')
}

// The best for one decoder on two cores (measured 2026-11-21); with more of them nobody has measured yet.
const MOST_THREADS = 2

export interface ScanArguments {
  args: string[]
  hasSound: boolean
}

/**
 * One decode with up to three outputs: small frames on stdout, candidates on pipe 3, sound on pipe 4.
 * All times stay in the streams' own time bases (-copyts); the pictures are turned by us, after they are small.
 */
export function scanArguments(request: ScanRequest, target: number | null, canToneMap: boolean): ScanArguments {
  const { picture, chosenSound } = request.video.media
  const hasSound = request.withSound && chosenSound !== null
  const graph = [
    `[0:${picture.index}]${[...rateLimit(picture), 'split'].join(',')}[a][b]`,
    `[a]${smallFrameChain(request, canToneMap)}[small]`,
    `[b]${candidateChain(request, canToneMap)}[candidate]`,
  ].join(';')
  // Its own time base: by default the encoder's is the frame rate, and two pictures in one tick are an error.
  const asTheyCome = ['-fps_mode', 'passthrough', '-enc_time_base', '1:1000000']
  const sound = hasSound
    ? ['-map', `0:${chosenSound}`, '-af', soundChain(target), '-c:a', 'pcm_s16le', '-f', 's16le', 'pipe:4']
    : []
  return {
    hasSound,
    args: [
      '-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+info', '-y',
      // More than one thread for 48x27 pixels only wakes them up; two decode best on two cores.
      '-filter_complex_threads', '1', '-threads', String(Math.min(MOST_THREADS, request.threads ?? MOST_THREADS)),
      '-copyts', ...seekArguments(target), '-noautorotate',
      ...(request.keyFramesOnly ? ['-skip_frame', 'nokey'] : []),
      ...SAFE_INPUT, ...inputArgument(request.video.path),
      '-filter_complex', graph,
      // 32 kB in one write, eight pictures: half the wake-ups, here and there.
      '-map', '[small]', ...asTheyCome, '-c:v', 'rawvideo', '-flush_packets', '0', '-f', 'rawvideo', 'pipe:1',
      '-map', '[candidate]', ...asTheyCome, '-c:v', 'mjpeg', '-q:v', '2', '-threads', '1', '-f', 'mjpeg', 'pipe:3',
      ...sound,
    ],
  }
}
