import { z } from 'zod'
import type { VideoId } from '../../contract/ids.ts'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'
import type { PtsSpan } from './scenes.ts'

/** Where the sound pauses. A longer one may be stored in pieces that touch, and a piece may be short. */
export interface StoredSilence { startPts: number, endPts: number }

const SilenceRow = z.object({ start_pts: z.number(), end_pts: z.number() })
  .transform((row): StoredSilence => ({ startPts: row.start_pts, endPts: row.end_pts }))

/** The silences of a video in order. */
export function silencesOf(db: ReadDatabase, videoId: VideoId): StoredSilence[] {
  return db.all('SELECT start_pts, end_pts FROM silence WHERE video_id = @videoId ORDER BY start_pts', SilenceRow, { videoId })
}

/** Deletes the silences that start in the span. */
export function deleteSilencesIn(db: WriteDatabase, videoId: VideoId, span: PtsSpan): void {
  db.run('DELETE FROM silence WHERE video_id = @videoId AND start_pts >= @from AND start_pts < @to', { videoId, ...span })
}

export function addSilence(db: WriteDatabase, videoId: VideoId, { startPts, endPts }: StoredSilence): void {
  db.run(`
    INSERT INTO silence (video_id, start_pts, end_pts) VALUES (@videoId, @startPts, @endPts)
    ON CONFLICT (video_id, start_pts) DO UPDATE SET end_pts = @endPts`, { videoId, startPts, endPts })
}
