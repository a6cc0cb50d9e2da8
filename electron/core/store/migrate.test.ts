import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sqlite } from '../../../native/sqlite/open.ts'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'
import type { Migration } from './migration.ts'
import { libraryVersion, migrate, migrations, newestVersion } from './migrate.ts'
import { testFolder } from './test-library.ts'

let folder: string
beforeEach(() => { folder = testFolder() })
afterEach(() => { rmSync(folder, { recursive: true, force: true }) })

const Table = z.object({ type: z.string(), name: z.string(), sql: z.string().nullable() })
const schemaOf = (db: ReadDatabase) => db.all('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name', Table)
const noBackup = { backupPath: () => { throw new Error('no backup was to be made') } }

async function withDatabase(name: string, work: (db: WriteDatabase) => Promise<void>): Promise<void> {
  const db = sqlite.openForWriting(path.join(folder, name))
  try {
    await work(db)
  } finally {
    db.close()
  }
}

/** A library as a version has left it, with what a person then had in it. */
interface Left { before: number, rows: string, after: (db: ReadDatabase) => void }

// One entry for each migration but the first: what was in the library before it, and what is there after it.
const Titles = z.object({ title: z.string() })
const leftBehind: Partial<Record<number, Left>> = {
  20: {
    before: 10,
    rows: `INSERT INTO video (id, path, identity, size_bytes, modified_ms, title, added_ms) VALUES (7, '/kept', 'kept', 1, 1, 'Kept', 1)`,
    after: (db) => {
      expect(db.all('SELECT title FROM video', Titles)).toEqual([{ title: 'Kept' }])
      expect(db.all('SELECT title FROM tray_clip', Titles)).toEqual([])
    },
  },
  30: {
    before: 20,
    rows: `INSERT INTO tray_clip (video_id, position, title, start_seconds, end_seconds) VALUES (7, 0, 'A clip', 1, 2);
      INSERT INTO stage_run (video_id, stage, version) VALUES (7, 'probe', 1)`,
    after: (db) => {
      expect(db.all('SELECT title FROM tray_clip', Titles)).toEqual([{ title: 'A clip' }])
      expect(db.all('SELECT video_id FROM changed_video', z.object({ video_id: z.number() }))).toEqual([])
    },
  },
  40: {
    before: 30,
    rows: `UPDATE video SET title = 'Kept on' WHERE id = 7`,
    after: (db) => {
      expect(db.all('SELECT title FROM video', Titles)).toEqual([{ title: 'Kept on' }])
      expect(db.all('SELECT title FROM removed_video', Titles)).toEqual([])
    },
  },
  50: {
    before: 40,
    rows: `INSERT INTO shot (video_id, start_pts, end_pts, transition) VALUES (7, 0, 100, 'start')`,
    after: (db) => {
      expect(db.all('SELECT end_pts FROM shot', z.object({ end_pts: z.number() }))).toEqual([{ end_pts: 100 }])
      expect(db.all('SELECT end_pts FROM silence', z.object({ end_pts: z.number() }))).toEqual([])
    },
  },
  60: {
    before: 50,
    rows: `UPDATE video SET priority = 3 WHERE id = 7; UPDATE stage_run SET state = 'done', is_first_look = 1 WHERE video_id = 7`,
    after: (db) => {
      const Id = z.object({ id: z.number() })
      expect(db.all('SELECT id FROM video INDEXED BY video_put_first WHERE priority > 0', Id)).toEqual([{ id: 7 }])
      expect(db.all(`SELECT video_id AS id FROM stage_run INDEXED BY stage_run_first_look WHERE stage = 'probe' AND state = 'done' AND is_first_look = 1`, Id)).toEqual([{ id: 7 }])
    },
  },
  70: {
    before: 60,
    rows: `INSERT INTO segment (video_id, source, start_seconds, end_seconds, text, words) VALUES (7, 'embedded:2', 1, 2, 'Said', '[]')`,
    after: (db) => {
      expect(db.all('SELECT stage, model FROM stage_run', z.object({ stage: z.string(), model: z.string().nullable() }))).toEqual([{ stage: 'probe', model: null }])
      expect(db.all('SELECT text AS title FROM segment', Titles)).toEqual([{ title: 'Said' }])
      expect(db.all('SELECT label AS title FROM scene_tag UNION ALL SELECT pts FROM scene_frame', Titles)).toEqual([])
    },
  },
  80: {
    before: 70,
    rows: `UPDATE video SET facts = '{"picture":{"startPts":100,"timeBase":{"num":1,"den":50}}}' WHERE id = 7;
      INSERT INTO scene (id, video_id, start_pts, end_pts, keyframe_pts, motion, brightness, colours) VALUES (3, 7, 100, 200, 150, 0, 0, '[]'), (4, 7, 200, 300, NULL, 0, 0, '[]');
      INSERT INTO vector (scene_id, model, modality, dimensions, data) VALUES (3, 'clip', 'picture', 1, x'0000803f'), (4, 'clip', 'picture', 1, x'00000040');
      INSERT INTO vector_index (model, modality, dimensions) VALUES ('clip', 'picture', 1);
      INSERT INTO stage_run (video_id, stage, version, state, ended_ms) VALUES (7, 'picture-vectors', 1, 'done', 99);
      INSERT INTO removed_video (id, identity, path, title, removed_ms, kept) VALUES (8, 'r', '/r', 'R', 1,
        '{"video":[{"id":8,"facts":"{\\"picture\\":{\\"startPts\\":0,\\"timeBase\\":{\\"num\\":1,\\"den\\":10}}}"}],"scene":[{"id":5,"start_pts":20,"keyframe_pts":25}]}');
      INSERT INTO removed_vector (video_id, scene_id, model, modality, dimensions, data) VALUES (8, 5, 'clip', 'picture', 1, x'0000803f')`,
    after: (db) => {
      const Part = z.object({ scene_id: z.number(), part: z.number(), at_seconds: z.number(), data: z.string() })
      const partsIn = (table: string) => db.all(`SELECT scene_id, part, at_seconds, hex(data) AS data FROM ${table} ORDER BY scene_id`, Part)
      expect(partsIn('vector')).toEqual([{ scene_id: 3, part: 0, at_seconds: 1, data: '0000803F' }, { scene_id: 4, part: 0, at_seconds: 2, data: '00000040' }])
      expect(partsIn('removed_vector')).toEqual([{ scene_id: 5, part: 0, at_seconds: 2.5, data: '0000803F' }])
      const Cover = z.object({ video_id: z.number(), modality: z.string(), model: z.string(), version: z.number(), done_ms: z.number() })
      expect(db.all('SELECT * FROM vector_cover', Cover)).toEqual([{ video_id: 7, modality: 'picture', model: 'clip', version: 1, done_ms: 99 }])
      expect(db.all('SELECT model AS title FROM vector_index', Titles)).toEqual([])
    },
  },
  90: {
    before: 80,
    rows: `UPDATE vector SET at_seconds = 3 WHERE scene_id = 3`,
    after: (db) => {
      expect(db.all('SELECT scene_id AS title FROM vector WHERE at_seconds = 3', z.object({ title: z.number() }))).toEqual([{ title: 3 }])
      expect(db.all('SELECT what AS title FROM search_change', Titles)).toEqual([])
    },
  },
  100: {
    before: 90,
    rows: `INSERT INTO vector_cover (video_id, modality, model, version, done_ms) VALUES (7, 'text', 'bge', 1, 5)`,
    after: (db) => {
      expect(db.all(`SELECT model AS title FROM vector_cover WHERE modality = 'text'`, Titles)).toEqual([{ title: 'bge' }])
      expect(db.all('SELECT model AS title FROM usual UNION ALL SELECT text FROM text_vector', Titles)).toEqual([])
    },
  },
  110: {
    before: 80,
    rows: `INSERT INTO scene_words (rowid, said, title) VALUES (3, 'Das Café ist schön', 'Kept')`,
    after: (db) => {
      const Id = z.object({ id: z.number() })
      expect(db.all(`SELECT rowid AS id FROM scene_words WHERE scene_words MATCH 'cafe'`, Id)).toEqual([{ id: 3 }])
      expect(db.all('SELECT video_id AS id FROM video_to_index', Id)).toEqual([{ id: 7 }])
    },
  },
  120: {
    before: 110,
    rows: `UPDATE tray_clip SET title = 'Kept clip' WHERE title = 'A clip'`,
    after: (db) => {
      const Found = z.object({ title: z.string(), query: z.null(), note: z.null(), framing: z.null() })
      expect(db.all('SELECT title, query, note, framing FROM tray_clip', Found)).toEqual([{ title: 'Kept clip', query: null, note: null, framing: null }])
    },
  },
}

