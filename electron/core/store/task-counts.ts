import { z } from 'zod'
import type { StageName } from '../../contract/videos.ts'
import type { ReadDatabase } from '../ports.ts'

const Row = z.object({ waiting: z.number().int(), done: z.number().int() })

/** How many videos a stage has still to be done for, those that it was left out of for want of a model among them, and for how many it was. */
export function taskCounts(db: ReadDatabase, stage: StageName): z.infer<typeof Row> {
  // What a stage was left out for is said in its note; one with subtitles or without a sound waits for no model.
  return db.get(`
    SELECT
      count(*) FILTER (WHERE run.state IS NULL OR run.state IN ('pending', 'running', 'paused') OR (run.state = 'skipped' AND run.model IS NULL)) AS waiting,
      count(*) FILTER (WHERE run.state = 'done') AS done
    FROM video LEFT JOIN stage_run AS run ON run.video_id = video.id AND run.stage = @stage
    WHERE video.state IN ('queued', 'processing', 'ready')`, Row, { stage }) ?? { waiting: 0, done: 0 }
}
