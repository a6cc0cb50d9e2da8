import type { Cue } from './cues.ts'

/** A part of a cue's time, in milliseconds, in which one word is said; `word` counts through all lines, null: none. */
export interface LitSpan { startMs: number, endMs: number, word: number | null }

/** Between two words that are this near the light goes over at once: else it would flicker. */
const SHORTEST_DARK_MS = 200

interface Said { word: number, startMs: number, endMs: number }

/** The words whose times are known, each from the end of the one before. */
function saidWords({ startMs, endMs, lines }: Cue): Said[] {
  let before = startMs
  return lines.flat().flatMap((word, index): Said[] => {
    if (!word.isTimed) return []
    const from = Math.min(endMs, Math.max(before, word.startMs))
    const to = Math.min(endMs, Math.max(from, word.endMs))
    before = from
    return [{ word: index, startMs: from, endMs: to }]
  })
}

/** The whole time of a cue in parts, by which word is said then. One part where no time of a word is known. */
export function litSpans(cue: Cue): LitSpan[] {
  const said = saidWords(cue)
  const spans: LitSpan[] = []
  let at = cue.startMs
  const add = (endMs: number, word: number | null): void => {
    if (endMs <= at) return
    const last = spans.at(-1)
    if (last?.word === word) last.endMs = endMs
    else spans.push({ startMs: at, endMs, word })
    at = endMs
  }
  for (const [index, { word, startMs, endMs }] of said.entries()) {
    add(startMs, null)
    const next = said[index + 1]?.startMs ?? cue.endMs
    add(next - endMs < SHORTEST_DARK_MS ? next : endMs, word)
  }
  add(cue.endMs, null)
  return spans
}
