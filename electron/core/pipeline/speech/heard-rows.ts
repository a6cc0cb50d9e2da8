import { languageTag } from '../../language.ts'
import type { SegmentRow } from '../rows.ts'
import type { SaidInPiece } from './hearing.ts'
import { readableLines } from './readable-lines.ts'

export interface HeardWhere {
  /** Where the piece begins and ends, in seconds from the first picture of the video. */
  startSeconds: number
  endSeconds: number
  source: string
  /** The language of the texts where it is not that of the speech. */
  textLanguage: string | null
}

const ROUND = 1000

/** What was said in a piece as rows, in lines that a viewer can read. Nothing of it lies outside the piece. */
export function heardRows({ language, segments }: SaidInPiece, where: HeardWhere): SegmentRow[] {
  const { startSeconds, endSeconds, source, textLanguage } = where
  const at = (seconds: number): number => Math.min(endSeconds, Math.max(startSeconds, Math.round((startSeconds + seconds) * ROUND) / ROUND))
  const trimmed = segments.map((segment) => ({ ...segment, text: segment.text.trim() })).filter(({ text }) => text !== '')
  return trimmed.flatMap(readableLines).map(({ text, start, end, words }): SegmentRow => ({
    kind: 'segment', source, language: textLanguage ?? languageTag(language), text, startSeconds: at(start), endSeconds: at(end),
    words: words.map((word) => ({ text: word.text.trim(), start: at(word.start), end: at(word.end), confidence: word.confidence })),
  }))
}
