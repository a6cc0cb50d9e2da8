import type { CopyJob } from '../../electron/core/ports.ts'
import { containerArguments, lastPacketFilters } from './clip-container.ts'
import { clipSoundArguments, zeroAt } from './clip-sound.ts'
import type { FfmpegTools } from './locate.ts'
import { inputArgument, SAFE_INPUT } from './locate.ts'
import { jumpArguments } from './run-up.ts'
import { writeClip } from './write-clip.ts'

/** Packets are stored at most this long before or behind their time. */
const MARGIN_SECONDS = 3
const RUN_UP_SECONDS = 0.5

/**
 * Picks the packets: what is shown before the first picture of the clip (time 0) goes, wherever it is stored, and of what is left so many are taken. That is right because the
 * span is closed.
 */
function pictureFilters({ packets, last }: CopyJob): string {
  return ['noise=drop=lt(pts\\,0)', `noise=drop=gte(n\\,${packets})`, ...lastPacketFilters(last)].join(',')
}

/** Writes a clip of packets as they are stored. Throws OFFLINE, DISK_FULL, DECODE_FAILED, TIMED_OUT, TOOL_MISSING. */
export async function copyPackets(tools: FfmpegTools, job: CopyJob, signal: AbortSignal): Promise<void> {
  const { video: { path, media: { picture } }, firstPts, endPts, container, target } = job
  // Sound that is encoded is cut by the clock of the file, and so comes from an input of its own.
  const isEncoded = job.sound?.how === 'encode'
  const heard = clipSoundArguments({ ...job, startPts: firstPts }, isEncoded ? 1 : 0)
  const jump = jumpArguments(picture, firstPts, RUN_UP_SECONDS)
  await writeClip(tools, {
    source: path,
    args: [
      ...SAFE_INPUT, ...jump, ...zeroAt(picture, firstPts), ...inputArgument(path),
      ...isEncoded ? [...SAFE_INPUT, ...jump, ...inputArgument(path)] : [], ...heard.filter,
      '-to', ((endPts - firstPts) * picture.timeBase.num / picture.timeBase.den + MARGIN_SECONDS).toFixed(6),
      '-map', `0:${picture.index}`, '-c:v', 'copy', '-copyinkf', '-copypriorss', '1', '-copytb', '1', '-bsf:v', pictureFilters(job),
      ...heard.output, ...containerArguments(picture, { container, target, parameterSets: 'beside' }),
    ],
  }, signal)
}
