import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { VideoId } from '../../contract/ids.ts'
import type { Library } from './database.ts'
import type { LibraryPaths } from './folder.ts'
import { artifactsOf, PROXY_FOLDER } from './folder.ts'
import { dropExpired, isRemoved, removedVideos } from './removed-videos.ts'
import { video } from './videos.ts'

// Which videos are there and which are taken out stands in the database. Their artifacts follow it, after the transaction; where a
// program was killed in between, they are put right when the library is opened the next time.

function removedFolder(paths: LibraryPaths): string {
  return path.join(paths.artifacts, '.removed')
}

function removedArtifactsOf(paths: LibraryPaths, id: VideoId): string {
  return path.join(removedFolder(paths), String(id))
}

function moveInto(from: string, to: string): void {
  for (const name of readdirSync(from)) {
    if (!existsSync(path.join(to, name))) renameSync(path.join(from, name), path.join(to, name))
  }
  rmSync(from, { recursive: true, force: true, maxRetries: 3 })
}

function move(from: string, to: string): void {
  // Nothing was made of it so far, or somebody else has moved it.
  if (!existsSync(from)) return
  mkdirSync(path.dirname(to), { recursive: true })
  if (existsSync(to)) moveInto(from, to)
  else renameSync(from, to)
}

/** After a video was taken out. Its proxies go at once: apart from all others they would not be counted among what may be kept. */
export function layArtifactsAside(paths: LibraryPaths, id: VideoId): void {
  rmSync(path.join(artifactsOf(paths, id), PROXY_FOLDER), { recursive: true, force: true, maxRetries: 3 })
  move(artifactsOf(paths, id), removedArtifactsOf(paths, id))
}

/** After a video was put back. */
export function putArtifactsBack(paths: LibraryPaths, id: VideoId): void {
  move(removedArtifactsOf(paths, id), artifactsOf(paths, id))
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : []
}

/** What belongs to a video that is there goes back to it. True when there is none and none can come back: no number is given twice. */
function isNobodys({ db, paths }: Pick<Library, 'db' | 'paths'>, id: VideoId): boolean {
  if (video(db, id) === undefined) return !isRemoved(db, id)
  putArtifactsBack(paths, id)
  return false
}

/**
 * To be called when a library was opened for writing, before anything works on it: puts artifacts to where they belong at once, and
 * then deletes what can not be put back any more, which may take its time.
 */
export async function tidyRemoved({ db, keep, paths }: Library, nowMs: number): Promise<void> {
  keep(() => { dropExpired(db, nowMs) })
  // Another process may take a video out, or put one back, at any moment: what is moved and what goes is decided for each by itself, in a transaction.
  for (const { id } of removedVideos(db)) {
    if (existsSync(artifactsOf(paths, id))) keep(() => { if (isRemoved(db, id)) layArtifactsAside(paths, id) })
  }
  const nobodys = namesIn(removedFolder(paths)).filter((name) => {
    const { data: id } = VideoId.safeParse(Number(name))
    return id === undefined || (!isRemoved(db, id) && keep(() => isNobodys({ db, paths }, id)))
  })
  for (const name of nobodys) await rm(path.join(removedFolder(paths), name), { recursive: true, force: true, maxRetries: 3 })
}
