import type { CopyJob } from '../../electron/core/ports.ts'
import { containerArguments } from './clip-container.ts'
import { clipSoundArguments } from './clip-sound.ts'
import type { FfmpegTools } from './locate.ts'
import { inputArgument, SAFE_INPUT } from './locate.ts'
import { jumpArguments } from './run-up.ts'
import { writeClip } from './write-clip.ts'

/** Packets are stored at most this long before or behind their time. */
const MARGIN_SECONDS = 3
const RUN_UP_SECONDS = 0.5

/**
 * Picks the packets by the time their picture is shown, which is right where the span is closed: what is stored between them and is shown earlier
 * (pictures that lead an open group) goes. The last picture stands up to the end of the clip, whatever the source says of it.
 */
function pictureFilters({ firstPts, endPts, lastPts, video: { media: { picture: { timeBase } } } }: CopyJob): string {
  // Times of an output's clock are those of the source's: `-copytb 1`. In ticks and a half, so that no rounding can matter.
  const tick = timeBase.num / timeBase.den
  const at = (pts: number): string => ((pts - 0.5) * tick).toFixed(9)
  const first = (firstPts * tick).toFixed(9)
  const isLast = `gte(PTS*TB\\,${at(lastPts)})`
  return [
    `noise=drop=lt(pts*tb\\,${at(firstPts)})+gte(pts*tb\\,${at(endPts)})`,
    `setts=pts=round(PTS-${first}/TB):dts=round(DTS-${first}/TB):duration=if(${isLast}\\,round(${((endPts - lastPts) * tick).toFixed(9)}/TB)\\,DURATION)`,
  ].join(',')
}

/** Writes a clip of packets as they are stored. Throws OFFLINE, DISK_FULL, DECODE_FAILED, TIMED_OUT, TOOL_MISSING. */
export async function copyPackets(tools: FfmpegTools, job: CopyJob, signal: AbortSignal): Promise<void> {
  const { video: { path, media: { picture } }, firstPts, endPts, sound, container, target } = job
  const heard = clipSoundArguments({ video: job.video, startPts: firstPts, endPts, sound, container }, 0)
  await writeClip(tools, {
    source: path,
    args: [
      ...SAFE_INPUT, ...jumpArguments(picture, firstPts, RUN_UP_SECONDS), ...inputArgument(path), ...heard.filter,
      '-to', (endPts * picture.timeBase.num / picture.timeBase.den + MARGIN_SECONDS).toFixed(6),
      '-map', `0:${picture.index}`, '-c:v', 'copy', '-copyinkf', '-copypriorss', '1', '-copytb', '1', '-bsf:v', pictureFilters(job),
      ...heard.output, ...containerArguments(picture, { container, target, parameterSets: 'beside' }),
    ],
  }, signal)
}
