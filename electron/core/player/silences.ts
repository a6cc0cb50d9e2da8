import type { Span } from '../../contract/player.ts'
import type { PictureStream } from '../facts.ts'
import { ptsToSeconds } from '../facts.ts'
import type { StoredSilence } from '../store/silences.ts'
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

/** Spans in order, those that touch or overlap made one. */
export function mergedSilences(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last !== undefined && start <= last.end) merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, end) }
    else merged.push({ start, end })
  }
  return merged
}

/** Where the sound pauses within the video. The scan stores a silence in pieces where a scene ends in it. */
export function silencesHeard(stored: readonly StoredSilence[], picture: Pick<PictureStream, 'timeBase' | 'startPts'>, durationSeconds: number | null): Span[] {
  const last = durationSeconds ?? Number.POSITIVE_INFINITY
  const spans = stored.map(({ startPts, endPts }) => ({ start: ptsToSeconds(picture, startPts), end: Math.min(last, ptsToSeconds(picture, endPts)) }))
  // a tick is no tenth of a second: three of these may come out shorter
  const tick = picture.timeBase.num / picture.timeBase.den
  return mergedSilences(spans).filter(({ start, end }) => end - start >= SHORTEST_SECONDS - tick)
}
