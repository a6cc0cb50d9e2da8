import { constants, statSync } from 'node:fs'
import { access, mkdir, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '../errors.ts'
import type { Clock, ReadDatabase, Sqlite, WriteDatabase } from '../ports.ts'
import { backupName, libraryPaths } from './folder.ts'
import type { LibraryPaths } from './folder.ts'
import { libraryVersion, migrate, newestVersion } from './migrate.ts'
import { openCopyForReading } from './read-only.ts'

/** A library that can be asked. */
export interface ReadLibrary {
  readonly paths: LibraryPaths
  /** The file that is read, which may be a copy of the library's own; null where there is none, and the library is empty. */
  readonly file: string | null
  readonly db: ReadDatabase
  close(): void
}

/** The library with the one connection of this process that writes. */
export interface Library extends ReadLibrary {
  readonly db: WriteDatabase
  /** A transaction that is on the disk when it returns: for what the person made. All else may be lost with the power, and is computed again. */
  keep<Value>(work: () => Value): Value
  /** Empties the write-ahead log into the library when it has become long. Cheap to ask often. */
  trimLog(): void
}

// A reader that stays long keeps the log from being reused; this is where we start to care.
const LONG_LOG_BYTES = 16 * 1024 * 1024

const JournalMode = z.object({ journal_mode: z.string() })

function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code)
}

function readOnly(folder: string, cause: unknown): AppError {
  return new AppError('LIBRARY_READ_ONLY', {
    message: `The library folder ${folder} can not be written.`,
    hint: 'Searching it works. To import, check the rights of the folder, or use another one with --library.', cause,
  })
}

function notAFolder(folder: string, cause?: unknown): AppError {
  return new AppError('LIBRARY_NOT_A_FOLDER', { message: `${folder} is a file, and a library is a folder.`, hint: 'Choose another folder with --library.', cause })
}

async function makeFolders(paths: LibraryPaths): Promise<void> {
  try {
    for (const folder of [paths.folder, paths.artifacts, paths.models, paths.backups]) await mkdir(folder, { recursive: true })
    await access(paths.folder, constants.W_OK)
  } catch (error) {
    if (hasCode(error, 'EEXIST', 'ENOTDIR')) throw notAFolder(paths.folder, error)
    if (hasCode(error, 'EACCES', 'EPERM', 'EROFS')) throw readOnly(paths.folder, error)
    throw error
  }
}

/** The error with the name of the newest backup, where the library is damaged and there is one. */
async function withNewestBackup(error: unknown, paths: LibraryPaths): Promise<unknown> {
  if (!(error instanceof AppError) || error.code !== 'LIBRARY_DAMAGED') return error
  const backups = await readdir(paths.backups).catch(() => [])
  const newest = backups.filter((name) => name.endsWith('.sqlite')).sort((a, b) => a.slice(-23).localeCompare(b.slice(-23))).at(-1)
  const hint = newest === undefined
    ? 'There is no backup. Move library.sqlite away and import your videos again: they are untouched.'
    : `Close Scenedex, and copy the newest backup over library.sqlite: ${path.join(paths.backups, newest)}`
  return new AppError('LIBRARY_DAMAGED', { message: error.message, hint, cause: error })
}

function configure(db: WriteDatabase): void {
  const mode = db.get('PRAGMA journal_mode = WAL', JournalMode)?.journal_mode
  if (mode !== 'wal') {
    throw new AppError('LIBRARY_READ_ONLY', {
      message: `The drive of ${db.path} can not hold a library: it has no shared memory for the write-ahead log.`,
      hint: 'Use a folder on a local drive with --library.',
    })
  }
  db.exec(`PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 1000; PRAGMA journal_size_limit = ${LONG_LOG_BYTES};`)
}

function closeForWriting(db: WriteDatabase): void {
  try {
    // Without other connections the library becomes one plain file again, which can be read from anywhere, also
    // where nothing may be written. With others this fails at once, and the last one does it.
    db.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE')
  } catch (error) {
    // All is stored already: a log that stays is read at the next opening.
    if (!(error instanceof AppError) || !['LIBRARY_BUSY', 'DISK_FULL'].includes(error.code)) throw error
  } finally {
    db.close()
  }
}

