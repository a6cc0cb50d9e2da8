import path from 'node:path'
import { conformClock } from '../../../electron/core/reel-clock.ts'
import type { CrossfadeJob, PieceOfPart } from '../../../electron/core/reel-ports.ts'
import type { FfmpegTools } from '../locate.ts'
import { inputArgument, SAFE_INPUT } from '../locate.ts'
import { partEncoder } from '../picture-changes/conform.ts'
import { QUIET, runPart } from './run-part.ts'

/**
 * Makes the pictures of one part going over into the next. The first one is still the part that goes, the last one nearly the part that comes. Throws as
 * `runPart` does.
 */
export async function makeCrossfade(tools: FfmpegTools, job: CrossfadeJob, signal: AbortSignal): Promise<void> {
  const { num, den } = job.frameRate
  const { ticksASecond } = conformClock(job.frameRate)
  const frames = job.out.frames
  // Half a picture early: then rounding can not lose the first one. What comes before it is trimmed.
  const input = ({ path: file, from }: PieceOfPart): string[] => from === 0
    ? [...SAFE_INPUT, ...inputArgument(file)]
    : ['-ss', ((from - 0.5) * den / num).toFixed(6), ...SAFE_INPUT, ...inputArgument(file)]
  const piece = (index: number): string => `[${String(index)}:v]trim=end_frame=${String(frames)},settb=${String(den)}/${String(num)},setpts=N,fps=${String(num)}/${String(den)}[p${String(index)}]`
  const graph = [
    piece(0), piece(1),
    `[p0][p1]xfade=transition=fade:duration=${(frames * den / num).toFixed(6)}:offset=0,trim=end_frame=${String(frames)},settb=1/${String(ticksASecond)},format=yuv420p[picture]`,
  ].join(';')
  const args = [
    ...QUIET, ...input(job.out), ...input(job.in), '-filter_complex', graph, '-map', '[picture]',
    ...partEncoder({ frameRate: job.frameRate, keyFramesAt: [] }, job.encoding), '-map_metadata', '-1', '-movflags', '+faststart', '-f', 'mp4', `file:${path.resolve(job.target)}`,
  ]
  await runPart({ program: tools.ffmpeg, args, what: 'A crossfade', signal })
}
