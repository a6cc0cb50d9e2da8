import path from 'node:path'
import type { CardJob } from '../../../electron/core/reel-ports.ts'
import type { FfmpegTools } from '../locate.ts'
import { captionFilters } from '../picture-changes/burned-captions.ts'
import { partEncoder } from '../picture-changes/conform.ts'
import { QUIET, runPart } from './run-part.ts'

function fadeFilters({ fades, conform: { frames, frameRate: { num, den } } }: CardJob): string[] {
  const picturesOf = (seconds: number): number => Math.min(frames, Math.round(seconds * num / den))
  const [fadeIn, fadeOut] = [picturesOf(fades.inSeconds), picturesOf(fades.outSeconds)]
  return [...fadeIn === 0 ? [] : [`fade=in:0:${String(fadeIn)}`], ...fadeOut === 0 ? [] : [`fade=out:${String(frames - fadeOut)}:${String(fadeOut)}`]]
}

/** Makes a card with words on black, encoded as the parts of its reel are. Throws as `runPart` does. */
export async function makeTitleCard(tools: FfmpegTools, job: CardJob, signal: AbortSignal): Promise<void> {
  const { width, height, frameRate: { num, den }, frames } = job.conform
  const graph = [
    `color=black:size=${String(width)}x${String(height)}:rate=${String(num)}/${String(den)}`,
    'format=yuv420p', 'setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709',
    ...captionFilters({ assFile: job.assFile }), ...fadeFilters(job), `trim=end_frame=${String(frames)}`, 'format=yuv420p[picture]',
  ].join(',')
  const args = [
    ...QUIET, '-filter_complex', graph, '-map', '[picture]', ...partEncoder(job.conform, job.encoding),
    '-map_metadata', '-1', '-movflags', '+faststart', '-f', 'mp4', `file:${path.resolve(job.target)}`,
  ]
  await runPart({ program: tools.ffmpeg, args, what: 'The title card', signal })
}
