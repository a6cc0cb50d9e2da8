import { constants, existsSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../errors.ts'
import type { ReadDatabase, Sqlite } from '../ports.ts'
import { privateFolder } from '../private-folder.ts'

/**
 * A library that was not closed (a crash, or another process at work) needs its write-ahead log for being read, and
 * SQLite can not use the log where it may write nothing beside it. So a copy in the temp folder is read instead.
 * Throws NO_ACCESS when the file can not be read either.
 */
export async function openCopyForReading(database: string, sqlite: Sqlite): Promise<{ file: string, db: ReadDatabase }> {
  const folder = await privateFolder('library')
  const copy = path.join(folder.path, 'library.sqlite')
  try {
    for (const suffix of ['', '-wal']) {
      if (existsSync(database + suffix)) await copyFile(database + suffix, copy + suffix, constants.COPYFILE_FICLONE)
    }
    const db = sqlite.openForWriting(copy)
    return { file: copy, db: { ...db, close: () => {
      db.close()
      folder.remove()
    } } }
  } catch (error) {
    folder.remove()
    if (error instanceof Error && 'code' in error && error.code === 'EACCES') {
      throw new AppError('NO_ACCESS', { message: `The library ${database} can not be read.`, hint: 'Check the rights of the folder and of the file.', cause: error })
    }
    throw error
  }
}
