export interface TextPart { text: string, isMarked: boolean }

/** Without most of what stands before the first marked word, so that it can be seen where there is little room. */
export function startingNear(parts: TextPart[], mostBefore: number): TextPart[] {
  const [first, ...rest] = parts
  if (first === undefined || first.isMarked || first.text.length <= mostBefore || !rest.some(({ isMarked }) => isMarked)) return parts
  const kept = first.text.slice(-mostBefore)
  return [{ text: `… ${kept.slice(kept.indexOf(' ') + 1)}`, isMarked: false }, ...rest]
}

/** Cuts a reason's text at « and », which stand around the words that match. */
export function markedParts(text: string): TextPart[] {
  return text.split(/(«[^«»]*»)/).filter((part) => part !== '').map((part) => (
    part.startsWith('«') && part.endsWith('»') ? { text: part.slice(1, -1), isMarked: true } : { text: part, isMarked: false }
  ))
}
