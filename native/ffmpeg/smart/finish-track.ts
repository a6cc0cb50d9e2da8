import type { TrackJob } from '../../../electron/core/ports.ts'
import { containerArguments, lastPacketFilters } from '../clip-container.ts'
import { clipSoundArguments, zeroAt } from '../clip-sound.ts'
import type { FfmpegTools } from '../locate.ts'
import { inputArgument, SAFE_INPUT } from '../locate.ts'
import { jumpArguments } from '../run-up.ts'
import { writeClip } from '../write-clip.ts'

const MARGIN_SECONDS = 3
const RUN_UP_SECONDS = 0.5

/** The source, for its sound: copied it counts from the beginning of the clip, encoded it is cut by the clock of the file. */
function soundInput({ sound, startPts, video: { path, media: { picture } } }: TrackJob): string[] {
  if (sound === null) return []
  return [...SAFE_INPUT, ...jumpArguments(picture, startPts, RUN_UP_SECONDS), ...sound.how === 'copy' ? zeroAt(picture, startPts) : [], ...inputArgument(path)]
}

/** Puts the pictures of a file of ours and the sound of the source into the file of a clip. Throws OFFLINE, DISK_FULL, DECODE_FAILED, TIMED_OUT, TOOL_MISSING. */
export async function finishTrack(tools: FfmpegTools, job: TrackJob, signal: AbortSignal): Promise<void> {
  const { video: { path, media: { picture } }, track, startPts, endPts, last, container, target } = job
  const heard = clipSoundArguments(job, 1)
  const filters = lastPacketFilters(last)
  await writeClip(tools, {
    source: path,
    args: [
      '-copyts', ...SAFE_INPUT, ...inputArgument(track), ...soundInput(job), ...heard.filter,
      '-to', ((endPts - startPts) * picture.timeBase.num / picture.timeBase.den + MARGIN_SECONDS).toFixed(6),
      '-map', '0:v:0', '-c:v', 'copy', '-copypriorss', '1', '-copytb', '1', ...filters.length === 0 ? [] : ['-bsf:v', filters.join(',')], ...heard.output,
      ...containerArguments(picture, { container, target, parameterSets: 'among' }),
    ],
  }, signal)
}
