import type { BurnedCaptions, CaptionLetters } from '../../electron/core/caption-ports.ts'
import { AppError } from '../../electron/core/errors.ts'
import type { FfmpegTools } from './locate.ts'
import { captionFilters } from './picture-changes/burned-captions.ts'
import { startProcess } from './process.ts'

const STALL_MS = 60_000

// What libass says (0.13 to 0.17): of a letter that no font has, and of one for which a font was found that has it after all not.
const NO_FONT = /(?:failed to find any fallback with glyph|Glyph) 0x([0-9A-Fa-f]{1,6})(?: not found, broken font|(?: for font))/
const FONT = /fontselect: \((.+), \d+, \d+\) -> .*, ([^,]+)$/

/** The code point that a line of libass' log says no font has; null for any other line. */
export function parseMissingLetter(line: string): number | null {
  const found = NO_FONT.exec(line)?.[1]
  return found === undefined ? null : Number.parseInt(found, 16)
}

/** The font (its PostScript name) that libass says it has taken first, and for which; null for any other line. */
export function parseFont(line: string): { asked: string, taken: string } | null {
  const [, asked, taken] = FONT.exec(line) ?? []
  return asked === undefined || taken === undefined ? null : { asked, taken: taken.trim() }
}

/**
 * Writes the first moment of the captions on an empty picture to see with which font they come out and which letters none has. Throws TOOL_MISSING for an
 * ffmpeg without libass, TIMED_OUT (the first look at a system's fonts can take its time).
 */
export async function captionLetters(tools: FfmpegTools, captions: BurnedCaptions, signal: AbortSignal): Promise<CaptionLetters> {
  const missing = new Set<number>()
  const complaints: string[] = []
  let font: string | null = null
  const running = startProcess({
    program: tools.ffmpeg,
    args: [
      '-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+info',
      '-filter_complex', [`color=c=black:s=64x64:r=1:d=1`, ...captionFilters(captions)].join(','), '-frames:v', '1', '-f', 'null', '-',
    ],
    signal,
    stallMs: STALL_MS,
    onStderrLine: (line) => {
      const letter = parseMissingLetter(line)
      if (letter !== null) missing.add(letter)
      font ??= parseFont(line)?.taken ?? null
      if (line.includes('[error]') || line.includes('[fatal]')) complaints.push(line)
    },
  })
  running.stdout.resume()
  const code = await running.finished
  if (code === 0) return { missing: [...missing], font }
  throw new AppError('TOOL_MISSING', {
    message: `This ffmpeg can not write captions on a picture: ${complaints[0] ?? 'it gave no reason'}.`,
    hint: 'Install a full build of ffmpeg (with libass), or put the captions beside the clip.',
  })
}
