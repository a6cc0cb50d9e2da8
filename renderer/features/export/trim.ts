export interface Span { start: number, end: number }

/** The part of a video that is shown around a clip: some of what was left out on either side. */
export function windowAround({ start, end }: Span, duration: number): Span {
  const margin = Math.max(2, (end - start) * 0.6)
  return { start: Math.max(0, start - margin), end: Math.min(duration, end + margin) }
}

/** True while a clip can still be worked on in a window; otherwise another one is to be shown. */
export function fits({ start, end }: Span, window: Span, duration: number): boolean {
  const length = window.end - window.start
  const isRoomBefore = start >= window.start + length * 0.04 || window.start === 0
  const isRoomAfter = end <= window.end - length * 0.04 || window.end >= duration
  return start >= window.start && end <= window.end && isRoomBefore && isRoomAfter && end - start > length * 0.08
}

export interface Limits { duration: number, frameSeconds: number }

/** A clip with another start or end: inside the video, and never less than one picture. */
export function moved(span: Span, edge: 'start' | 'end', { to, limits }: { to: number, limits: Limits }): Span {
  const { duration, frameSeconds } = limits
  if (edge === 'start') return { start: Math.min(Math.max(0, to), span.end - frameSeconds), end: span.end }
  return { start: span.start, end: Math.max(Math.min(duration, to), span.start + frameSeconds) }
}

/** The nearest of some times when it is near enough, else the time itself. */
export function snapped(time: number, marks: readonly number[], reach: number): number {
  let nearest = time
  let distance = reach
  for (const mark of marks) {
    if (Math.abs(mark - time) > distance) continue
    distance = Math.abs(mark - time)
    nearest = mark
  }
  return nearest
}
