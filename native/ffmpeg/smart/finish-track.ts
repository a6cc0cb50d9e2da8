import type { TrackJob } from '../../../electron/core/ports.ts'
import { containerArguments } from '../clip-container.ts'
import { clipSoundArguments } from '../clip-sound.ts'
import type { FfmpegTools } from '../locate.ts'
import { inputArgument, SAFE_INPUT } from '../locate.ts'
import { jumpArguments } from '../run-up.ts'
import { writeClip } from '../write-clip.ts'

const MARGIN_SECONDS = 3
const RUN_UP_SECONDS = 0.5

/** The last picture stands up to the end of the clip; containers say how long a picture lasts by when the next one is decoded. */
function lastPictureFilter({ video: { media: { picture: { timeBase } } }, startPts, lastPts, endPts }: TrackJob): string {
  const tick = timeBase.num / timeBase.den
  const isLast = `gte(PTS*TB\\,${((lastPts - startPts - 0.5) * tick).toFixed(9)})`
  return `setts=pts=PTS:dts=DTS:duration=if(${isLast}\\,round(${((endPts - lastPts) * tick).toFixed(9)}/TB)\\,DURATION)`
}

/** Puts the pictures of a file of ours and the sound of the source into the file of a clip. Throws OFFLINE, DISK_FULL, DECODE_FAILED, TIMED_OUT, TOOL_MISSING. */
export async function finishTrack(tools: FfmpegTools, job: TrackJob, signal: AbortSignal): Promise<void> {
  const { video: { path, media: { picture } }, track, startPts, endPts, sound, container, target } = job
  const heard = clipSoundArguments(job, 1)
  // The sound is counted from the beginning of the file that it is in: nothing of it is wanted after the clip.
  const jump = jumpArguments(picture, startPts, RUN_UP_SECONDS)
  const source = sound === null ? [] : [...SAFE_INPUT, ...jump, ...inputArgument(path)]
  await writeClip(tools, {
    source: path,
    args: [
      '-copyts', ...SAFE_INPUT, ...inputArgument(track), ...source, ...heard.filter,
      '-to', (endPts * picture.timeBase.num / picture.timeBase.den + MARGIN_SECONDS).toFixed(6),
      '-map', '0:v:0', '-c:v', 'copy', '-copytb', '1', '-bsf:v', lastPictureFilter(job), ...heard.output,
      ...containerArguments(picture, { container, target, parameterSets: 'among' }),
    ],
  }, signal)
}
