import { usualExportChoices } from '../../electron/contract/export-choices.ts'
import { AppError } from '../../electron/core/errors.ts'
import type { LoudnessJob } from '../../electron/core/ports.ts'
import type { Loudness } from '../../electron/core/sound-ports.ts'
import type { FfmpegTools } from './locate.ts'
import { inputArgument, SAFE_INPUT } from './locate.ts'
import { runToEnd } from './process.ts'
import { parseReadError, readError } from './read-error.ts'
import { jumpArguments, parseComplaint } from './run-up.ts'
import { soundFilters, soundToKeep } from './sound-graph.ts'

const STALL_MS = 120_000
/** Sound lies up to some seconds away from the pictures it belongs to. */
const RUN_UP_SECONDS = 5
/** Below the absolute gate of BS.1770 nothing counts as sound; ffmpeg then says -70. */
const GATE_LUFS = -69.9

/** What the filter ebur128 says at the end of a run; null for what is no summary. */
export function parseLoudness(lines: readonly string[]): Loudness | null {
  const value = (name: RegExp): number | null => {
    const found = lines.map((line) => name.exec(line)?.[1]).findLast((text) => text !== undefined)
    return found === undefined ? null : found.includes('inf') ? -Infinity : Number(found)
  }
  const integrated = value(/^\s*I:\s+(-?[\d.]+|-inf|nan) LUFS/)
  const peak = value(/^\s*Peak:\s+(-?[\d.]+|-inf) dBFS/)
  if (integrated === null || peak === null) return null
  return { integrated: Number.isFinite(integrated) && integrated > GATE_LUFS ? integrated : null, truePeakDecibels: Math.max(-120, peak) }
}

/** Listens to the sound that a cut would have, before any fade. Throws OFFLINE, DECODE_FAILED, TIMED_OUT, TOOL_MISSING. */
export async function measureLoudness(tools: FfmpegTools, job: LoudnessJob, signal: AbortSignal): Promise<Loudness> {
  const sound = soundToKeep(job)
  if (sound === null) return { integrated: null, truePeakDecibels: -120 }
  const filters = soundFilters({ ...job, conform: null, fades: usualExportChoices.fades }, sound)
  const { code, stderr } = await runToEnd({
    program: tools.ffmpeg, signal, stallMs: STALL_MS,
    args: [
      '-hide_banner', '-nostdin', '-loglevel', 'level+info', '-stats_period', '5', ...SAFE_INPUT,
      ...jumpArguments(job.video.media.picture, job.startPts, RUN_UP_SECONDS), ...inputArgument(job.video.path),
      // Its log line for each tenth of a second goes where nobody reads.
      '-filter_complex', `[0:${sound.index}]${[...filters, 'ebur128=peak=true:framelog=verbose'].join(',')}[sound]`,
      '-map', '[sound]', '-f', 'null', '-',
    ],
  })
  const reason = stderr.map((line) => parseReadError(line, job.video.path)).find((found) => found !== null)
  if (reason !== undefined) throw readError(job.video.path, reason)
  const loudness = parseLoudness(stderr)
  if (code === 0 && loudness !== null) return loudness
  const complaint = stderr.map(parseComplaint).findLast((found) => found !== null) ?? 'ffmpeg gave no reason'
  throw new AppError('DECODE_FAILED', { message: `The sound of "${job.video.path}" could not be measured: ${complaint}.`, hint: 'The source may be damaged there.' })
}
