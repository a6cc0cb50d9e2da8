import path from 'node:path'
import type { AnimationJob } from '../../../electron/core/format-ports.ts'
import type { FfmpegTools } from '../locate.ts'
import { inputArgument, SAFE_INPUT } from '../locate.ts'
import { QUIET, runPart } from '../reel/run-part.ts'

const FOREVER = '0'
/** Of WebP: 75 is its makers' usual one, above it files grow fast. */
const WEBP = ['-c:v', 'libwebp_anim', '-lossless', '0', '-quality', '75', '-compression_level', '4']

/** A gif has 256 colours at most: those that this clip needs, found in a first run, so that pictures need not be kept in memory. */
async function makeGif(tools: FfmpegTools, job: AnimationJob, signal: AbortSignal): Promise<void> {
  const source = [...SAFE_INPUT, ...inputArgument(job.source)]
  const palette = `file:${path.resolve(job.palette)}`
  const find = [...QUIET, ...source, '-filter_complex', '[0:v]palettegen=stats_mode=diff[palette]', '-map', '[palette]', '-frames:v', '1', '-c:v', 'png', '-f', 'image2pipe', palette]
  await runPart({ program: tools.ffmpeg, args: find, what: 'The gif', signal })
  const use = [
    ...QUIET, ...source, '-protocol_whitelist', 'file', '-format_whitelist', 'png_pipe', '-f', 'png_pipe', '-i', palette,
    '-filter_complex', '[0:v][1:v]paletteuse=dither=sierra2_4a:diff_mode=rectangle[picture]', '-map', '[picture]', '-fps_mode:v', 'passthrough', '-loop', FOREVER,
    '-f', 'gif', `file:${path.resolve(job.target)}`,
  ]
  await runPart({ program: tools.ffmpeg, args: use, what: 'The gif', signal })
}

/** From RGB: of YUV the format knows the colours of BT.601 only. */
async function makeWebp(tools: FfmpegTools, job: AnimationJob, signal: AbortSignal): Promise<void> {
  const args = [...QUIET, ...SAFE_INPUT, ...inputArgument(job.source), '-map', '0:v', '-vf', 'format=bgra', '-fps_mode:v', 'passthrough', ...WEBP, '-loop', FOREVER, '-f', 'webp', `file:${path.resolve(job.target)}`]
  await runPart({ program: tools.ffmpeg, args, what: 'The WebP', signal })
}

/** Makes a gif or an animated WebP that plays again and again. Throws as `runPart` does. */
export async function makeAnimation(tools: FfmpegTools, job: AnimationJob, signal: AbortSignal): Promise<void> {
  await (job.format === 'gif' ? makeGif : makeWebp)(tools, job, signal)
}
