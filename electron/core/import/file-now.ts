import type { Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { refusal } from '../refusals.ts'
import { openToRead } from './check.ts'
import { identityOf } from './identity.ts'
import type { FoundFile } from './import-store.ts'
import { hasSystemCode } from './system-error.ts'

export type FileNow =
  | { kind: 'same' }
  /** The same content, and another time or size on the disk. */
  | { kind: 'touched', file: FoundFile }
  | { kind: 'changed', file: FoundFile }
  | { kind: 'gone' }

/** What is at a path, links followed; 'gone' when nothing is, 'hidden' when it may not be looked at: it may well be there. */
async function look(path: string): Promise<Stats | 'gone' | 'hidden'> {
  try {
    return await stat(path)
  } catch (error) {
    // A link that leads nowhere, or in circles, leads to no file: that is gone too, and so is a drive that does not answer.
    return hasSystemCode(error, 'EACCES', 'EPERM') ? 'hidden' : 'gone'
  }
}

/** True when there is no file; false when there is one, or one that may not be looked at. */
export async function isFileGone(path: string): Promise<boolean> {
  return await look(path) === 'gone'
}

/**
 * Whether the file of a video is still the one that was imported: by size and time, and only where these differ by its content.
 * Throws a refusal for what lies there now and can not be read: EMPTY, NOT_A_FILE, NO_ACCESS.
 */
export async function fileNow(known: FoundFile): Promise<FileNow> {
  const { path } = known
  const stats = await look(path)
  if (stats === 'gone') return { kind: 'gone' }
  if (stats === 'hidden') throw refusal('NO_ACCESS', path)
  // The library keeps whole milliseconds; whichever way they were rounded.
  if (stats.size === known.sizeBytes && Math.abs(stats.mtimeMs - known.modifiedMs) <= 1) return { kind: 'same' }
  if (!stats.isFile()) throw refusal('NOT_A_FILE', path, { what: stats.isDirectory() ? 'folder' : '' })
  await using handle = await openToRead({ path, sizeBytes: stats.size })
  const file = { path, sizeBytes: stats.size, modifiedMs: Math.floor(stats.mtimeMs), identity: await identityOf(handle, stats.size) }
  return { kind: file.identity === known.identity ? 'touched' : 'changed', file }
}
