import { z } from 'zod'
import { AppError } from '../errors.ts'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'
import type { Migration } from './migration.ts'
import { first } from './migrations/0010-first.ts'
import { madeByThePerson } from './migrations/0020-made-by-the-person.ts'
import { changedVideos } from './migrations/0030-changed-videos.ts'
import { removedVideos } from './migrations/0040-removed-videos.ts'
import { silences } from './migrations/0050-silences.ts'
import { workInTurn } from './migrations/0060-work-in-turn.ts'
import { models } from './migrations/0070-models.ts'
import { partsOfScenes } from './migrations/0080-parts-of-scenes.ts'
import { searchChanges } from './migrations/0090-search-changes.ts'
import { usual } from './migrations/0100-usual.ts'
import { vocabulary } from './migrations/0110-vocabulary.ts'
import { clipsFound } from './migrations/0120-clips-found.ts'

/** All steps, in tens, so that one can be put between two while neither is released. */
export const migrations: readonly Migration[] = [
  first, madeByThePerson, changedVideos, removedVideos, silences, workInTurn, models, partsOfScenes, searchChanges, usual, vocabulary, clipsFound,
]

/** The version this program writes. */
export const newestVersion = versionAfter(migrations)

// "Scdx": tells our files from those of others. https://sqlite.org/pragma.html#pragma_application_id
const APPLICATION_ID = 0x53636478

const Version = z.object({ user_version: z.number().int() })
const ApplicationId = z.object({ application_id: z.number().int() })
const Count = z.object({ count: z.number().int() })

function versionAfter(steps: readonly Migration[]): number {
  return steps.at(-1)?.number ?? 0
}

function isOfAnother(db: ReadDatabase): boolean {
  if (db.get('PRAGMA application_id', ApplicationId)?.application_id === APPLICATION_ID) return false
  return db.get('SELECT count(*) AS count FROM sqlite_schema', Count)?.count !== 0
}

/** The version of a library; 0 when there is nothing in the file yet. Throws LIBRARY_TOO_NEW, and LIBRARY_DAMAGED for a file of another program. */
export function libraryVersion(db: ReadDatabase, path: string, newest = newestVersion): number {
  const version = db.get('PRAGMA user_version', Version)?.user_version ?? 0
  if (isOfAnother(db)) {
    throw new AppError('LIBRARY_DAMAGED', { message: `${path} is not a library of Scenedex.`, hint: 'Choose another folder with --library.' })
  }
  if (version > newest) {
    throw new AppError('LIBRARY_TOO_NEW', {
      message: `The library ${path} was made by a newer Scenedex (version ${version}, this one knows ${newest}).`,
      hint: 'Update Scenedex, or choose another library with --library.',
    })
  }
  return version
}

export interface MigrateOptions {
  /** Where the library as it is now is copied to before it is changed. */
  backupPath: (version: number) => string
  steps?: readonly Migration[]
}

/** Brings a library to the newest version, one transaction a step. Gives the version it had. Throws LIBRARY_TOO_NEW. */
export async function migrate(db: WriteDatabase, options: MigrateOptions): Promise<number> {
  const steps = options.steps ?? migrations
  const before = libraryVersion(db, db.path, versionAfter(steps))
  const due = steps.filter(({ number }) => number > before)
  if (due.length > 0 && before > 0) await db.backupTo(options.backupPath(before))
  for (const step of due) {
    db.transaction(() => {
      // Another process may have done it since.
      if (libraryVersion(db, db.path, versionAfter(steps)) >= step.number) return
      db.exec(step.sql)
      db.exec(`PRAGMA user_version = ${step.number}; PRAGMA application_id = ${APPLICATION_ID}`)
    })
  }
  return before
}
