import { statSync } from 'node:fs'
import path from 'node:path'
import type { SearchStart } from '../../contract/search-worker.ts'
import { AppError, isCancel } from '../../core/errors.ts'
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

/** Reads the library of a folder, or the file that was found to be read in its place. */
export function libraryReader<Opened>({ folder, file }: SearchStart, { sqlite, clock, onOpen, onClose }: ReaderTools<Opened>): LibraryReader<Opened> {
  const own = libraryPaths(path.resolve(folder)).database
  const copy = file === null || file === own ? null : file
  let wasThere = file !== null
  let current: Connection<Opened> | null = null

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
  const connect = (): Connection<Opened> => {
    const found = identityOf(copy ?? own)
    if (found === null && wasThere) throw gone(folder)
    const connection = { file: found, opened: open(), users: 0, isRetired: false }
    connection.opened.catch(() => undefined) // told to who asks
    return connection
  }
  const closeUnused = (connection: Connection<Opened>): void => {
    if (connection.isRetired && connection.users === 0) connection.opened.then(({ close }) => { close() }, () => undefined)
  }
  const retire = (connection: Connection<Opened>): void => {
    if (current === connection) current = null
    connection.isRetired = true
    closeUnused(connection)
  }
  const usable = (): Connection<Opened> => {
    if (current !== null && current.file !== identityOf(copy ?? own)) retire(current)
    return current ??= connect()
  }

  return {
    use: async (work) => {
      const connection = usable()
      connection.users++
      try {
        return await work((await connection.opened).value)
      } catch (error) {
        // Whatever is wrong with the library may not be so at the next question, and a connection does not mend by itself.
        if (!isCancel(error) && !(error instanceof AppError && !error.code.startsWith('LIBRARY_'))) retire(connection)
        throw error
      } finally {
        connection.users--
        closeUnused(connection)
      }
    },
  }
}
