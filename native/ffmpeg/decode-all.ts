import { AppError } from '../../electron/core/errors.ts'
import type { DecodedFile, DecodeRequest } from '../../electron/core/ports.ts'
import { EdgePictures } from './edge-pictures.ts'
import type { FfmpegTools } from './locate.ts'
import { inputArgument, SAFE_INPUT } from './locate.ts'
import { eachPiece } from './each-piece.ts'
import type { RunningProcess } from './process.ts'
import { startProcess } from './process.ts'
import { parseReadError, readError } from './read-error.ts'
import { jumpArguments, landedWell, parseComplaint, parseShowinfo, RUN_UPS } from './run-up.ts'
import { listenForPeak } from './sound-peak.ts'
import { isTurnedAside, sdrFilters, uprightFilters } from './shown-picture.ts'
import { SMALL_PICTURE, SMALL_PICTURE_BYTES, Traces } from './small-picture.ts'

const STALL_MS = 120_000
const COMPLAINT_LIMIT = 100

/** Stream index of the sound to decode; null for none. */
function soundOf({ withSound, video: { media } }: DecodeRequest): number | null {
  const heard = media.sounds.find((sound) => sound.index === media.chosenSound && sound.isDecodable)
  return withSound && heard !== undefined ? heard.index : null
}

function soundGraph(request: DecodeRequest): string {
  const { timeBase } = request.video.media.picture
  const seconds = (pts: number): string => (pts * timeBase.num / timeBase.den).toFixed(6)
  const { span } = request
  const trim = span === null ? '' : `atrim=start=${seconds(span.startPts)}:end=${seconds(span.endPts)},`
  return `;[0:${String(soundOf(request))}]${trim}ashowinfo@sound,aresample=8000,aformat=sample_fmts=s16:channel_layouts=mono[sound]`
}

function decodeArguments(request: DecodeRequest, jump: string[]): string[] {
  const { picture } = request.video.media
  const [width, height] = isTurnedAside(picture) ? [SMALL_PICTURE.height, SMALL_PICTURE.width] : [SMALL_PICTURE.width, SMALL_PICTURE.height]
  const scale = (wide: number, high: number): string => `scale=${wide}:${high}:flags=area+accurate_rnd+full_chroma_int`
  const small = sdrFilters(picture).length === 0
    ? [scale(width, height)]
    // Tone-mapped at 8 times the size: averaging before and after it are not the same, and at full size it is slow.
    : [scale(width * 8, height * 8), ...sdrFilters(picture), scale(width, height)]
  const pictures = [`[0:${picture.index}]showinfo@source=checksum=0`, ...small, 'format=rgb24', ...uprightFilters(picture), 'settb=1/1000', 'setpts=N[picture]'].join(',')
  const hasSound = soundOf(request) !== null
  return [
    '-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+info', ...SAFE_INPUT, ...jump, '-noautorotate', ...inputArgument(request.video.path),
    '-filter_complex', `${pictures}${hasSound ? soundGraph(request) : ''}`,
    '-map', '[picture]', '-fps_mode:v', 'passthrough', '-enc_time_base:v', '1:1000', '-f', 'rawvideo', 'pipe:1',
    ...(hasSound ? ['-map', '[sound]', '-f', 's16le', 'pipe:3'] : []),
  ]
}

const FIRST_SOUND = /^\[ashowinfo@sound @ [^\]]*\] (?:\[info\] )?n: *\d+ pts: *-?\d+ pts_time: *(-?[\d.]+(?:e[-+]?\d+)?)/

/** Seconds of a block of samples that `ashowinfo@sound` tells of; null for any other line. */
function parseSoundTime(line: string): number | null {
  const found = FIRST_SOUND.exec(line)
  return found === null ? null : Number(found[1])
}

/** To be called before the sound flows; gives the loudest sample once it is over, null without sound. */
function peakOf({ pipes: [sound] }: RunningProcess): () => number | null {
  return sound === undefined ? () => null : listenForPeak(sound).loudest
}

interface Decoding { readError: string | null, edges: EdgePictures, traces: Traces, firstSoundSeconds: number | null, soundPeak: number | null, errors: string[] }

function noteComplaint(errors: string[], line: string): void {
  const complaint = parseComplaint(line)
  if (complaint !== null && errors.length < COMPLAINT_LIMIT) errors.push(complaint)
}

