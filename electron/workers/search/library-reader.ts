import { statSync } from 'node:fs'
import path from 'node:path'
import type { SearchStart } from '../../contract/search-worker.ts'
import { AppError } from '../../core/errors.ts'
import type { Clock, ReadDatabase, Sqlite } from '../../core/ports.ts'
import { openLibraryForReading } from '../../core/store/database.ts'
import { libraryPaths } from '../../core/store/folder.ts'

/** A library's connection, which is opened when it is needed and again when the file is another one. */
export interface LibraryReader<Opened> {
  /** Works with what was made of the connection. Throws the LIBRARY_ errors of opening, LIBRARY_GONE for a file that is not there any more. */
  use<Value>(work: (opened: Opened) => Promise<Value>): Promise<Value>
}

export interface ReaderTools<Opened> {
  sqlite: Sqlite
  clock: Pick<Clock, 'now'>
  /** What is made of each connection. */
  onOpen: (db: ReadDatabase) => Opened
  /** Comes before the connection is closed. */
  onClose?: (opened: Opened) => void
}

interface Connection<Opened> {
  /** What tells the file from another one of the same name; null where there was none, and the library reads as an empty one. */
  file: string | null
  opened: Promise<{ value: Opened, close: () => void }>
  users: number
  isRetired: boolean
}

// A connection does not mend by itself. What is made of one is dear: after any other error it is kept.
const PAST_MENDING: ReadonlySet<string> = new Set(['LIBRARY_DAMAGED', 'LIBRARY_GONE', 'LIBRARY_READ_ONLY'])

function identityOf(file: string): string | null {
  try {
    const { dev, ino } = statSync(file)
    return `${dev}/${ino}`
  } catch {
    return null // gone, or not to be reached: the same to who wants to read it
  }
}

function gone(folder: string): AppError {
  return new AppError('LIBRARY_GONE', {
    message: `The library in ${folder} is not there any more.`,
    hint: 'If it is on another drive, connect it. If it was moved, start Scenedex with --library and its new folder.',
  })
}

interface Place<Opened> {
  /** What tells the file that is there now from another one; null where there is none. */
  identity(): string | null
  connect(): Connection<Opened>
}

function placeOf<Opened>({ folder, file }: SearchStart, { sqlite, clock, onOpen, onClose }: ReaderTools<Opened>): Place<Opened> {
  const own = libraryPaths(path.resolve(folder)).database
  const copy = file === null || file === own ? null : file
  let wasThere = file !== null

  const open = async (): Promise<{ value: Opened, close: () => void }> => {
    // A copy that the engine has made and looked at: it takes it away when nobody needs it.
    const library = copy === null ? await openLibraryForReading(folder, sqlite, clock) : { db: sqlite.openForReading(copy), file: copy }
    wasThere ||= library.file !== null
    const value = onOpen(library.db)
    return { value, close: () => {
      onClose?.(value)
      library.db.close()
    } }
  }
  const identity = (): string | null => identityOf(copy ?? own)
  return {
    identity,
    connect: () => {
      const found = identity()
      if (found === null && wasThere) throw gone(folder)
      const connection = { file: found, opened: open(), users: 0, isRetired: false }
      connection.opened.catch(() => undefined) // told to who asks
      return connection
    },
  }
}

/** Reads the library of a folder, or the file that was found to be read in its place. */
export function libraryReader<Opened>(start: SearchStart, tools: ReaderTools<Opened>): LibraryReader<Opened> {
  const place = placeOf(start, tools)
  let current: Connection<Opened> | null = null

  const closeUnused = (connection: Connection<Opened>): void => {
    if (connection.isRetired && connection.users === 0) connection.opened.then(({ close }) => { close() }, () => undefined)
  }
  const retire = (connection: Connection<Opened>): void => {
    if (current === connection) current = null
    connection.isRetired = true
    closeUnused(connection)
  }
  const usable = (): Connection<Opened> => {
    if (current !== null && current.file !== place.identity()) retire(current)
    return current ??= place.connect()
  }

  const openedOf = async (connection: Connection<Opened>): Promise<Opened> => {
    try {
      return (await connection.opened).value
    } catch (error) {
      retire(connection) // what was in the way may be gone at the next question
      throw error
    }
  }

  return {
    use: async (work) => {
      const connection = usable()
      connection.users++
      try {
        return await work(await openedOf(connection))
      } catch (error) {
        if (error instanceof AppError && PAST_MENDING.has(error.code)) retire(connection)
        throw error
      } finally {
        connection.users--
        closeUnused(connection)
      }
    },
  }
}
