import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import type { SqlParams } from '../ports.ts'
import { dueSql } from './due-runs.ts'
import { WORDS_AFTER } from './indexed-words.ts'
import { FIRST_OF_SPAN } from './picture-sample.ts'
import { testLibrary } from './test-library.ts'

let library: Awaited<ReturnType<typeof testLibrary>>
beforeAll(async () => {
  library = await testLibrary()
  // Without numbers SQLite guesses; with these it knows a library of ten thousand videos.
  library.db.exec(`
    INSERT INTO video (path, identity, size_bytes, modified_ms, title, added_ms)
      WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 2000) SELECT '/v/' || n, 'i' || n, 1, 1, 't' || n, n FROM n;
    INSERT INTO stage_run (video_id, stage, version, state) SELECT id, 'probe', 1, 'done' FROM video;
    INSERT INTO stage_run (video_id, stage, version, state) SELECT id, 'scan', 1, iif(id < 1900, 'done', 'pending') FROM video;
    INSERT INTO scene (video_id, start_pts, end_pts, motion, brightness, colours) SELECT id, 0, 1, 0, 0, '[]' FROM video;
    ANALYZE`)
})
afterAll(() => { library.close() })

const Step = z.object({ detail: z.string() })
const planOf = (sql: string, params: SqlParams): string[] => library.db.all(`EXPLAIN QUERY PLAN ${sql}`, Step, params).map(({ detail }) => detail)

it.each<[string, string, SqlParams]>([
  ['a video by its content', 'SELECT * FROM video WHERE identity = @identity', { identity: 'i1' }],
  ['videos by their path', 'SELECT * FROM video WHERE path = @path ORDER BY id', { path: '/v/1' }],
  ['videos that are missing', 'SELECT * FROM video WHERE state = @state ORDER BY id', { state: 'missing' }],
  ['what runs', `SELECT * FROM stage_run WHERE state = 'running'`, {}],
  ['the stages of a video', 'SELECT * FROM stage_run WHERE video_id = @videoId', { videoId: 1 }],
  ['the scenes of a video', 'SELECT * FROM scene WHERE video_id = @videoId ORDER BY start_pts', { videoId: 1 }],
  ['the shots of a video', 'SELECT * FROM shot WHERE video_id = @videoId ORDER BY start_pts', { videoId: 1 }],
  ['the silences of a video', 'SELECT * FROM silence WHERE video_id = @videoId ORDER BY start_pts', { videoId: 1 }],
  ['what is said at a time', 'SELECT text FROM segment WHERE video_id = @videoId AND start_seconds < @to AND end_seconds >= @from ORDER BY start_seconds, id', { videoId: 1, from: 0, to: 1 }],
  ['the vectors of a model', 'SELECT count(*) FROM vector WHERE model = @model AND modality = @modality', { model: 'm', modality: 'picture' }],
  ['the vectors of a scene', `SELECT data FROM vector WHERE scene_id = @sceneId AND model = @model AND modality = 'picture' ORDER BY part`, { sceneId: 1, model: 'm' }],
  ['what says that the vectors of a video are whole', 'SELECT model FROM vector_cover WHERE video_id = @videoId AND modality = @modality', { videoId: 1, modality: 'picture' }],
  ['the models that have whole vectors', 'SELECT DISTINCT model FROM vector_cover WHERE modality = @modality ORDER BY model', { modality: 'picture' }],
  ['the clips of a video', 'SELECT * FROM tray_clip WHERE video_id = @videoId', { videoId: 1 }],
  ['videos changed since', 'SELECT number, video_id FROM changed_video WHERE number > @place ORDER BY number', { place: 1 }],
  ['whether a video is known to have changed', 'DELETE FROM changed_video WHERE video_id = @videoId', { videoId: 1 }],
  ['a removed video by its content', 'SELECT id FROM removed_video WHERE identity = @identity ORDER BY removed_ms DESC, id DESC LIMIT 1', { identity: 'i1' }],
  ['the vectors of a removed video', 'SELECT * FROM removed_vector WHERE video_id = @videoId', { videoId: 1 }],
  ['what is next to do', dueSql.inTurn.pending, { stage: 'scan', nowMs: 1, from: 0 }],
])('%s: no table is read from end to end', (_what, sql, params) => {
  const plan = planOf(sql, params)
  expect(plan.filter((step) => step.startsWith('SCAN') && !step.includes('VIRTUAL TABLE'))).toEqual([])
  expect(plan.some((step) => step.startsWith('SEARCH'))).toBe(true)
})

it('what is next to do is read in its order from an index: what waits and what is done is neither sorted nor looked through', () => {
  const inTurn = { stage: 'scan', nowMs: 1, from: 0 }
  expect(planOf(dueSql.inTurn.pending, inTurn)).toEqual(['SEARCH run USING INDEX stage_run_by_state (state=? AND stage=? AND video_id>?)', 'SEARCH video USING INTEGER PRIMARY KEY (rowid=?)'])
  expect(planOf(dueSql.inTurn.firstLook, inTurn)).toEqual(['SEARCH run USING INDEX stage_run_first_look (stage=? AND video_id>?)', 'SEARCH video USING INTEGER PRIMARY KEY (rowid=?)'])
  const needed = planOf(dueSql.needed, { need: 'probe', from: 0 })
  expect(needed.filter((step) => step.includes('stage_run'))).toEqual(Array(2).fill('SEARCH stage_run USING COVERING INDEX stage_run_by_state (state=? AND stage=? AND video_id>?)'))
  for (const sql of [dueSql.putFirst.pending, dueSql.putFirst.firstLook]) {
    const plan = planOf(sql, { stage: 'scan', needs: '["probe"]', nowMs: 1 })
    expect(plan[0]).toBe('SEARCH video USING INDEX video_put_first (priority>?)')
    expect(plan.filter((step) => step.startsWith('SCAN') && !step.includes('VIRTUAL TABLE'))).toEqual([])
    expect(plan.filter((step) => step.includes('TEMP B-TREE'))).toEqual([])
  }
})

it('a picture of each part of the library is found by its scene, not among all vectors of the model', () => {
  expect(planOf(FIRST_OF_SPAN, { model: 'm', from: 1, to: 9 })).toEqual([
    'SEARCH scene USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)', 'SEARCH vector USING INDEX sqlite_autoindex_vector_1 (scene_id=? AND model=? AND modality=?)',
  ])
})

it('scenes are found by their words through the word index', () => {
  const plan = planOf('SELECT scene.id FROM scene_words JOIN scene ON scene.id = scene_words.rowid WHERE scene_words MATCH @match', { match: 'x' })
  expect(plan).toEqual([expect.stringMatching(/^SCAN scene_words VIRTUAL TABLE INDEX \d+:M/), 'SEARCH scene USING INTEGER PRIMARY KEY (rowid=?)'])
})

it('the words of all scenes are read from where the last reading has ended', () => {
  expect(planOf(WORDS_AFTER, { after: 10, limit: 5 })).toEqual([
    'SEARCH scene USING INTEGER PRIMARY KEY (rowid>?)', expect.stringMatching(/^SCAN scene_words VIRTUAL TABLE INDEX \d+:=/),
  ])
})
