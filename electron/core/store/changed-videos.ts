import { z } from 'zod'
import { VideoId } from '../../contract/ids.ts'
import type { ReadDatabase } from '../ports.ts'
import { Count } from './columns.ts'

const Row = z.object({ number: z.number(), video_id: VideoId })

/** A place in the order of changes: all that came before is known. */
export function newestChange(db: ReadDatabase): number {
  return db.get(`SELECT seq AS count FROM sqlite_sequence WHERE name = 'changed_video'`, Count)?.count ?? 0
}

/** The videos of which something that is shown was changed after this place, and the place after it. */
export function videosChangedAfter(db: ReadDatabase, place: number): { videos: VideoId[], place: number } {
  const rows = db.all('SELECT number, video_id FROM changed_video WHERE number > @place ORDER BY number', Row, { place })
  return { videos: rows.map((row) => row.video_id), place: rows.at(-1)?.number ?? place }
}