describe('the migrations', () => {
  it('are numbered in tens, in order, and each one has a test from the version before', () => {
    const numbers = migrations.map(({ number }) => number)
    expect(numbers.every((number) => number % 10 === 0)).toBe(true)
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
    expect(Object.keys(leftBehind).map(Number)).toEqual(numbers.slice(1))
  })

  it.each(migrations.map(({ number, name }) => [number, name] as const))('%i (%s): a library brought to it step by step equals one made at once', async (number) => {
    const steps = migrations.filter((step) => step.number <= number)
    let atOnce: unknown
    await withDatabase('fresh.sqlite', async (db) => {
      await migrate(db, { ...noBackup, steps })
      atOnce = schemaOf(db)
      expect(libraryVersion(db, 'fresh', number)).toBe(number)
    })
    await withDatabase('old.sqlite', async (db) => {
      for (const [at] of steps.entries()) {
        const left = leftBehind[steps[at]!.number]
        if (left !== undefined) db.exec(left.rows)
        await migrate(db, { backupPath: (version) => path.join(folder, `backup-${version}.sqlite`), steps: steps.slice(0, at + 1) })
        left?.after(db)
      }
      expect(schemaOf(db)).toEqual(atOnce)
    })
  })

  const later: Migration = { number: 9990, name: 'later', sql: `CREATE TABLE later (n INTEGER); ALTER TABLE video ADD COLUMN later TEXT NOT NULL DEFAULT 'x'` }
  const Title = z.object({ title: z.string(), later: z.string() })
  const ONE_VIDEO = `INSERT INTO video (path, identity, size_bytes, modified_ms, title, added_ms) VALUES ('/a', 'i', 1, 1, 'Kept', 1)`

  it('make a backup before they change a library that is not new', async () => {
    await withDatabase('a.sqlite', async (db) => {
      await migrate(db, noBackup)
      db.exec(ONE_VIDEO)
      const before = await migrate(db, { backupPath: (version) => path.join(folder, `v${version}.sqlite`), steps: [...migrations, later] })
      expect(before).toBe(newestVersion)
      expect(db.all('SELECT title, later FROM video', Title)).toEqual([{ title: 'Kept', later: 'x' }])
    })
    const backup = sqlite.openForReading(path.join(folder, `v${newestVersion}.sqlite`))
    expect(libraryVersion(backup, 'backup')).toBe(newestVersion)
    expect(backup.all('SELECT title FROM video', z.object({ title: z.string() }))).toEqual([{ title: 'Kept' }])
    backup.close()
  })

  it('leave the library as it was when one fails', async () => {
    await withDatabase('a.sqlite', async (db) => {
      await migrate(db, noBackup)
      const schema = schemaOf(db)
      const broken: Migration = { number: 9990, name: 'broken', sql: 'CREATE TABLE later (n INTEGER); CREATE TABLE later (n INTEGER)' }
      await expect(migrate(db, { backupPath: () => path.join(folder, 'backup.sqlite'), steps: [...migrations, broken] })).rejects.toThrow(/already exists/)
      expect(schemaOf(db)).toEqual(schema)
      expect(libraryVersion(db, 'a')).toBe(newestVersion)
    })
  })

  it('leave the library as it was when the process is killed in the middle of one, and do it the next time', async () => {
    const file = path.join(folder, 'a.sqlite')
    let schema: unknown
    await withDatabase('a.sqlite', async (db) => {
      db.exec('PRAGMA journal_mode = WAL')
      await migrate(db, noBackup)
      db.exec(ONE_VIDEO)
      schema = schemaOf(db)
    })
    const backup = path.join(folder, 'backup.sqlite')
    const child = spawnSync(process.execPath, [path.join(import.meta.dirname, 'test-killed-migration.ts'), file, backup], { encoding: 'utf8' })
    expect([child.signal, child.stderr]).toEqual(['SIGKILL', ''])
    expect(existsSync(backup)).toBe(true)
    await withDatabase('a.sqlite', async (db) => {
      expect(schemaOf(db)).toEqual(schema)
      expect(libraryVersion(db, 'a')).toBe(newestVersion)
      await migrate(db, { backupPath: () => path.join(folder, 'second.sqlite'), steps: [...migrations, later] })
      expect(db.all('SELECT title, later FROM video', Title)).toEqual([{ title: 'Kept', later: 'x' }])
    })
  })

  it('do a step once when two processes come at the same time', async () => {
    await withDatabase('a.sqlite', async (first) => {
      await withDatabase('a.sqlite', async (second) => {
        // The second one is through before the first has begun to write, after it has looked.
        const slow: WriteDatabase = { ...first, transaction: (work) => {
          second.transaction(() => {
            second.exec(migrations[0]!.sql)
            second.exec(`PRAGMA user_version = ${migrations[0]!.number}; PRAGMA application_id = 1399022712`)
          })
          return first.transaction(work)
        } }
        await migrate(slow, { ...noBackup, steps: migrations.slice(0, 1) })
        expect(libraryVersion(first, 'a')).toBe(migrations[0]!.number)
      })
    })
  })
})