/** A read error behind all that was asked for does not matter. */
function refuseUnread({ readError: reason, edges }: Decoding, { video }: DecodeRequest): void {
  if (reason !== null && !edges.isComplete()) throw readError(video.path, reason)
}

function isInSpan({ span }: DecodeRequest, pts: number): boolean {
  return span === null || (pts >= span.startPts && pts < span.endPts)
}

/** Gives null when the jump missed. */
async function decodeAfterJump(tools: FfmpegTools, request: DecodeRequest, { jump, signal }: { jump: string[], signal: AbortSignal }): Promise<Decoding | null> {
  const from = request.span?.startPts ?? -Infinity
  const decoding: Decoding = { readError: null, edges: new EdgePictures(request), traces: new Traces(), firstSoundSeconds: null, soundPeak: null, errors: [] }
  // Pictures and what is said of them come on two pipes: the n-th of each belong together.
  const ptsInOrder: (number | null)[] = []
  const pixelsInOrder: Uint8Array[] = []
  const start: { landed: boolean | null } = { landed: null }
  const pair = (): void => {
    while (ptsInOrder.length > 0 && pixelsInOrder.length > 0) {
      const pts = ptsInOrder.shift()
      const pixels = pixelsInOrder.shift()
      if (pts === undefined || pts === null || pixels === undefined) continue
      if (isInSpan(request, pts)) decoding.traces.add(pixels)
      decoding.edges.add({ pts, pixels })
    }
    if (decoding.edges.isComplete()) running.kill()
  }
  const running = startProcess({
    program: tools.ffmpeg,
    args: decodeArguments(request, jump),
    signal,
    stallMs: STALL_MS,
    extraPipes: soundOf(request) === null ? 0 : 1,
    onStderrLine: (line) => {
      const picture = parseShowinfo(line)
      if (picture !== null) {
        start.landed ??= landedWell(picture, from, jump)
        ptsInOrder.push(picture.pts)
        if (start.landed) pair()
        else running.kill()
        return
      }
      decoding.readError ??= parseReadError(line, request.video.path)
      decoding.firstSoundSeconds ??= parseSoundTime(line)
      noteComplaint(decoding.errors, line)
    },
  })
  eachPiece(running.stdout, SMALL_PICTURE_BYTES, (pixels) => {
    if (start.landed === false) return
    pixelsInOrder.push(pixels)
    pair()
  })
  const soundPeak = peakOf(running)
  const code = await running.finished
  refuseUnread(decoding, request)
  if (start.landed === false || (start.landed === null && jump.includes('-ss'))) return null
  decoding.soundPeak = soundPeak()
  if (code !== 0 && !decoding.edges.isComplete() && decoding.errors.length === 0) decoding.errors.push(`ffmpeg ended with ${String(code)}`)
  return decoding
}

/**
 * Decodes a span, or a whole file to its end, and says what was in it: the pts of every picture, small copies of the
 * pictures asked for, and whether the decoders complained. Throws OFFLINE for a file that can not be read on, TIMED_OUT, TOOL_MISSING, and DECODE_FAILED when nothing
 * at all could be decoded.
 */
export async function decodeAll(tools: FfmpegTools, request: DecodeRequest, signal: AbortSignal): Promise<DecodedFile> {
  const { picture } = request.video.media
  const runUps = request.span === null ? [null] : RUN_UPS
  for (const runUp of runUps) {
    const jump = jumpArguments(picture, request.span?.startPts ?? 0, runUp)
    const decoding = await decodeAfterJump(tools, request, { jump, signal })
    if (decoding === null) continue
    const pts = decoding.edges.pts
    const [first] = pts
    const firstSeconds = first === undefined ? null : first * picture.timeBase.num / picture.timeBase.den
    const { firstSoundSeconds, soundPeak, errors } = decoding
    return {
      pts,
      pictures: decoding.edges.asked(),
      traces: decoding.traces.bytes(),
      audioOffsetSeconds: firstSoundSeconds === null || firstSeconds === null ? null : firstSoundSeconds - firstSeconds,
      soundPeak,
      errors,
    }
  }
  throw new AppError('DECODE_FAILED', { message: `No picture of "${request.video.path}" could be decoded there.`, hint: 'The source may be damaged there.' })
}
