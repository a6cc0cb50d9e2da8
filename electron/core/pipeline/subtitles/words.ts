import type { SaidWord } from '../../../contract/videos.ts'
import type { Cue, CueLine } from './cue.ts'

/** A place in the text whose time is known. */
interface Anchor { offset: number, seconds: number }

function milliseconds(seconds: number, cue: Cue): number {
  return Math.min(cue.endSeconds, Math.max(cue.startSeconds, Math.round(seconds * 1000) / 1000))
}

/** The text of the cue on one line, and the times that the file gives inside it, in order. */
function flatten(cue: Cue): { text: string, anchors: Anchor[] } {
  const anchors: Anchor[] = [{ offset: 0, seconds: cue.startSeconds }]
  let latest = cue.startSeconds
  let text = ''
  for (const piece of spaced(cue.lines)) {
    if (piece.atSeconds !== null && piece.atSeconds >= latest && piece.atSeconds <= cue.endSeconds) {
      latest = piece.atSeconds
      anchors.push({ offset: text.length, seconds: latest })
    }
    text += text === '' || text.endsWith(' ') ? piece.text.trimStart() : piece.text
  }
  text = text.trimEnd()
  return { text, anchors: [...anchors.filter((anchor) => anchor.offset <= text.length), { offset: text.length, seconds: cue.endSeconds }] }
}

function spaced(lines: CueLine[]): CueLine {
  return lines.flatMap((line) => [...line, { text: ' ', atSeconds: null }])
}

/** Gives the time at places in the text that are asked for in order: between two known times by the number of characters. */
function clock(anchors: Anchor[]): (offset: number) => number {
  let at = 0
  return (offset) => {
    while ((anchors[at + 1]?.offset ?? Number.POSITIVE_INFINITY) <= offset) at += 1
    const from = anchors[at]
    const to = anchors[at + 1]
    if (from === undefined) return 0
    if (to === undefined) return from.seconds
    return from.seconds + (offset - from.offset) / (to.offset - from.offset) * (to.seconds - from.seconds)
  }
}

/** Splits into words as the language does it (Intl.Segmenter: Chinese, Japanese and Thai too); one for each source, as it is dear to make. */
export function wordSplitter(language: string | null): Intl.Segmenter {
  return new Intl.Segmenter(language ?? 'und', { granularity: 'word' })
}

/**
 * What a cue says on one line, and its words without punctuation, with times in seconds: those that the file gives inside
 * the cue, and between them spread by the number of characters.
 */
export function spokenWords(cue: Cue, splitter: Intl.Segmenter): { text: string, words: SaidWord[] } {
  const { text, anchors } = flatten(cue)
  const timeAt = clock(anchors)
  const words: SaidWord[] = []
  for (const { segment, index, isWordLike } of splitter.segment(text)) {
    if (isWordLike !== true) continue
    const start = milliseconds(timeAt(index), cue)
    words.push({ text: segment, start, end: milliseconds(timeAt(index + segment.length), cue) })
  }
  return { text, words }
}
