import { AppError } from '../../../electron/core/errors.ts'
import { startProcess } from '../process.ts'
import { parseComplaint } from '../run-up.ts'

const STALL_MS = 120_000

/** Of every run whose outputs are files. */
export const QUIET = ['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+warning', '-progress', 'pipe:1', '-stats_period', '0.5', '-y']

/** What is wanted of a run, to say what could not be made: "The title card". */
export interface PartRun { program: string, args: string[], what: string, signal: AbortSignal }

/** Runs ffmpeg on files that we have made ourselves. Throws DISK_FULL, TIMED_OUT, TOOL_MISSING, and DECODE_FAILED for whatever else goes wrong. */
export async function runPart({ program, args, what, signal }: PartRun): Promise<void> {
  const complaints: string[] = []
  const running = startProcess({
    program, args, signal, stallMs: STALL_MS,
    onStderrLine: (line) => {
      const complaint = parseComplaint(line)
      if (complaint !== null && complaints.length < 100) complaints.push(complaint)
    },
  })
  running.stdout.resume()
  const code = await running.finished
  const isFull = complaints.some((line) => line.includes('No space left on device'))
  if (isFull) throw new AppError('DISK_FULL', { message: 'The disk is full.', hint: 'Free some space or choose another folder.' })
  const missing = complaints.find((line) => line.includes('No such filter: ') || line.includes('Unknown encoder'))
  if (missing !== undefined) throw new AppError('TOOL_MISSING', { message: `${what} could not be made: this ffmpeg is not complete (${missing}).`, hint: 'Install a full build of ffmpeg.' })
  if (code !== 0) throw new AppError('DECODE_FAILED', { message: `${what} could not be made: ${complaints.at(-1) ?? 'ffmpeg gave no reason'}.`, hint: 'Try again; if it stays so, "scenedex doctor" tells whether ffmpeg works.' })
}
