import path from 'node:path'
import { usualExportChoices } from '../../../electron/contract/export-choices.ts'
import { AppError } from '../../../electron/core/errors.ts'
import type { PartSoundJob } from '../../../electron/core/reel-ports.ts'
import type { FfmpegTools } from '../locate.ts'
import { inputArgument, SAFE_INPUT } from '../locate.ts'
import { jumpArguments } from '../run-up.ts'
import { soundFilters, soundToKeep } from '../sound-graph.ts'
import { QUIET, runPart } from './run-part.ts'

/** Sound lies up to some seconds away from the pictures it belongs to. */
const RUN_UP_SECONDS = 10

/** Writes the sound of some pictures as samples, exactly as long as they are. Throws USAGE where there is none, and as `runPart` does. */
export async function writePartSound(tools: FfmpegTools, { video, startPts, frames, frameRate, target }: PartSoundJob, signal: AbortSignal): Promise<void> {
  const { picture } = video.media
  const sound = soundToKeep({ video })
  if (sound === null) throw new AppError('USAGE', { message: `"${video.path}" has no sound.` })
  const { width, height } = picture
  const conform = { width, height, frameRate, frames, keyFramesAt: [], soundTarget: target }
  const filters = soundFilters({ video, startPts, endPts: startPts, conform, fades: usualExportChoices.fades, gain: null }, sound)
  await runPart({
    program: tools.ffmpeg, what: 'The sound of a clip', signal,
    args: [
      ...QUIET, ...SAFE_INPUT, ...jumpArguments(picture, startPts, RUN_UP_SECONDS), ...inputArgument(video.path),
      '-filter_complex', `[0:${String(sound.index)}]${filters.join(',')}[sound]`, '-map', '[sound]', '-c:a', 'pcm_f32le', '-f', 'f32le', `file:${path.resolve(target)}`,
    ],
  })
}
