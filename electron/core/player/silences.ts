import type { Span } from '../../contract/player.ts'
import type { Segment } from '../store/speech.ts'

/** Shorter ones lie within speech: stops of consonants last up to 0.2 s. */
const SHORTEST_SECONDS = 0.3

/** Where no word is said for a while. Empty where nothing is known of words. */
export function silencesBetweenWords(segments: readonly Segment[], durationSeconds: number | null): Span[] {
  if (segments.length === 0) return []
  const spoken = segments.flatMap(({ words, startSeconds, endSeconds }) => words.length === 0 ? [{ start: startSeconds, end: endSeconds }] : words)
    .sort((a, b) => a.start - b.start)
  const silences: Span[] = []
  let reached = 0
  for (const { start, end } of [...spoken, { start: durationSeconds ?? 0, end: 0 }]) {
    if (start - reached >= SHORTEST_SECONDS) silences.push({ start: reached, end: start })
    reached = Math.max(reached, end)
  }
  return silences
}
