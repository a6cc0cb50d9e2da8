import type { Cue } from './cues.ts'
import { linesOfCue } from './cues.ts'
import { widthOf } from './reading-limits.ts'

/** A clip in a reel: when it begins and how long it is there, in seconds of the reel; its captions count from its own beginning. */
export interface CaptionedPart { at: number, duration: number, cues: readonly Cue[] }

/** A caption of the clip before stays at least so long when the next one is there already. */
const LEAST_MS = 500

function moved({ at, duration, cues }: CaptionedPart): Cue[] {
  const [fromMs, toMs] = [Math.round(at * 1000), Math.round((at + duration) * 1000)]
  const place = (ms: number): number => Math.min(toMs, fromMs + ms)
  return cues.map(({ startMs, endMs, lines }) => ({
    startMs: place(startMs),
    endMs: place(endMs),
    lines: lines.map((line) => line.map((word) => ({ ...word, startMs: place(word.startMs), endMs: place(word.endMs) }))),
  }))
}

/** Where one goes over into the other: when the next begins, or where the letters of both part their time. */
function border(before: Cue, next: Cue): number {
  if (next.startMs - before.startMs >= LEAST_MS) return next.startMs
  const columns = (cue: Cue): number => Math.max(1, widthOf(linesOfCue(cue).join(' ')))
  const endMs = Math.max(before.endMs, next.endMs)
  return Math.round(before.startMs + (endMs - before.startMs) * columns(before) / (columns(before) + columns(next)))
}

/** The captions of the clips of a reel, at their places. Where one clip goes over into the next no caption is over another. */
export function cuesOfReel(parts: readonly CaptionedPart[]): Cue[] {
  const clear: Cue[] = []
  for (const cue of parts.flatMap(moved).toSorted((one, other) => one.startMs - other.startMs)) {
    const before = clear.at(-1)
    if (before === undefined || cue.startMs >= before.endMs) {
      clear.push(cue)
      continue
    }
    const at = border(before, cue)
    clear.splice(-1, 1, { ...before, endMs: at }, { ...cue, startMs: at, endMs: Math.max(cue.endMs, before.endMs, at) })
  }
  return clear.filter(({ startMs, endMs }) => endMs > startMs)
}
