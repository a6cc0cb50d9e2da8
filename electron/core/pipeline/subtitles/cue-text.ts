import { decode } from 'html-entities'
import type { VTTNode } from 'media-captions'
import { tokenizeVTTCue, VTTCue } from 'media-captions'
import type { CueLine, CuePiece } from './cue.ts'
import { lineText, LONGEST_LINE, MOST_LINES } from './cue.ts'

/** Zero-width spaces, marks of writing direction, soft hyphens: not read, and in the way of a search. Joiners are letters' own affair. */
const UNREAD = /[\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g

/** A change of speaker: "- ", "– ", ">> ", ">>> " before what is said. Nobody says it, so it is left out. */
const SPEAKER_MARK = /^\s*(?:>{2,3}\s*|[-‐–—]\s+|[-‐–—](?=\p{L}))/u

/** What looks like a tag; any other "<" is text ("I <3 you", "a < b"), which the tokenizer would swallow with all that follows. */
const NO_TAG = /<(?!\/?[a-zA-Z][^<>]{0,400}>|\d[\d:.]{0,20}>)/g

function escapeText(raw: string): string {
  return raw
    .replaceAll(/<br\s?\/?>/gi, '\n')
    .replaceAll('&', '&amp;') // the tokenizer knows eight entities and html-entities all of them: only one of them may decode
    .replaceAll(NO_TAG, '&lt;')
}

/** ASS overrides ({\an8}) and MicroDVD codes ({y:i}) that were left in a SubRip file. */
function withoutBraces(raw: string): string {
  return raw.replaceAll(/\{\\[^{}]{0,400}\}|\{[a-zA-Z]:[^{}]{0,40}\}/g, '').replaceAll('\\N', '\n').replaceAll('\\h', ' ')
}

/** All text of the tree in the order it is read. A loop and no recursion: a hostile cue is a thousand tags deep. */
function readingOrder(nodes: VTTNode[]): CuePiece[] {
  const pieces: CuePiece[] = []
  const waiting = nodes.toReversed()
  let atSeconds: number | null = null
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === 'text') {
      pieces.push({ text: decode(node.data, { scope: 'strict' }), atSeconds })
      atSeconds = null
      continue
    }
    if (node.type === 'timestamp') atSeconds = node.time
    // The reading of a character stands above it and says the same once more.
    if (node.type === 'rt') continue
    for (let at = node.children.length - 1; at >= 0; at -= 1) {
      const child = node.children[at]
      if (child !== undefined) waiting.push(child)
    }
  }
  return pieces
}

function withoutSpeakerMark(line: CueLine): CueLine {
  const mark = SPEAKER_MARK.exec(lineText(line))?.[0].length ?? 0
  let left = mark
  return line.map((piece) => {
    const cut = Math.min(left, piece.text.length)
    left -= cut
    return { ...piece, text: piece.text.slice(cut) }
  })
}

function tidyLine(line: CueLine): CueLine {
  let room = LONGEST_LINE
  const kept = withoutSpeakerMark(line).map((piece) => {
    const text = piece.text.slice(0, room)
    room -= text.length
    return { ...piece, text }
  })
  const first = kept.findIndex((piece) => piece.text.trim() !== '')
  const last = kept.findLastIndex((piece) => piece.text.trim() !== '')
  return kept.slice(Math.max(0, first), last + 1).map((piece, index, all) => {
    const text = index === 0 ? piece.text.trimStart() : piece.text
    return { ...piece, text: index === all.length - 1 ? text.trimEnd() : text }
  }).filter((piece) => piece.text !== '')
}

/** The pieces as lines: broken at line ends, white space made one space, what is not read left out; lines without text are gone. */
export function linesOf(pieces: CuePiece[]): CueLine[] {
  const lines: CueLine[] = [[]]
  for (const piece of pieces) {
    const parts = piece.text.replaceAll(UNREAD, '').normalize('NFC').split('\n')
    for (const [index, part] of parts.entries()) {
      if (index > 0) lines.push([])
      lines.at(-1)?.push({ text: part.replaceAll(/\s+/g, ' '), atSeconds: index === 0 ? piece.atSeconds : null })
    }
  }
  return lines.map(tidyLine).filter((line) => line.length > 0).slice(0, MOST_LINES)
}

/**
 * What a viewer reads of the text of a SubRip or WebVTT cue. Tags, ASS overrides and the readings of ruby are left out,
 * entities decoded; a time inside the text (karaoke, YouTube) stays with the piece it stands before, as written.
 */
export function captionText(raw: string): CueLine[] {
  const cut = raw.slice(0, LONGEST_LINE * MOST_LINES)
  const cue = new VTTCue(0, Number.MAX_SAFE_INTEGER, escapeText(withoutBraces(cut)))
  return linesOf(readingOrder(tokenizeVTTCue(cue)))
}
