import { setImmediate } from 'node:timers/promises'
import { parseTextStream } from 'media-captions'
import type { Cue, CueLine } from './cue.ts'
import { captionLines } from './caption-lines.ts'
import { captionText } from './cue-text.ts'

/** More than a day of captions that change each half second; what goes on after that is no speech. */
export const MOST_CUES = 200_000

/** After so many lines others get their turn: a stop must be heard while a large file is read. */
const LINES_AT_ONCE = 1000

function lineStream(lines: string[], signal: AbortSignal): ReadableStream<string> {
  let at = 0
  return new ReadableStream({
    async pull(controller) {
      await setImmediate()
      signal.throwIfAborted()
      for (const line of lines.slice(at, at + LINES_AT_ONCE)) controller.enqueue(line)
      at += LINES_AT_ONCE
      if (at >= lines.length) controller.close()
    },
  })
}

/**
 * Times inside the text as seconds of the video: written from the start of the document, as the format demands, or from
 * the start of the cue, as Matroska stores them. What fits neither is no time of this cue.
 */
function resolveTimes(line: CueLine, cue: { startTime: number, endTime: number }, zeroSeconds: number): CueLine {
  return line.map(({ text, atSeconds }) => {
    const fits = [atSeconds ?? Number.NaN, (atSeconds ?? Number.NaN) + cue.startTime].find((time) => time >= cue.startTime && time <= cue.endTime)
    return { text, atSeconds: fits === undefined ? null : fits - zeroSeconds }
  })
}

/** The cues of a SubRip or WebVTT document in its order, in seconds from the first picture. Whatever the text is, it gives what it can. */
export async function parseCaptions(source: { text: string, format: 'srt' | 'vtt', zeroSeconds: number }, signal: AbortSignal): Promise<Cue[]> {
  const cues: Cue[] = []
  const reader = lineStream(captionLines(source.text, source.format), signal)
  await parseTextStream(reader, {
    type: source.format,
    errors: false,
    onCue: (cue) => {
      if (cues.length >= MOST_CUES) return
      const lines = captionText(cue.text).map((line) => resolveTimes(line, cue, source.zeroSeconds))
      if (lines.length > 0) cues.push({ startSeconds: cue.startTime - source.zeroSeconds, endSeconds: cue.endTime - source.zeroSeconds, lines })
    },
  })
  return cues
}
