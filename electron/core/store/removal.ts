import type { Dirent } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { VideoId } from '../../contract/ids.ts'
import type { Library } from './database.ts'
import { artifactsOf } from './folder.ts'
import { deleteVideo } from './videos.ts'

/** Of what is not there any more, nothing. */
async function orNone<Value>(asked: Promise<Value>, none: Value): Promise<Value> {
  return asked.catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return none
    throw error
  })
}

/** The bytes of all files in a folder and below; 0 where there is none. Files may come, go and get their names meanwhile: the work on a video does that. */
export async function bytesBelow(folder: string): Promise<number> {
  const entries: Dirent[] = await orNone(readdir(folder, { withFileTypes: true, recursive: true }), [])
  const sizeOf = async (file: string): Promise<number> => (await stat(file)).size
  const sizes = await Promise.all(entries.filter((entry) => entry.isFile()).map(async ({ parentPath, name }) => orNone(sizeOf(path.join(parentPath, name)), 0)))
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
