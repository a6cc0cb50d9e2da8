import type { FailureCode } from '../../electron/contract/errors.ts'
import { AppError } from '../../electron/core/errors.ts'

const RESTORE = 'Put the newest file of its backups folder in the place of library.sqlite.'

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  return error.code.startsWith('SQLITE_') ? error.code : null
}

interface Meaning { codes: RegExp, code: FailureCode, message: (path: string) => string, hint: string }

// Codes: https://sqlite.org/rescode.html
const meanings: readonly Meaning[] = [
  { codes: /^SQLITE_(CORRUPT|NOTADB)/, code: 'LIBRARY_DAMAGED', message: (path) => `The library ${path} is damaged.`, hint: RESTORE },
  {
    codes: /^SQLITE_(READONLY|CANTOPEN|PERM)/, code: 'LIBRARY_READ_ONLY', message: (path) => `The library ${path} can not be written.`,
    hint: 'Check the rights of the folder, or use another one with --library.',
  },
  {
    codes: /^SQLITE_(BUSY|LOCKED)/, code: 'LIBRARY_BUSY', message: (path) => `Another program keeps the library ${path} locked.`,
    hint: 'Try again in a moment.',
  },
  {
    codes: /^SQLITE_IOERR/, code: 'LIBRARY_GONE', message: (path) => `The drive of the library ${path} does not answer.`,
    hint: 'Check that it is connected, and try again.',
  },
  {
    codes: /^SQLITE_FULL/, code: 'DISK_FULL', message: (path) => `There is no room left on the drive of the library ${path}.`,
    hint: 'Make room on it and try again.',
  },
]

/** What SQLite complains about, as a person understands it. What is a mistake in our own SQL comes back as it was: that is a bug. */
export function toLibraryError(error: unknown, path: string): Error {
  const code = codeOf(error)
  const meaning = code === null ? undefined : meanings.find(({ codes }) => codes.test(code))
  if (meaning !== undefined) return new AppError(meaning.code, { message: meaning.message(path), hint: meaning.hint, cause: error })
  return error instanceof Error ? error : new Error('SQLite failed', { cause: error })
}
