import type { Source, SourcePicture } from './source.ts'

export interface Span { start: number, end: number }

/** What a clip must be. */
export interface Asked {
  /** Seconds of the source. */
  start: number
  end: number
  pictures: readonly SourcePicture[]
}

/** Times that people copy are rounded: a picture this much before an end counts as lying on it. */
const ROUNDING_SECONDS = 0.001
/** A picture that stays longer than this is part of a clip that begins in the middle of it. */
const HOLD_SECONDS = 0.1

/** True when the picture comes at or behind this time; null when it is so near to it that both would be right. */
function isFrom(atSeconds: number, asked: number, tickSeconds: number): boolean | null {
  const allowed = Math.floor(ROUNDING_SECONDS / tickSeconds + 1e-9) * tickSeconds
  const distance = atSeconds - (asked - allowed)
  return Math.abs(distance) <= 0.6 * tickSeconds + 2e-5 ? null : distance > 0
}

/** The place of the first picture at or behind a time, their number when there is none; null when rounding could decide for two. */
function firstFrom({ pictures, tickSeconds }: Source, asked: number): number | null {
  const places = pictures.map(({ atSeconds }) => isFrom(atSeconds, asked, tickSeconds))
  if (places.includes(null)) return null
  const found = places.indexOf(true)
  return found < 0 ? pictures.length : found
}

/** The picture that is on the screen since before the start and stays for long; undefined for none, null when rounding could decide. */
function heldPicture({ pictures }: Source, { from, to, start }: { from: number, to: number, start: number }): SourcePicture | undefined | null {
  const gap = from < to ? (pictures[from]?.atSeconds ?? Infinity) - start : Infinity
  if (Math.abs(gap - HOLD_SECONDS) < 0.002) return null
  return gap > HOLD_SECONDS ? pictures[from - 1] : undefined
}

/** The pictures that are asked for by a span, by the product's own promise; null when rounding could decide for one or the other. */
export function askedOf(source: Source, { start, end }: Span): Asked | null {
  const { pictures, endSeconds, tickSeconds } = source
  const [from, to] = [firstFrom(source, start), firstFrom(source, end)]
  if (from === null || to === null) return null
  const held = heldPicture(source, { from, to, start })
  if (held === null) return null
  const inside = pictures.slice(from, to)
  const next = pictures[to]?.atSeconds ?? endSeconds
  const isOnNext = Math.abs(next - end) <= ROUNDING_SECONDS + tickSeconds
  const ends = { end: isOnNext ? next : Math.min(end, endSeconds) }
  return held === undefined ? { start: inside[0]?.atSeconds ?? start, ...ends, pictures: inside } : { start, ...ends, pictures: [held, ...inside] }
}

/** Random spans that leave no doubt: on pictures as they are read off, anywhere, on second halves where key frames are, very short, and to the very end. */
export function randomSpans(source: Source, count: number, random: () => number): { span: Span, asked: Asked }[] {
  const spans: { span: Span, asked: Asked }[] = []
  const rounded = (seconds: number, digits: number): number => Number(Math.max(0, seconds).toFixed(digits))
  const onPicture = (seconds: number): number => rounded(source.pictures.find(({ atSeconds }) => atSeconds >= seconds)?.atSeconds ?? source.endSeconds, 3)
  while (spans.length < count) {
    const kind = spans.length % 5
    const start = random() * source.endSeconds
    const end = Math.min(source.endSeconds + 0.5, start + 0.05 + random() * 0.7 * source.endSeconds)
    const span = [
      { start: onPicture(start), end: onPicture(end) },
      { start: rounded(start, 6), end: rounded(end, 6) },
      { start: onPicture(Math.round(start * 2) / 2), end: onPicture(Math.round(end * 2) / 2) },
      { start: onPicture(start), end: rounded(start + random() * 0.15, 6) },
      { start: random() < 0.3 ? 0 : rounded(start, 6), end: random() < 0.5 ? source.endSeconds + 0.2 : onPicture(end) },
    ][kind]
    if (span === undefined || span.end - span.start < 0.002 || span.start > source.endSeconds - 0.005) continue
    const asked = askedOf(source, span)
    if (asked !== null && asked.pictures.length > 0) spans.push({ span, asked })
  }
  return spans
}
