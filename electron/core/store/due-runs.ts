import { z } from 'zod'
import { VideoId } from '../../contract/ids.ts'
import type { StageName } from '../../contract/videos.ts'
import type { ReadDatabase } from '../ports.ts'

export interface DueQuery {
  stage: StageName
  needs: StageName[]
  /** Only runs whose full scan is due after a first look, or only the others. */
  isRefinement: boolean
  nowMs: number
}

// A full scan waits until what follows its first look is done too: it would hold that up.
const WAITS = {
  pending: `run.stage = @stage AND run.state = 'pending'`,
  firstLook: `run.stage = @stage AND run.state = 'done' AND run.is_first_look = 1 AND video.state IN ('ready', 'failed')`,
}

const IS_FREE = `video.paused = 0 AND video.state NOT IN ('missing', 'refused') AND coalesce(run.retry_at_ms, 0) <= @nowMs`

const putFirstSql = (waits: string): string => `
  SELECT run.video_id, video.priority FROM video INDEXED BY video_put_first CROSS JOIN stage_run AS run ON run.video_id = video.id
  WHERE video.priority > 0 AND ${waits} AND ${IS_FREE}
    AND NOT EXISTS (
      SELECT 1 FROM json_each(@needs) AS need WHERE NOT EXISTS (
        SELECT 1 FROM stage_run AS done WHERE done.video_id = video.id AND done.stage = need.value AND done.state IN ('done', 'skipped')))
  ORDER BY video.priority DESC, video.id LIMIT 1`

const inTurnSql = (waits: string, index: string): string => `
  SELECT run.video_id FROM stage_run AS run INDEXED BY ${index} CROSS JOIN video ON video.id = run.video_id
  WHERE ${waits} AND run.video_id >= @from AND video.priority = 0 AND ${IS_FREE}
  ORDER BY run.video_id LIMIT 1`

/** The SQL of what is asked here, for the test of its query plan. */
export const dueSql = {
  putFirst: { pending: putFirstSql(WAITS.pending), firstLook: putFirstSql(WAITS.firstLook) },
  inTurn: { pending: inTurnSql(WAITS.pending, 'stage_run_by_state'), firstLook: inTurnSql(WAITS.firstLook, 'stage_run_first_look') },
  needed: `
    SELECT min(video_id) AS video_id FROM (
      SELECT min(video_id) AS video_id FROM stage_run WHERE state = 'done' AND stage = @need AND video_id >= @from
      UNION ALL SELECT min(video_id) FROM stage_run WHERE state = 'skipped' AND stage = @need AND video_id >= @from)`,
}

const PutFirst = z.object({ video_id: VideoId, priority: z.number() })
const InTurn = z.object({ video_id: VideoId })
const Needed = z.object({ video_id: VideoId.nullable() })

const kindOf = ({ isRefinement }: DueQuery): 'pending' | 'firstLook' => isRefinement ? 'firstLook' : 'pending'

/** Of the videos that were put first, the one whose run of a stage is next: what it needs is stored, nobody works on it and nothing holds it back. */
export function duePutFirst(db: ReadDatabase, query: DueQuery): { videoId: VideoId, priority: number } | null {
  const row = db.get(dueSql.putFirst[kindOf(query)], PutFirst, { stage: query.stage, needs: JSON.stringify(query.needs), nowMs: query.nowMs })
  return row === undefined ? null : { videoId: row.video_id, priority: row.priority }
}

/** The first video from this one on of which all that is needed is stored; null when there is none. It may be one that is left out between. */
function firstWithNeeds(db: ReadDatabase, needs: readonly StageName[], from: VideoId): VideoId | null {
  let first = from
  for (const need of needs) {
    const { video_id: found = null } = db.get(dueSql.needed, Needed, { need, from: first }) ?? {}
    if (found === null) return null
    first = found
  }
  return first
}

/**
 * The same of the videos that nobody put first. What waits and what is stored are both in the order of the videos: where one of them
 * is ahead, the other is looked up from there on, so that thousands that wait for the same stage cost one step.
 */
export function dueInTurn(db: ReadDatabase, query: DueQuery): VideoId | null {
  const { stage, needs, nowMs } = query
  let from = 0
  for (;;) {
    const waiting = db.get(dueSql.inTurn[kindOf(query)], InTurn, { stage, nowMs, from })?.video_id
    if (waiting === undefined) return null
    const ready = firstWithNeeds(db, needs, waiting)
    if (ready === null || ready === waiting) return ready
    from = ready
  }
}
