import { AppError } from '../../electron/core/errors.ts'
import type { FfmpegTools } from './locate.ts'
import { startProcess } from './process.ts'
import { parseReadError, readError } from './read-error.ts'
import { parseComplaint } from './run-up.ts'

const STALL_MS = 120_000
const NO_SPACE = 'No space left on device'

/** Runs ffmpeg to write a file out of `source`. Throws OFFLINE, DISK_FULL, DECODE_FAILED with what it complained about, TIMED_OUT, TOOL_MISSING. */
export async function writeClip(tools: FfmpegTools, { args, source }: { args: string[], source: string }, signal: AbortSignal): Promise<void> {
  const complaints: string[] = []
  const seen: { readError: string | null } = { readError: null }
  const running = startProcess({
    program: tools.ffmpeg, args: ['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+warning', '-progress', 'pipe:1', '-y', ...args], signal, stallMs: STALL_MS,
    onStderrLine: (line) => {
      seen.readError ??= parseReadError(line, source)
      const complaint = parseComplaint(line)
      if (complaint !== null && complaints.length < 100) complaints.push(complaint)
    },
  })
  running.stdout.resume()
  const code = await running.finished
  if (seen.readError !== null) throw readError(source, seen.readError)
  if (complaints.some((line) => line.includes(NO_SPACE))) throw new AppError('DISK_FULL', { message: 'The disk is full.', hint: 'Free some space or choose another folder.' })
  if (code !== 0) throw new AppError('DECODE_FAILED', { message: `The clip of "${source}" could not be made: ${complaints.at(-1) ?? 'ffmpeg gave no reason'}.`, hint: 'Use --mode exact.' })
}
