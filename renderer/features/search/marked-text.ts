export interface TextPart { text: string, isMarked: boolean }

/** Cuts a reason's text at « and », which stand around the words that match. */
export function markedParts(text: string): TextPart[] {
  return text.split(/(«[^«»]*»)/).filter((part) => part !== '').map((part) => (
    part.startsWith('«') && part.endsWith('»') ? { text: part.slice(1, -1), isMarked: true } : { text: part, isMarked: false }
  ))
}
