import { lstat, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Refusal } from '../../contract/videos.ts'
import type { Log } from '../ports.ts'
import type { LibraryPaths } from '../store/folder.ts'

function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, path.resolve(file))
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative)
}

/**
 * Deletes those refused files that are copies of ours: what was sent by a page lies in the library's own folder for it, the
 * person has the original, and nobody would ever take the copy away. Everything else stays untouched.
 */
export async function deleteRefusedCopies({ imports }: Pick<LibraryPaths, 'imports'>, refused: readonly Refusal[], log: Log): Promise<void> {
  for (const { path: file } of refused) {
    if (!isInside(file, imports)) continue
    try {
      if ((await lstat(file)).isFile()) await rm(file)
    } catch (error) {
      log.warn(`the refused copy ${file} could not be deleted`, error)
    }
  }
}
