import type { SpokenSegment } from '../clip-lookup.ts'
import type { CaptionWord, ClipSpan } from './caption-words.ts'
import { saidInClip } from './caption-words.ts'
import { inLines, lineText } from './lines.ts'
import type { Piece } from './pacing.ts'
import { paced } from './pacing.ts'
import { readablePieces } from './pieces.ts'
import type { ReadingLimits } from './reading-limits.ts'

/** What is shown at one time, in one or two lines. Whole milliseconds from the start of the clip. */
export interface Cue { startMs: number, endMs: number, lines: CaptionWord[][] }

/** The lines as they are read. */
export function linesOfCue({ lines }: Cue): string[] {
  return lines.map(lineText)
}

function piecesOf(segment: SpokenSegment, clip: ClipSpan, lineWidth: number): Piece[] {
  const said = saidInClip(segment, clip, lineWidth)
  if (said === null) return []
  const parts = readablePieces(said.words, lineWidth)
  return parts.map((words, index) => ({
    words,
    startMs: index === 0 ? said.startMs : words[0]?.startMs ?? 0,
    endMs: index === parts.length - 1 ? said.endMs : Math.max(words.at(-1)?.endMs ?? 0, words[0]?.startMs ?? 0),
  }))
}

function cuesOfPieces(pieces: readonly Piece[], { lengthMs, lineWidth }: { lengthMs: number, lineWidth: number }): Cue[] {
  return paced(pieces, { lineWidth, lengthMs }).map(({ startMs, endMs, words }) => ({ startMs, endMs, lines: inLines(words, lineWidth) ?? [words] }))
}

/**
 * What is said between two seconds of the video as captions of the clip: every word that has its middle inside, in order, wrapped for reading
 * (at most two lines of `lineWidth` columns), shown for as long as it takes to read where there is room, none over another.
 */
export function cuesOfClip(segments: readonly SpokenSegment[], clip: ClipSpan, { lineWidth }: ReadingLimits): Cue[] {
  const lengthMs = Math.round((clip.end - clip.start) * 1000)
  return cuesOfPieces(segments.flatMap((segment) => piecesOf(segment, clip, lineWidth)), { lengthMs, lineWidth })
}
