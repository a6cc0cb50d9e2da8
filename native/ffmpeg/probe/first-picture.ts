import type { FfmpegTools } from '../locate.ts'
import { inputArgument, SAFE_INPUT } from '../locate.ts'
import { runToEnd } from '../process.ts'
import { parseRatio } from './ffprobe-json.ts'
import type { ProbedStream } from './ffprobe-json.ts'
import { INPUT_LIMITS } from './ask.ts'

const WALL_MS = 20_000

export interface FirstPicture {
  /** In the stream's time base; null when no picture could be decoded. */
  pts: number | null
  complaints: string[]
}

// From the line's beginning: a title in the file may say the same further on.
const SHOWN = /^\[showinfo@first @ \w+\] (?:\[info\] )?/
const FIRST = /^\[showinfo@first @ \w+\] (?:\[info\] )?n:\s*0 pts:/

/** The pts that ffmpeg's showinfo prints for the first picture, in the time base that it names before. Null without one. */
export function parseFirstPts(lines: string[], timeBase: { num: number, den: number }): number | null {
  const shown = lines.filter((line) => SHOWN.test(line))
  const base = parseRatio(/config in time_base: (\d+\/\d+)/.exec(shown.join('\n'))?.[1] ?? null) ?? timeBase
  const pts = /\bpts:\s*(-?\d+)/.exec(shown.find((line) => FIRST.test(line)) ?? '')?.[1]
  return pts === undefined ? null : Math.round(Number(pts) * base.num * timeBase.den / (base.den * timeBase.num))
}

/**
 * Decodes up to the first picture that is shown. Its pts is not always the stream's start: a recording may begin between
 * two key frames, and an edit list may hide what comes first.
 */
export async function firstPicture(tools: FfmpegTools, request: { path: string, stream: ProbedStream }, signal: AbortSignal): Promise<FirstPicture> {
  const { path, stream } = request
  const { stderr } = await runToEnd({
    program: tools.ffmpeg,
    signal,
    wallMs: WALL_MS,
    args: [
      '-hide_banner', '-nostdin', '-nostats', '-v', 'info', ...SAFE_INPUT, ...INPUT_LIMITS, '-threads', '1', '-copyts', '-noautorotate', ...inputArgument(path),
      '-map', `0:${stream.index}`, '-frames:v', '1', '-vf', 'showinfo@first', '-f', 'null', '-',
    ],
  })
  const timeBase = parseRatio(stream.time_base) ?? { num: 1, den: 90_000 }
  const isShown = stderr.some((line) => FIRST.test(line))
  // A picture without any time is the first: the stream begins where it begins.
  const pts = parseFirstPts(stderr, timeBase) ?? (isShown ? stream.start_pts ?? 0 : null)
  return { pts, complaints: stderr }
}
