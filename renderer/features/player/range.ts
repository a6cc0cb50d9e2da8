/** What is selected of a video, from `in` up to `out`, where the picture at `out` is not part of it. */
export interface Range { in: number | null, out: number | null }

export type RangeEnd = 'in' | 'out'

export const noRange: Range = { in: null, out: null }

export interface RangeLimits { duration: number, frameSeconds: number }

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(Math.max(low, high), value))

/** With another in point. An out point that would come before it goes. */
export function withIn({ out }: Range, second: number, { duration, frameSeconds }: RangeLimits): Range {
  const at = clamp(second, 0, duration - frameSeconds)
  return { in: at, out: out !== null && out < at + frameSeconds * 0.5 ? null : out }
}

/** With another out point. An in point that would come after it goes. */
export function withOut({ in: begin }: Range, second: number, { duration, frameSeconds }: RangeLimits): Range {
  const at = clamp(second, Math.min(frameSeconds, duration), duration)
  return { in: begin !== null && begin > at - frameSeconds * 0.5 ? null : begin, out: at }
}

/** Moves one end while it is dragged or nudged: it stops a picture before the other one. */
export function movedEnd(range: Range, { end, second }: { end: RangeEnd, second: number }, { duration, frameSeconds }: RangeLimits): Range {
  if (end === 'in') return { ...range, in: clamp(second, 0, (range.out ?? duration) - frameSeconds) }
  return { ...range, out: clamp(second, (range.in ?? 0) + Math.min(frameSeconds, duration), duration) }
}

/** From where to where it goes when one end or both are not set. */
export function wholeRange({ in: begin, out }: Range, duration: number): { start: number, end: number } {
  return { start: begin ?? 0, end: out ?? duration }
}

export const isSet = ({ in: begin, out }: Range): boolean => begin !== null || out !== null
