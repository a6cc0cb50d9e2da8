import type { SegmentRow } from '../rows.ts'
import type { Cue } from './cue.ts'
import { spokenWords, wordSplitter } from './words.ts'

/** The cues of a source as rows. A cue without a single word ("♪", "...") says nothing and is left out. */
export function segmentRows(cues: Cue[], source: { name: string, language: string | null }): SegmentRow[] {
  const splitter = wordSplitter(source.language)
  return cues.flatMap((cue) => {
    const { text, words } = spokenWords(cue, splitter)
    if (words.length === 0) return []
    return [{ kind: 'segment' as const, source: source.name, language: source.language, startSeconds: cue.startSeconds, endSeconds: cue.endSeconds, text, words }]
  })
}
