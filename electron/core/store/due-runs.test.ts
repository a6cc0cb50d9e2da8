import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { StageName, StageState, VideoState } from '../../contract/videos.ts'
import type { ReadDatabase } from '../ports.ts'
import type { DueQuery } from './due-runs.ts'
import { dueInTurn, duePutFirst } from './due-runs.ts'
import { testLibrary } from './test-library.ts'

let library: Awaited<ReturnType<typeof testLibrary>>
beforeEach(async () => { library = await testLibrary() })
afterEach(() => { library.close() })

const manyVideos = (count: number): string => `
  INSERT INTO video (path, identity, size_bytes, modified_ms, title, added_ms)
    WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ${count}) SELECT '/v/' || n, 'i' || n, 1, 1, 't' || n, n FROM n;`

// What is meant, in the plainest words: all that waits is looked at and put in order.
const PLAIN_SQL = `
  SELECT run.video_id, video.priority FROM stage_run AS run JOIN video ON video.id = run.video_id
  WHERE run.stage = @stage AND video.paused = 0 AND video.state NOT IN ('missing', 'refused') AND coalesce(run.retry_at_ms, 0) <= @nowMs
    AND ((@isRefinement = 0 AND run.state = 'pending') OR (@isRefinement = 1 AND run.state = 'done' AND run.is_first_look = 1 AND video.state IN ('ready', 'failed')))
    AND NOT EXISTS (
      SELECT 1 FROM json_each(@needs) AS need WHERE NOT EXISTS (
        SELECT 1 FROM stage_run AS done WHERE done.video_id = run.video_id AND done.stage = need.value AND done.state IN ('done', 'skipped')))
  ORDER BY video.priority DESC, run.video_id LIMIT 1`
const Plain = z.object({ video_id: z.number(), priority: z.number() })

function plainly({ stage, needs, isRefinement, nowMs }: DueQuery): number | null {
  return library.db.get(PLAIN_SQL, Plain, { stage, needs: JSON.stringify(needs), isRefinement: isRefinement ? 1 : 0, nowMs })?.video_id ?? null
}

function countedReads(db: ReadDatabase): { db: ReadDatabase, reads: () => number } {
  let reads = 0
  return { db: { ...db, get: (sql, row, params) => { reads++; return db.get(sql, row, params) } }, reads: () => reads }
}

const chosen = (from: readonly string[], column: string): string => `(CASE abs(random()) % ${from.length} ${from.map((one, at) => `WHEN ${at} THEN '${one}'`).join(' ')} END) AS ${column}`

it('in libraries in any state the next video is the one that was put first last, then the oldest, that is free and has what it needs', () => {
  for (let round = 0; round < 12; round++) {
    library.db.exec(`DELETE FROM stage_run; DELETE FROM video; ${manyVideos(60)}
      UPDATE video SET priority = iif(abs(random()) % 10 = 0, abs(random()) % 5, 0), paused = abs(random()) % 5 = 0,
        state = (SELECT state FROM (SELECT ${chosen(VideoState.options, 'state')}, video.id));
      ${StageName.options.map((stage) => `INSERT INTO stage_run (video_id, stage, version, state, is_first_look, retry_at_ms)
        SELECT id, '${stage}', 1, ${chosen(['pending', 'pending', ...StageState.options], 'state')}, abs(random()) % 2, iif(abs(random()) % 3 = 0, abs(random()) % 20, NULL) FROM video;`).join('')}`)
    const answers = StageName.options.flatMap((stage, at) => [true, false].map((isRefinement) => {
      const query = { stage, needs: StageName.options.slice(Math.max(0, at - 2), at), isRefinement, nowMs: 10 }
      expect([round, query, duePutFirst(library.db, query)?.videoId ?? dueInTurn(library.db, query)]).toEqual([round, query, plainly(query)])
      return plainly(query)
    }))
    expect(answers.some((answer) => answer !== null)).toBe(true)
  }
})

it('thousands of videos that wait for another stage cost no more than a few', () => {
  library.db.exec(`${manyVideos(5000)}
    INSERT INTO stage_run (video_id, stage, version, state) SELECT id, 'probe', 1, 'done' FROM video;
    INSERT INTO stage_run (video_id, stage, version, state) SELECT id, 'scan', 1, iif(id < 2000 OR id = 4000, 'done', 'pending') FROM video;
    INSERT INTO stage_run (video_id, stage, version, state) SELECT id, 'speech', 1, iif(id < 2000, 'done', 'pending') FROM video`)
  const counted = countedReads(library.db)
  const query: DueQuery = { stage: 'speech', needs: ['probe', 'scan'], isRefinement: false, nowMs: 10 }
  expect(dueInTurn(counted.db, query)).toBe(4000)
  expect(counted.reads()).toBeLessThan(10)
})
