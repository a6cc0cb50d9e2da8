import { AppError } from '../../../electron/core/errors.ts'
import type { FfmpegTools } from '../locate.ts'
import { inputArgument, SAFE_INPUT } from '../locate.ts'
import { runToEnd } from '../process.ts'
import { ProbedFile } from './ffprobe-json.ts'

const WALL_MS = 20_000

/** How much is read to learn what is in a file, for both programs alike. Microseconds. */
export const INPUT_LIMITS = ['-probesize', '16000000', '-analyzeduration', '10000000']

const SAFE_PROBE = [...SAFE_INPUT, ...INPUT_LIMITS]

export interface Answer { file: ProbedFile, complaints: string[] }

/** Asks ffprobe what is in a file. Throws TIMED_OUT after 20 s; what can not be opened is an answer without `format`. */
export async function askProbe(tools: FfmpegTools, path: string, signal: AbortSignal): Promise<Answer> {
  const { code, stdout, stderr } = await runToEnd({
    program: tools.ffprobe,
    signal,
    wallMs: WALL_MS,
    args: ['-hide_banner', '-v', 'warning', ...SAFE_PROBE, '-show_streams', '-show_format', '-show_chapters', '-of', 'json', ...inputArgument(path)],
  })
  return { file: parseAnswer(stdout.toString('utf8'), code), complaints: stderr }
}

function parseAnswer(text: string, code: number): ProbedFile {
  // ffprobe leaves its answer at "{" when a decoder refuses to start.
  if (code !== 0 && !text.trimEnd().endsWith('}')) return ProbedFile.parse({})
  try {
    return ProbedFile.parse(JSON.parse(text))
  } catch (cause) {
    throw new AppError('INTERNAL', { message: 'ffprobe gave an answer that can not be read.', hint: 'Run "scenedex doctor".', cause })
  }
}

/** True when the stream has at least one packet. */
export async function hasPackets(tools: FfmpegTools, request: { path: string, streamIndex: number }, signal: AbortSignal): Promise<boolean> {
  const { stdout } = await runToEnd({
    program: tools.ffprobe,
    signal,
    wallMs: WALL_MS,
    args: [
      '-hide_banner', '-v', 'error', ...SAFE_PROBE, '-select_streams', String(request.streamIndex),
      '-read_intervals', '%+#1', '-show_entries', 'packet=size', '-of', 'csv=p=0', ...inputArgument(request.path),
    ],
  })
  return stdout.toString('utf8').trim() !== ''
}

/** What ffmpeg takes a file for and how sure it is (0 to 100); null when it takes it for nothing. For files that it can not open. */
export async function guessFormat(tools: FfmpegTools, path: string, signal: AbortSignal): Promise<{ name: string, score: number } | null> {
  let guess: { name: string, score: number } | null = null
  await runToEnd({
    program: tools.ffprobe,
    signal,
    wallMs: WALL_MS,
    onStderrLine: (line) => {
      const [, name, score] = /Format (\S+) (?:probed with size=\d+ and|detected only with low) score(?: of |=)(\d+)/.exec(line) ?? []
      if (name !== undefined && score !== undefined) guess ??= { name, score: Number(score) }
    },
    args: ['-hide_banner', '-v', 'debug', ...SAFE_PROBE, ...inputArgument(path)],
  })
  return guess
}
