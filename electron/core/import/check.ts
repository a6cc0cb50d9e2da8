import type { Stats } from 'node:fs'
import { constants } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { lstat, open, realpath, stat } from 'node:fs/promises'
import type { AppError } from '../errors.ts'
import { refusal } from '../refusals.ts'
import { hasSystemCode } from './system-error.ts'

/** What is at a path, links followed. */
export interface Place {
  kind: 'file' | 'folder'
  /** Absolute, all links resolved. */
  path: string
  sizeBytes: number
  modifiedMs: number
}

// A name that was cut out of bytes that are no UTF-8 comes with this mark and is found nowhere.
const LOST_LETTER = '\ufffd'

function whyNoLook(path: string, error: unknown): AppError {
  if (hasSystemCode(error, 'EACCES', 'EPERM')) return refusal('NO_ACCESS', path, { cause: error })
  if (hasSystemCode(error, 'ELOOP')) return refusal('BROKEN_LINK', path, { cause: error })
  if (path.includes(LOST_LETTER) || hasSystemCode(error, 'EILSEQ', 'ERR_INVALID_ARG_VALUE')) return refusal('BAD_NAME', path, { cause: error })
  if (hasSystemCode(error, 'ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EINVAL')) return refusal('NOT_FOUND', path, { cause: error })
  return refusal('UNREADABLE', path, { what: 'the drive does not answer', cause: error })
}

async function followed(path: string): Promise<{ real: string, stats: Stats }> {
  try {
    const real = await realpath(path)
    return { real, stats: await stat(real) }
  } catch (error) {
    throw hasSystemCode(error, 'ENOENT', 'ENOTDIR') ? refusal('BROKEN_LINK', path, { cause: error }) : whyNoLook(path, error)
  }
}

function kindOf(stats: Stats): string {
  if (stats.isFIFO()) return 'pipe'
  if (stats.isSocket()) return 'socket'
  return stats.isCharacterDevice() || stats.isBlockDevice() ? 'device' : ''
}

/**
 * Looks at a path without opening it: a pipe or a device would wait for ever. Throws NOT_FOUND, NO_ACCESS, BROKEN_LINK,
 * NOT_A_FILE, BAD_NAME.
 */
export async function lookAt(path: string): Promise<Place> {
  await lstat(path).catch((error: unknown) => { throw whyNoLook(path, error) })
  const { real, stats } = await followed(path)
  if (!stats.isFile() && !stats.isDirectory()) throw refusal('NOT_A_FILE', path, { what: kindOf(stats) })
  return { kind: stats.isFile() ? 'file' : 'folder', path: real, sizeBytes: stats.size, modifiedMs: Math.floor(stats.mtimeMs) }
}

/**
 * Opens a file for reading. Throws EMPTY and NO_ACCESS; and NOT_A_FILE when it was exchanged for something else since it was
 * looked at. The caller closes it.
 */
export async function openToRead({ path, sizeBytes }: Pick<Place, 'path' | 'sizeBytes'>): Promise<FileHandle> {
  if (sizeBytes === 0) throw refusal('EMPTY', path)
  // O_NONBLOCK: should it have become a pipe meanwhile, opening it must not wait for a writer.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => { throw whyNoLook(path, error) })
  const stats = await file.stat()
  if (stats.isFile()) return file
  await file.close()
  throw refusal('NOT_A_FILE', path, { what: kindOf(stats) })
}
