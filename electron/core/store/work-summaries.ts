import { z } from 'zod'
import { VideoId } from '../../contract/ids.ts'
import { StageName, StageState, VideoState } from '../../contract/videos.ts'
import { ptsToSeconds } from '../facts.ts'
import type { ReadDatabase } from '../ports.ts'
import { FlagColumn } from './columns.ts'
import type { StageRun } from './stage-runs.ts'

/** What sums of the work need of a run: a library may hold many ten thousand of them. */
export type RunInShort = Pick<StageRun, 'stage' | 'state' | 'progress' | 'workSeconds' | 'isFirstLook' | 'endedMs'>

export interface WorkSummary {
  id: VideoId
  title: string
  state: VideoState
  isPaused: boolean
  priority: number
  /** The decoded length once it is known, the container's before; null before it was probed. */
  durationSeconds: number | null
  /** In the order of the contract. */
  runs: RunInShort[]
}

const SEPARATOR = '\n'
const ORDER = new Map(StageName.options.map((name, at) => [name, at]))
const Times = z.tuple([z.number().nullable(), z.number(), z.number(), z.number()])

function runFrom(text: string): RunInShort {
  const [stage, state, progress, workSeconds, isFirstLook, endedMs] = text.split(',')
  return {
    stage: StageName.parse(stage), state: StageState.parse(state), progress: Number(progress), workSeconds: Number(workSeconds),
    isFirstLook: isFirstLook === '1', endedMs: endedMs === '' ? null : Number(endedMs),
  }
}

const place = ({ stage }: RunInShort): number => ORDER.get(stage) ?? 0

const Row = z.object({
  id: VideoId, title: z.string(), state: VideoState, paused: FlagColumn, priority: z.number(), end_pts: z.number().nullable(),
  times: z.string().nullable(), runs: z.string().nullable(),
})

/** Reads each text once: most videos of a long queue have the same. */
function remembering<Value>(read: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>()
  return (text) => {
    const value = known.get(text) ?? read(text)
    known.set(text, value)
    return value
  }
}

function durationFrom([seconds, startPts, num, den]: z.infer<typeof Times>, endPts: number | null): number | null {
  return endPts === null ? seconds : ptsToSeconds({ startPts, timeBase: { num, den } }, endPts)
}

/**
 * Videos that are not ready, have something left to do, or had something done since a moment, in the order they were added.
 * Written for many: one row a video, and nothing of those that have been ready for long.
 */
export function workSummaries(db: ReadDatabase, sinceMs: number): WorkSummary[] {
  const times = remembering((text) => Times.parse(JSON.parse(text)))
  const runs = remembering((text) => text.split(SEPARATOR).filter((run) => run !== '').map(runFrom).sort((a, b) => place(a) - place(b)))
  const rows = db.all(`
    WITH wanted AS (
      SELECT id FROM video WHERE state <> 'ready'
      UNION SELECT video_id FROM stage_run WHERE state NOT IN ('done', 'skipped') OR is_first_look = 1 OR ended_ms >= @sinceMs)
    SELECT video.id AS id, title, video.state AS state, paused, priority, end_pts,
      json_extract(facts, '$.durationSeconds', '$.picture.startPts', '$.picture.timeBase.num', '$.picture.timeBase.den') AS times,
      (SELECT group_concat(stage || ',' || run.state || ',' || progress || ',' || work_seconds || ',' || is_first_look || ',' || ifnull(ended_ms, ''), char(10))
        FROM stage_run AS run WHERE run.video_id = video.id) AS runs
    FROM wanted CROSS JOIN video ON video.id = wanted.id ORDER BY video.id`, Row, { sinceMs })
  return rows.map((row) => ({
    id: row.id, title: row.title, state: row.state, isPaused: row.paused, priority: row.priority,
    durationSeconds: row.times === null ? null : durationFrom(times(row.times), row.end_pts), runs: runs(row.runs ?? ''),
  }))
}
