import Database from 'better-sqlite3'
import { getLoadablePath } from 'sqlite-vec'
import type { z } from 'zod'
import { AppError } from '../../electron/core/errors.ts'
import type { ReadDatabase, Sqlite, SqlParams, WriteDatabase } from '../../electron/core/ports.ts'
import { toLibraryError } from './errors.ts'

// Everything asked of a library in one run fits; a query with built-up SQL does not fill the memory.
const STATEMENTS_KEPT = 256
// How long a write waits for the other process that is writing.
const BUSY_MS = 5000
// better-sqlite3 13 is built for Node-API 10 and crashes the process on older ones (Node 20).
const OLDEST_NODE_API = 10

function checkRuntime(): void {
  if (Number(process.versions.napi) >= OLDEST_NODE_API) return
  throw new AppError('TOOL_MISSING', {
    message: `Node ${process.versions.node} is too old for the library.`,
    hint: 'Start Scenedex with "npm start" or "npx scenedex": both bring their own Node.',
  })
}

class Statements {
  private readonly kept = new Map<string, Database.Statement>()
  private readonly db: Database.Database

  constructor(db: Database.Database) { this.db = db }

  get(sql: string): Database.Statement {
    const known = this.kept.get(sql)
    const statement = known ?? this.db.prepare(sql)
    this.kept.delete(sql)
    this.kept.set(sql, statement) // the last one used is the last to go
    if (this.kept.size > STATEMENTS_KEPT) {
      for (const oldest of this.kept.keys()) { this.kept.delete(oldest); break }
    }
    return statement
  }
}

function connect(path: string, isReadOnly: boolean): Database.Database {
  checkRuntime()
  const db = new Database(path, { readonly: isReadOnly, fileMustExist: isReadOnly, timeout: BUSY_MS })
  try {
    db.loadExtension(getLoadablePath().replace('app.asar', 'app.asar.unpacked'))
    // The file is only read at the first question: ask one, so that what is wrong with it is said here.
    db.prepare('SELECT count(*) FROM sqlite_schema').get()
  } catch (error) {
    db.close()
    throw error
  }
  return db
}

function translated<Value>(path: string, work: () => Value): Value {
  try {
    return work()
  } catch (error) {
    throw toLibraryError(error, path)
  }
}

function reading(db: Database.Database, statements: Statements, path: string): ReadDatabase {
  return {
    all<Row>(sql: string, row: z.ZodType<Row>, params: SqlParams = {}): Row[] {
      return translated(path, () => statements.get(sql).all(params)).map((value) => row.parse(value))
    },
    get<Row>(sql: string, row: z.ZodType<Row>, params: SqlParams = {}): Row | undefined {
      const value = translated(path, () => statements.get(sql).get(params))
      return value === undefined ? undefined : row.parse(value)
    },
    close() { db.close() },
  }
}

/** BEGIN IMMEDIATE ... COMMIT around the outermost call. What failed inside can not be committed by who catches it. */
function transactions(db: Database.Database): <Value>(work: () => Value) => Value {
  let depth = 0
  let failure: { error: unknown } | null = null
  return (work) => {
    if (depth === 0) {
      failure = null
      db.exec('BEGIN IMMEDIATE')
    }
    depth++
    try {
      const value = work()
      if (depth === 1 && failure !== null) throw failure.error
      if (depth === 1) db.exec('COMMIT')
      return value
    } catch (error) {
      failure ??= { error }
      // A full disk makes SQLite roll back by itself.
      if (depth === 1 && db.inTransaction) db.exec('ROLLBACK')
      throw error
    } finally {
      depth--
    }
  }
}

function openForWriting(path: string): WriteDatabase {
  const db = translated(path, () => connect(path, false))
  const statements = new Statements(db)
  const inTransaction = transactions(db)
  return {
    ...reading(db, statements, path),
    path,
    run(sql, params = {}) {
      const { changes, lastInsertRowid } = translated(path, () => statements.get(sql).run(params))
      return { changes, lastRowId: Number(lastInsertRowid) }
    },
    transaction: (work) => translated(path, () => inTransaction(work)),
    exec(sql) { translated(path, () => db.exec(sql)) },
    async backupTo(target) {
      try {
        await db.backup(target)
      } catch (error) {
        throw toLibraryError(error, target)
      }
    },
  }
}

/** SQLite with FTS5 and vec0. Its complaints come as AppErrors: LIBRARY_DAMAGED, LIBRARY_READ_ONLY, LIBRARY_BUSY, LIBRARY_GONE, DISK_FULL. */
export const sqlite: Sqlite = {
  openForWriting,
  openForReading(path) {
    const db = translated(path, () => connect(path, true))
    return reading(db, new Statements(db), path)
  },
}
