import type { VideoFacts } from '../../electron/core/facts.ts'
import type { SubtitleDocument } from '../../electron/core/piece-ports.ts'
import { AppError } from '../../electron/core/errors.ts'
import type { FfmpegTools } from './locate.ts'
import { inputArgument, SAFE_INPUT } from './locate.ts'
import { runToEnd } from './process.ts'

/** Far more than a day of subtitles with drawings; a track that is larger holds something else. */
const LIMIT_BYTES = 64 * 1024 * 1024

/** ffmpeg has to read the whole file for one track, and drives can be slow: only silence and a very long time end it. */
const WALL_MS = 30 * 60_000

/** Subtitle files can not say 100 hours. */
const LATEST_ZERO_SECONDS = 90 * 3600

interface Way { codec: string, muxer: string, format: SubtitleDocument['format'] }

// Copied where there is a file format of the codec's own. ffmpeg's change to WebVTT drops karaoke times and voices, shows
// drawings as text ("m 0 0 l 100 0") and refuses text that is not UTF-8 (all measured with 5.1.9 on 2026-11-21).
function wayOut(codec: string): Way {
  switch (codec) {
    case 'ass':
    case 'ssa': return { codec: 'copy', muxer: 'ass', format: 'ass' }
    case 'subrip':
    case 'srt':
    case 'text': return { codec: 'copy', muxer: 'srt', format: 'srt' }
    case 'webvtt': return { codec: 'copy', muxer: 'webvtt', format: 'vtt' }
    default: return { codec: 'webvtt', muxer: 'webvtt', format: 'vtt' }
  }
}

/**
 * One embedded text track as a document of its own.
 * Throws DECODE_FAILED when ffmpeg can not take it out, TIMED_OUT, and the signal's reason when stopped.
 */
export async function subtitleTrack(tools: FfmpegTools, request: { video: VideoFacts, streamIndex: number }, signal: AbortSignal): Promise<SubtitleDocument> {
  const { video, streamIndex } = request
  const { picture, subtitles } = video.media
  const way = wayOut(subtitles.find((stream) => stream.index === streamIndex)?.codec ?? '')
  const pictureSeconds = picture.startPts * picture.timeBase.num / picture.timeBase.den
  // Left to itself ffmpeg counts from the first packet of any stream; -copyts keeps the times of the file.
  const isWritable = pictureSeconds >= 0 && pictureSeconds < LATEST_ZERO_SECONDS
  const shift = isWritable ? [] : ['-itsoffset', String(-pictureSeconds)]
  const { code, stdout, stderr } = await runToEnd({
    program: tools.ffmpeg,
    args: [
      '-hide_banner', '-nostdin', '-nostats', '-v', 'error', ...SAFE_INPUT,
      '-copyts', ...shift, ...inputArgument(video.path),
      '-map', `0:${String(streamIndex)}`, '-c:s', way.codec, '-f', way.muxer, '-flush_packets', '1', 'pipe:1',
    ],
    signal,
    wallMs: WALL_MS,
  }, LIMIT_BYTES)
  // A damaged file may still give the cues up to the damage.
  if (code !== 0 && stdout.length === 0) {
    throw new AppError('DECODE_FAILED', { message: `The subtitle track ${String(streamIndex)} could not be read: ${stderr.at(-1) ?? 'no reason given'}` })
  }
  return { format: way.format, bytes: stdout, zeroSeconds: isWritable ? pictureSeconds : 0 }
}
