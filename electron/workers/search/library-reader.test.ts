import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { sqlite } from '../../../native/sqlite/open.ts'
import type { ReadDatabase } from '../../core/ports.ts'
import type { Library } from '../../core/store/database.ts'
import { openLibrary } from '../../core/store/database.ts'
import { testClock, testFolder, testVideo } from '../../core/store/test-library.ts'
import type { LibraryReader } from './library-reader.ts'
import { libraryReader } from './library-reader.ts'

let root: string
let folder: string
let opened: number
beforeEach(() => {
  root = testFolder()
  folder = path.join(root, 'library')
  opened = 0
})
afterEach(() => { rmSync(root, { recursive: true, force: true }) })

const file = (): string => path.join(folder, 'library.sqlite')
const Title = z.object({ title: z.string() })
const titlesIn = (db: ReadDatabase): string[] => db.all('SELECT title FROM video ORDER BY id', Title).map(({ title }) => title)
const reader = (found: string | null): LibraryReader<ReadDatabase> => libraryReader({ folder, file: found }, { sqlite, clock: testClock, onOpen: (db) => { opened++; return db } })
const titles = (from: LibraryReader<ReadDatabase>): Promise<string[]> => from.use(async (db) => titlesIn(db))

/** A library with one video, which is closed again. */
async function made(title: string): Promise<void> {
  const library = await openLibrary(folder, sqlite, testClock)
  testVideo(library, title)
  library.close()
}

describe('the library as the thread that searches reads it', () => {
  test('is opened once, and sees what others write', async () => {
    const library = await openLibrary(folder, sqlite, testClock)
    const searched = reader(file())
    expect(await titles(searched)).toEqual([])
    testVideo(library, 'A')
    expect(await titles(searched)).toEqual(['A'])
    expect(opened).toBe(1)
    library.close()
  })

  test('is an empty one until somebody makes it', async () => {
    const searched = reader(null)
    expect(await titles(searched)).toEqual([])
    await made('A')
    expect(await titles(searched)).toEqual(['A'])
  })

  test('is gone when its folder was deleted, and is there again when it came back', async () => {
    await made('A')
    const searched = reader(file())
    expect(await titles(searched)).toEqual(['A'])
    renameSync(folder, `${folder}-elsewhere`)
    await expect(titles(searched)).rejects.toMatchObject({ code: 'LIBRARY_GONE', message: `The library in ${folder} is not there any more.` })
    await expect(titles(searched)).rejects.toMatchObject({ code: 'LIBRARY_GONE' })
    renameSync(`${folder}-elsewhere`, folder)
    expect(await titles(searched)).toEqual(['A'])
  })

  test('is gone, and not empty, where it went before the first question', async () => {
    await made('A')
    rmSync(folder, { recursive: true })
    await expect(titles(reader(file()))).rejects.toMatchObject({ code: 'LIBRARY_GONE' })
  })

  test('is the other one when its file was exchanged, while a question to the one before is answered to its end', async () => {
    await made('A')
    copyFileSync(file(), path.join(root, 'backup.sqlite'))
    await made('B')
    const searched = reader(file())
    const question = Promise.withResolvers<undefined>()
    const before = searched.use(async (db) => {
      const first = titlesIn(db)
      await question.promise
      return [first, titlesIn(db)]
    })
    // Until it has begun to read.
    expect(await titles(searched)).toEqual(['A', 'B'])
    renameSync(path.join(root, 'backup.sqlite'), file())
    expect(await titles(searched)).toEqual(['A'])
    question.resolve(undefined)
    expect(await before).toEqual([['A', 'B'], ['A', 'B']])
    expect(opened).toBe(2)
  })

  test('says what is wrong with it, and is tried again at the next question', async () => {
    await made('A')
    copyFileSync(file(), path.join(root, 'good.sqlite'))
    const searched = reader(file())
    writeFileSync(file(), 'no library at all, but long enough to be looked at as one by who opens it'.repeat(100))
    await expect(titles(searched)).rejects.toMatchObject({ code: 'LIBRARY_DAMAGED' })
    copyFileSync(path.join(root, 'good.sqlite'), file())
    const newer = sqlite.openForWriting(file())
    newer.exec('PRAGMA user_version = 99999')
    newer.close()
    await expect(titles(searched)).rejects.toMatchObject({ code: 'LIBRARY_TOO_NEW' })
    copyFileSync(path.join(root, 'good.sqlite'), file())
    expect(await titles(searched)).toEqual(['A'])
  })

  test('is read from the copy that the engine has made, and not copied again', async () => {
    await made('A')
    const copy = path.join(root, 'copy', 'library.sqlite')
    mkdirSync(path.dirname(copy))
    copyFileSync(file(), copy)
    writeFileSync(file(), '')
    expect(await titles(reader(copy))).toEqual(['A'])
  })

  test('keeps nobody from emptying the write-ahead log between two questions', async () => {
    const library: Library = await openLibrary(folder, sqlite, testClock)
    const searched = reader(file())
    await titles(searched)
    testVideo(library, 'A')
    const emptied = library.db.get('PRAGMA wal_checkpoint(TRUNCATE)', z.object({ busy: z.number(), log: z.number() }))
    expect(emptied).toEqual({ busy: 0, log: 0 })
    expect(await titles(searched)).toEqual(['A'])
    library.close()
  })
})
