/** A stretch of a file: from a byte on, up to another one that does not belong to it. */
export type Span = readonly [from: number, to: number]

/** The spans with another one, in their order and without gaps between neighbours. */
export function withSpan(spans: readonly Span[], [from, to]: Span): Span[] {
  if (from >= to) return [...spans]
  const touching = spans.filter((span) => span[0] <= to && span[1] >= from)
  const apart = spans.filter((span) => span[0] > to || span[1] < from)
  const joined: Span = [Math.min(from, ...touching.map((span) => span[0])), Math.max(to, ...touching.map((span) => span[1]))]
  return [...apart, joined].sort((a, b) => a[0] - b[0])
}

/** What of a file is not in the spans, in pieces of at most so many bytes. */
export function missingPieces(spans: readonly Span[], bytes: number, pieceBytes: number): Span[] {
  const pieces: Span[] = []
  let at = 0
  for (const [from, to] of [...spans, [bytes, bytes] as const]) {
    for (; at < from; at = Math.min(at + pieceBytes, from)) pieces.push([at, Math.min(at + pieceBytes, from)])
    at = Math.max(at, to)
  }
  return pieces
}

export function spanBytes(spans: readonly Span[]): number {
  return spans.reduce((sum, [from, to]) => sum + to - from, 0)
}
