import { execFile } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sqlite } from '../../../native/sqlite/open.ts'
import { openLibrary, openLibraryForReading } from './database.ts'
import { newestVersion } from './migrate.ts'
import { setSetting, setting } from './settings.ts'
import { testClock, testFolder, testVideo } from './test-library.ts'
import { allVideos } from './videos.ts'

let parent: string
let folder: string

beforeEach(() => {
  parent = testFolder()
  folder = path.join(parent, 'deep', 'library')
})
afterEach(() => { rmSync(parent, { recursive: true, force: true }) })

const open = () => openLibrary(folder, sqlite, testClock)
const read = () => openLibraryForReading(folder, sqlite, testClock)
const database = () => path.join(folder, 'library.sqlite')
const errorLike = (fields: Record<string, unknown>): unknown => expect.objectContaining(fields)
const code = (expected: string) => errorLike({ code: expected })
const pragma = (library: Awaited<ReturnType<typeof open>>, name: string) =>
  Object.values(library.db.get(`PRAGMA ${name}`, z.record(z.string(), z.union([z.string(), z.number()]))) ?? {})[0]

async function asNobody(): Promise<unknown> {
  const script = path.join(import.meta.dirname, 'test-without-rights.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [script, folder])
  return JSON.parse(stdout) as unknown
}

describe('a library', () => {
  it('is a folder with everything in its place, made where there is none', async () => {
    const library = await open()
    expect(readdirSync(folder).filter((name) => !name.startsWith('library.sqlite-')).sort()).toEqual(['artifacts', 'backups', 'library.sqlite', 'models'])
    expect(pragma(library, 'user_version')).toBe(newestVersion)
    library.close()
  })

  it('writes a log ahead, checks its links and makes sure of what the person wrote', async () => {
    const library = await open()
    expect(['journal_mode', 'foreign_keys', 'synchronous'].map((name) => pragma(library, name))).toEqual(['wal', 1, 1])
    expect(library.keep(() => library.keep(() => pragma(library, 'synchronous')))).toBe(2) // FULL
    expect(() => { library.keep(() => { throw new Error('not this') }) }).toThrow('not this')
    expect(pragma(library, 'synchronous')).toBe(1) // NORMAL
    library.close()
  })

  it('is one plain file again once everybody has closed it', async () => {
    const [first, second] = [await open(), await open()]
    testVideo(first)
    first.close()
    expect(allVideos(second.db)).toHaveLength(1)
    second.close()
    expect(readdirSync(folder).sort()).toEqual(['artifacts', 'backups', 'library.sqlite', 'models'])
    const lone = path.join(parent, 'lone')
    mkdirSync(lone)
    copyFileSync(database(), path.join(lone, 'library.sqlite'))
    const copied = await openLibraryForReading(lone, sqlite, testClock)
    expect(allVideos(copied.db)).toHaveLength(1)
    copied.close()
  })

  it('keeps its log small', async () => {
    const library = await open()
    const log = `${database()}-wal`
    library.db.transaction(() => {
      for (let n = 0; n < 24; n++) setSetting(library.db, `n${n}`, 'x'.repeat(1024 * 1024))
    })
    expect(statSync(log).size).toBeGreaterThan(24 * 1024 * 1024)
    library.trimLog()
    expect(statSync(log).size).toBe(0)
    library.close()
  })

  it('can be read while another connection writes', async () => {
    const library = await open()
    const reader = await read()
    library.db.transaction(() => {
      testVideo(library)
      expect(allVideos(reader.db)).toEqual([])
    })
    expect(allVideos(reader.db)).toHaveLength(1)
    reader.close()
    library.close()
  })

  it('reads as an empty one where there is none, and nothing is made', async () => {
    const reader = await read()
    expect(allVideos(reader.db)).toEqual([])
    reader.close()
    expect(existsSync(folder)).toBe(false)
  })
})

describe('a library that can not be opened', () => {
  it('is a file', async () => {
    mkdirSync(path.dirname(folder), { recursive: true })
    writeFileSync(folder, 'a file')
    const expected = errorLike({ code: 'LIBRARY_NOT_A_FOLDER', message: `${folder} is a file, and a library is a folder.` })
    await expect(open()).rejects.toThrow(expected)
    await expect(read()).rejects.toThrow(expected)
    folder = path.join(folder, 'inside')
    await expect(open()).rejects.toThrow(code('LIBRARY_NOT_A_FOLDER'))
    await expect(read()).rejects.toThrow(code('LIBRARY_NOT_A_FOLDER'))
  })

  it('is from a newer version, and stays as it is', async () => {
    const library = await open()
    library.db.exec(`PRAGMA user_version = ${newestVersion + 10}`)
    library.close()
    const before = statSync(database()).mtimeMs
    const expected = errorLike({ code: 'LIBRARY_TOO_NEW', message: `The library ${database()} was made by a newer Scenedex (version ${newestVersion + 10}, this one knows ${newestVersion}).` })
    await expect(open()).rejects.toThrow(expected)
    await expect(read()).rejects.toThrow(expected)
    expect(statSync(database()).mtimeMs).toBe(before)
  })

  it('is damaged: the newest backup is named', async () => {
    const library = await open()
    await library.db.backupTo(path.join(folder, 'backups', 'library-v10-20260101T000000Z.sqlite'))
    await library.db.backupTo(path.join(folder, 'backups', 'library-v10-20260301T000000Z.sqlite'))
    library.close()
    writeFileSync(database(), 'no database')
    const expected = errorLike({ code: 'LIBRARY_DAMAGED', hint: expect.stringContaining('library-v10-20260301T000000Z.sqlite') })
    await expect(open()).rejects.toThrow(expected)
    await expect(read()).rejects.toThrow(expected)
  })

  it('is a database of another program, and stays as it is', async () => {
    mkdirSync(folder, { recursive: true })
    const other = sqlite.openForWriting(database())
    other.exec('CREATE TABLE theirs (n INTEGER)')
    other.close()
    await expect(open()).rejects.toThrow(errorLike({ code: 'LIBRARY_DAMAGED', message: `${database()} is not a library of Scenedex.` }))
  })
})

describe.skipIf(process.platform === 'win32')('a library that may only be read (needs POSIX rights)', () => {
  function takeRights(): void {
    for (const name of readdirSync(folder)) chmodSync(path.join(folder, name), statSync(path.join(folder, name)).isDirectory() ? 0o555 : 0o444)
    for (const of of [parent, path.dirname(folder), folder]) chmodSync(of, 0o555)
  }
  afterEach(() => { for (const of of [parent, path.dirname(folder), folder]) chmodSync(of, 0o755) })

  it('is searched, and refuses an import', async () => {
    const library = await open()
    testVideo(library, 'Lighthouse')
    library.close()
    takeRights()
    expect(await asNobody()).toEqual({ titles: ['Lighthouse'], writing: 'LIBRARY_READ_ONLY' })
  })

  it('is searched also when it was never closed', async () => {
    const library = await open()
    testVideo(library, 'Lighthouse')
    // As after a crash: the log is still there, and what it holds is not in the library.
    const crashed = path.join(parent, 'crashed')
    mkdirSync(crashed)
    for (const suffix of ['', '-wal']) copyFileSync(database() + suffix, path.join(crashed, `library.sqlite${suffix}`))
    library.close()
    rmSync(folder, { recursive: true })
    folder = crashed
    takeRights()
    expect(await asNobody()).toEqual({ titles: ['Lighthouse'], writing: 'LIBRARY_READ_ONLY' })
    expect(readdirSync(crashed).sort()).toEqual(['library.sqlite', 'library.sqlite-wal'])
  })
})

describe('settings', () => {
  it('are kept until they are taken away', async () => {
    const library = await open()
    expect(setting(library.db, 'x')).toBeNull()
    setSetting(library.db, 'x', '1')
    setSetting(library.db, 'x', '2')
    expect(setting(library.db, 'x')).toBe('2')
    setSetting(library.db, 'x', null)
    expect(setting(library.db, 'x')).toBeNull()
    library.close()
  })
})
