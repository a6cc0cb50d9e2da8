import { z } from 'zod'
import { VideoId } from '../../contract/ids.ts'
import { VideoState } from '../../contract/videos.ts'
import type { ReadDatabase } from '../ports.ts'
import { FlagColumn } from './columns.ts'

/** What the queue needs to know of a video, without reading all its facts: a library may hold many thousand of them. */
export interface VideoSummary {
  id: VideoId
  title: string
  state: VideoState
  isPaused: boolean
  /** The decoded length once it is known, the container's before; null before it was probed. */
  durationSeconds: number | null
}

const Row = z.object({ id: VideoId, title: z.string(), state: VideoState, paused: FlagColumn, duration: z.number().nullable() })
  .transform((row): VideoSummary => ({ id: row.id, title: row.title, state: row.state, isPaused: row.paused, durationSeconds: row.duration }))

/** SQL for the seconds of a row of `video`: the decoded length once it is known, the container's before. */
export const DURATION_SQL = `iif(end_pts IS NULL, json_extract(facts, '$.durationSeconds'),
  (end_pts - json_extract(facts, '$.picture.startPts')) * json_extract(facts, '$.picture.timeBase.num') * 1.0 / json_extract(facts, '$.picture.timeBase.den'))`

/** All videos in the order they were added. */
export function videoSummaries(db: ReadDatabase): VideoSummary[] {
  return db.all(`SELECT id, title, state, paused, ${DURATION_SQL} AS duration FROM video ORDER BY id`, Row)
}
