import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sqlite } from './open.ts'

const N = z.object({ n: z.number() })
let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'scenedex-sqlite-'))
  file = path.join(folder, 'x.sqlite')
})
afterEach(() => { rmSync(folder, { recursive: true, force: true }) })

describe('the database', () => {
  it('gives rows that were checked, and says what is wrong with one that does not fit', () => {
    const db = sqlite.openForWriting(file)
    db.exec('CREATE TABLE t (n INTEGER)')
    expect(db.run('INSERT INTO t (n) VALUES (@n)', { n: 7 })).toEqual({ changes: 1, lastRowId: 1 })
    expect(db.all('SELECT n FROM t', N)).toEqual([{ n: 7 }])
    expect(db.get('SELECT n FROM t WHERE n = @n', N, { n: 8 })).toBeUndefined()
    expect(() => db.get(`SELECT 'seven' AS n`, N)).toThrow(/expected number/)
    db.close()
  })

  it('has full text search and vectors', () => {
    const db = sqlite.openForWriting(file)
    db.exec(`
      CREATE VIRTUAL TABLE f USING fts5 (said, tokenize = 'unicode61 remove_diacritics 2');
      INSERT INTO f (said) VALUES ('le café');
      CREATE VIRTUAL TABLE v USING vec0 (id INTEGER PRIMARY KEY, e FLOAT[2]);
      INSERT INTO v (id, e) VALUES (1, '[1, 0]'), (2, '[0, 1]')`)
    expect(db.all(`SELECT rowid AS n FROM f WHERE f MATCH 'cafe'`, N)).toEqual([{ n: 1 }])
    expect(db.all(`SELECT id AS n FROM v WHERE e MATCH '[0, 0.9]' AND k = 1`, N)).toEqual([{ n: 2 }])
    db.close()
  })

  it('stores all of a transaction or nothing, also of one within another', () => {
    const db = sqlite.openForWriting(file)
    db.exec('CREATE TABLE t (n INTEGER)')
    const add = (n: number): void => { db.run('INSERT INTO t (n) VALUES (@n)', { n }) }
    db.transaction(() => {
      add(1)
      db.transaction(() => { add(2) })
    })
    expect(() => db.transaction(() => {
      db.transaction(() => { add(3) })
      throw new Error('outer')
    })).toThrow('outer')
    // The inner part can not be undone by itself, so the outer one must not go through without it.
    expect(() => db.transaction(() => {
      try {
        db.transaction(() => {
          add(4)
          throw new Error('inner')
        })
      } catch { add(5) }
    })).toThrow('inner')
    db.transaction(() => { add(6) })
    expect(db.all('SELECT n FROM t', N).map(({ n }) => n)).toEqual([1, 2, 6])
    db.close()
  })

  it('lets a reader read while a transaction is open, and the reader can not write', () => {
    const db = sqlite.openForWriting(file)
    db.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1)')
    const reader = sqlite.openForReading(file)
    db.transaction(() => {
      db.run('INSERT INTO t (n) VALUES (2)')
      expect(reader.all('SELECT n FROM t', N)).toEqual([{ n: 1 }])
    })
    expect(reader.all('SELECT n FROM t', N)).toEqual([{ n: 1 }, { n: 2 }])
    expect(() => reader.get('INSERT INTO t (n) VALUES (3) RETURNING n', N)).toThrow(expect.objectContaining({ code: 'LIBRARY_READ_ONLY' }))
    reader.close()
    db.close()
  })

  it('copies itself whole while it is open', async () => {
    const db = sqlite.openForWriting(file)
    db.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1)')
    const copy = path.join(folder, 'copy.sqlite')
    await db.backupTo(copy)
    db.close()
    const copied = sqlite.openForReading(copy)
    expect(copied.all('SELECT n FROM t', N)).toEqual([{ n: 1 }])
    copied.close()
  })

  it.each([
    ['a text', Buffer.from('this is not a database, it only has its name')],
    ['random bytes behind the right head', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8192, 0xa5)])],
  ])('says that a file is damaged: %s', (_what, bytes) => {
    writeFileSync(file, bytes)
    const damaged: unknown = expect.objectContaining({ code: 'LIBRARY_DAMAGED', message: `The library ${file} is damaged.` })
    expect(() => sqlite.openForReading(file)).toThrow(damaged)
    expect(() => sqlite.openForWriting(file)).toThrow(damaged)
  })

  it('keeps our own mistakes as they are', () => {
    const db = sqlite.openForWriting(file)
    expect(() => { db.exec('SELEKT 1') }).toThrow(/syntax error/)
    db.close()
  })
})
