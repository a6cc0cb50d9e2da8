import { z } from 'zod'
import type { VideoId } from '../../contract/ids.ts'
import type { SaidWord } from '../../contract/videos.ts'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'
import { WordsColumn } from './columns.ts'

/** A span of time in seconds from the first picture. */
export interface SecondsSpan { from: number, to: number }

/** A piece of speech; times in seconds from the first picture of the video. */
export interface Segment {
  source: string
  language: string | null
  startSeconds: number
  endSeconds: number
  text: string
  words: SaidWord[]
}

const SegmentRow = z.object({
  source: z.string(), language: z.string().nullable(), start_seconds: z.number(), end_seconds: z.number(), text: z.string(), words: WordsColumn,
}).transform((row): Segment => ({
  source: row.source, language: row.language, startSeconds: row.start_seconds, endSeconds: row.end_seconds, text: row.text, words: row.words,
}))

const COLUMNS = 'source, language, start_seconds, end_seconds, text, words'

/** All that is said in a video, in order. */
export function segmentsOf(db: ReadDatabase, videoId: VideoId): Segment[] {
  return db.all(`SELECT ${COLUMNS} FROM segment WHERE video_id = @videoId ORDER BY start_seconds, id`, SegmentRow, { videoId })
}

/** What is said at least partly within the span, in order. */
export function segmentsIn(db: ReadDatabase, videoId: VideoId, span: SecondsSpan): Segment[] {
  return db.all(`
    SELECT ${COLUMNS} FROM segment
    WHERE video_id = @videoId AND start_seconds < @to AND end_seconds >= @from ORDER BY start_seconds, id`, SegmentRow, { videoId, ...span })
}

/** Where speech comes from: it was read from subtitles, or heard by a model. */
export type SpeechOrigin = 'read' | 'heard'

/** What segments that were heard have as their source, before the id of the model. */
export const HEARD_BY = 'model:'

const isHeard = `source LIKE '${HEARD_BY}%'`

/** Deletes the segments of an origin that start in the span; of both when it is null. */
export function deleteSegmentsIn(db: WriteDatabase, videoId: VideoId, { from, to, origin }: SecondsSpan & { origin: SpeechOrigin | null }): void {
  const isOfOrigin = origin === null ? '' : ` AND ${origin === 'heard' ? '' : 'NOT '}(${isHeard})`
  db.run(`DELETE FROM segment WHERE video_id = @videoId AND start_seconds >= @from AND start_seconds < @to${isOfOrigin}`, { videoId, from, to })
}

export function addSegment(db: WriteDatabase, videoId: VideoId, segment: Segment): void {
  db.run(`
    INSERT INTO segment (video_id, source, language, start_seconds, end_seconds, text, words)
    VALUES (@videoId, @source, @language, @startSeconds, @endSeconds, @text, @words)`, {
    videoId, source: segment.source, language: segment.language, startSeconds: segment.startSeconds, endSeconds: segment.endSeconds,
    text: segment.text, words: JSON.stringify(segment.words),
  })
}

/** The part of a segment whose words have their middle within the span; null when that is none. A segment without words counts as one. */
export function partIn(segment: Segment, span: SecondsSpan): { text: string, start: number, end: number, language: string | null, words: SaidWord[] } | null {
  const isIn = ({ start, end }: { start: number, end: number }): boolean => (start + end) / 2 >= span.from && (start + end) / 2 < span.to
  const { language } = segment
  if (segment.words.length === 0) {
    const whole = { text: segment.text, start: segment.startSeconds, end: segment.endSeconds, language, words: [] }
    return isIn(whole) ? whole : null
  }
  const words = segment.words.filter(isIn)
  const [first, last] = [words[0], words.at(-1)]
  if (first === undefined || last === undefined) return null
  if (words.length === segment.words.length) return { text: segment.text, start: segment.startSeconds, end: segment.endSeconds, language, words }
  return { text: words.map(({ text }) => text).join(' '), start: first.start, end: last.end, language, words }
}

const Language = z.object({ language: z.string() })

/** The languages that are spoken in the library, as they are written there: one look into the index for each of them. */
export const LANGUAGES_SPOKEN = `
  WITH RECURSIVE spoken (language) AS (
    SELECT min(language) FROM segment
    UNION ALL SELECT (SELECT min(language) FROM segment WHERE language > spoken.language) FROM spoken WHERE spoken.language IS NOT NULL)
  SELECT language FROM spoken WHERE language IS NOT NULL`

/** The languages that are spoken in the library, as tags in lower case. */
export function languagesSpoken(db: ReadDatabase): string[] {
  const tags = db.all(LANGUAGES_SPOKEN, Language).map(({ language }) => language.toLowerCase())
  return [...new Set(tags)]
}
