import { z } from 'zod'
import { SceneId, VideoId } from '../../contract/ids.ts'
import { ptsToSeconds, secondsToPts } from '../facts.ts'
import type { MediaFacts } from '../facts.ts'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'
import { indexedText, wordsOf } from './index-text.ts'
import { noteSceneChange } from './search-changes.ts'
import type { SecondsSpan, Segment } from './speech.ts'
import { partIn, segmentsIn } from './speech.ts'
import { video } from './videos.ts'
import { addWords } from './vocabulary.ts'

const SceneSpan = z.object({ id: SceneId, start_pts: z.number(), end_pts: z.number() })

interface SceneTime extends SecondsSpan { id: SceneId }

// Far more than any pts there is, and still a whole number to JavaScript.
const ALL_TIME = 1e15

function scenesTouching(db: ReadDatabase, of: { id: VideoId, media: MediaFacts }, span: SecondsSpan | null): SceneTime[] {
  const { picture } = of.media
  const [from, to] = span === null ? [-ALL_TIME, ALL_TIME] : [secondsToPts(picture, span.from), secondsToPts(picture, span.to)]
  const scenes = db.all(`
    SELECT id, start_pts, end_pts FROM scene WHERE video_id = @videoId AND start_pts <= @to AND end_pts >= @from ORDER BY start_pts`,
  SceneSpan, { videoId: of.id, from, to })
  return scenes.map(({ id, start_pts: start, end_pts: end }) => ({ id, from: ptsToSeconds(picture, start), to: ptsToSeconds(picture, end) }))
}

function saidIn(segments: Segment[], time: SecondsSpan): string {
  return segments.flatMap((segment) => partIn(segment, time)?.text ?? []).join('\n')
}

/**
 * Brings the word index of a video up to date where scenes touch the span (everywhere when null).
 * To be called in the transaction that changed its scenes, its speech or its title.
 */
export function indexWords(db: WriteDatabase, videoId: VideoId, span: SecondsSpan | null): void {
  const of = video(db, videoId)
  if (of?.media == null) return
  const title = indexedText(of.title)
  const texts = [title]
  for (const time of scenesTouching(db, { id: of.id, media: of.media }, span)) {
    const said = indexedText(saidIn(segmentsIn(db, videoId, time), time))
    texts.push(said)
    db.run('DELETE FROM scene_words WHERE rowid = @id', { id: time.id })
    db.run('INSERT INTO scene_words (rowid, said, title) VALUES (@id, @said, @title)', { id: time.id, said, title })
    noteSceneChange(db, time.id)
  }
  addWords(db, wordsOf(texts))
}

const ToIndex = z.object({ id: VideoId })

/**
 * Puts the words of one video into the index anew, where an older version of the library has left videos to do so. True when there may be
 * more of them.
 */
export function indexOlder(db: WriteDatabase): boolean {
  const next = db.get('SELECT video_id AS id FROM video_to_index ORDER BY video_id LIMIT 1', ToIndex)
  if (next === undefined) return false
  db.transaction(() => {
    indexWords(db, next.id, null)
    db.run('DELETE FROM video_to_index WHERE video_id = @id', next)
  })
  return true
}