function asLibrary(paths: LibraryPaths, db: WriteDatabase): Library {
  let depth = 0
  return {
    paths,
    file: paths.database,
    db,
    keep(work) {
      // The setting can not be changed within a transaction: who is in one already decides.
      if (depth === 0) db.exec('PRAGMA synchronous = FULL')
      depth++
      try {
        return db.transaction(work)
      } finally {
        depth--
        if (depth === 0) db.exec('PRAGMA synchronous = NORMAL')
      }
    },
    trimLog() {
      const size = statSync(`${paths.database}-wal`, { throwIfNoEntry: false })?.size ?? 0
      // A reader in the middle of something keeps it long: not worth waiting for, it is asked again soon.
      if (size > LONG_LOG_BYTES) db.exec('PRAGMA busy_timeout = 100; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA busy_timeout = 5000')
    },
    close() { closeForWriting(db) },
  }
}

/**
 * Opens a library for writing and makes it where there is none; an older one is backed up and brought to this version.
 * Throws LIBRARY_NOT_A_FOLDER, LIBRARY_READ_ONLY, LIBRARY_TOO_NEW, LIBRARY_DAMAGED, LIBRARY_BUSY.
 */
export async function openLibrary(folder: string, sqlite: Sqlite, clock: Pick<Clock, 'now'>): Promise<Library> {
  const paths = libraryPaths(path.resolve(folder))
  await makeFolders(paths)
  let db: WriteDatabase | undefined
  try {
    db = sqlite.openForWriting(paths.database)
    // Before anything is written into it.
    libraryVersion(db, paths.database)
    configure(db)
    await migrate(db, { backupPath: (version) => backupName(paths, version, clock.now()) })
    return asLibrary(paths, db)
  } catch (error) {
    db?.close()
    throw await withNewestBackup(error, paths)
  }
}

async function isThere(paths: LibraryPaths): Promise<boolean> {
  try {
    if (!(await stat(paths.folder)).isDirectory()) throw notAFolder(paths.folder)
    await stat(paths.database)
    return true
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false
    if (hasCode(error, 'ENOTDIR')) throw notAFolder(paths.folder, error)
    throw error
  }
}

async function emptyLibrary(paths: LibraryPaths, sqlite: Sqlite): Promise<ReadLibrary> {
  const db = sqlite.openForWriting(':memory:')
  await migrate(db, { backupPath: () => ':memory:' })
  return { paths, file: null, db, close: () => { db.close() } }
}

async function openReadable(paths: LibraryPaths, sqlite: Sqlite): Promise<{ file: string, db: ReadDatabase }> {
  try {
    return { file: paths.database, db: sqlite.openForReading(paths.database) }
  } catch (error) {
    if (error instanceof AppError && error.code === 'LIBRARY_READ_ONLY') return openCopyForReading(paths.database, sqlite)
    throw error
  }
}

/**
 * Opens a library for reading, also one in a folder that can not be written. A folder without a library reads as an empty one.
 * Throws LIBRARY_NOT_A_FOLDER, LIBRARY_TOO_NEW, LIBRARY_DAMAGED, and LIBRARY_READ_ONLY for an older library that can not be brought to this version.
 */
export async function openLibraryForReading(folder: string, sqlite: Sqlite, clock: Pick<Clock, 'now'>): Promise<ReadLibrary> {
  const paths = libraryPaths(path.resolve(folder))
  if (!await isThere(paths)) return emptyLibrary(paths, sqlite)
  let db: ReadDatabase | undefined
  try {
    const opened = await openReadable(paths, sqlite)
    db = opened.db
    const version = libraryVersion(db, paths.database)
    if (version === newestVersion) {
      return { paths, ...opened, close: () => { opened.db.close() } }
    }
    db.close()
    db = undefined
  } catch (error) {
    db?.close()
    throw await withNewestBackup(error, paths)
  }
  const library = await openLibrary(folder, sqlite, clock)
  library.close()
  return openLibraryForReading(folder, sqlite, clock)
}
