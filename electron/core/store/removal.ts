import type { Dirent } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { VideoId } from '../../contract/ids.ts'
import type { Library } from './database.ts'
import { artifactsOf } from './folder.ts'
import { deleteVideo } from './videos.ts'

/** The bytes of all files in a folder and below; 0 where there is none. */
export async function bytesBelow(folder: string): Promise<number> {
  let entries: Dirent[]
  try {
    entries = await readdir(folder, { withFileTypes: true, recursive: true })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0
    throw error
  }
  const sizes = await Promise.all(entries.filter((entry) => entry.isFile()).map(async (entry) => (await stat(path.join(entry.parentPath, entry.name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}

/**
 * Takes a video out of the library with all that was found in it, and then its artifacts from the disk. Its own file is not touched.
 * Gives the bytes of the artifacts; null when there is no such video.
 */
export async function removeVideo(library: Library, id: VideoId): Promise<number | null> {
  if (!library.keep(() => deleteVideo(library.db, id))) return null
  const folder = artifactsOf(library.paths, id)
  const freed = await bytesBelow(folder)
  await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  return freed
}
