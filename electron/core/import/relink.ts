import path from 'node:path'
import type { CallOutput } from '../../contract/calls.ts'
import { isRefusal } from '../errors.ts'
import type { Log } from '../ports.ts'
import { lookAt } from './check.ts'
import type { Place } from './check.ts'
import { videosBelow } from './find.ts'
import { isFileGone } from './file-now.ts'
import { identityAt } from './import.ts'
import type { ImportStore, KnownVideo } from './import-store.ts'

export type RelinkReport = CallOutput<'library.relink'>

// Without being told where, it looks where videos were; a home folder with all below it is not meant by that.
const DEPTH_UNTOLD = 4

async function isFolder(folder: string): Promise<boolean> {
  try {
    return (await lookAt(folder)).kind === 'folder'
  } catch (error) {
    if (isRefusal(error)) return false
    throw error
  }
}

/** Where videos are and were; for a folder that is gone, for example renamed, the one above it. Folders within others are left out. */
async function likelyFolders(videos: KnownVideo[]): Promise<string[]> {
  const folders = new Set<string>()
  for (const folder of new Set(videos.map((video) => path.dirname(video.path)))) {
    if (await isFolder(folder)) folders.add(folder)
    else if (await isFolder(path.dirname(folder)) && path.dirname(folder) !== path.parse(folder).root) folders.add(path.dirname(folder))
  }
  return [...folders].sort()
}

class Search {
  readonly relinked: RelinkReport['relinked'] = []
  private readonly wanted: Map<number, KnownVideo[]>
  private readonly store: ImportStore

  constructor(store: ImportStore, gone: KnownVideo[]) {
    this.store = store
    this.wanted = Map.groupBy(gone, ({ sizeBytes }) => sizeBytes)
  }

  isDone(): boolean {
    return this.wanted.size === 0
  }

  /** One that can not be looked at stays missing, and the others are looked for. */
  async tryOldPlace(video: KnownVideo): Promise<void> {
    try {
      if (!await isFileGone(video.path)) await this.tryFile(await lookAt(video.path))
    } catch (error) {
      if (!isRefusal(error)) throw error
    }
  }

  /** Only a file of the right size is read. */
  async tryFile(place: Place): Promise<void> {
    const alike = this.wanted.get(place.sizeBytes)
    if (alike === undefined) return
    const identity = await identityAt(place.path)
    const found = alike.find((video) => video.identity === identity)
    if (found === undefined) return
    this.store.pointTo(found.id, { ...found, path: place.path, modifiedMs: place.modifiedMs })
    this.relinked.push({ id: found.id, from: found.path, to: place.path })
    const left = alike.filter((video) => video !== found)
    if (left.length === 0) this.wanted.delete(place.sizeBytes)
    else this.wanted.set(place.sizeBytes, left)
  }
}

/** Videos whose file is not where it was, marked so. */
async function findGone(store: ImportStore, signal: AbortSignal): Promise<KnownVideo[]> {
  const gone: KnownVideo[] = []
  for (const video of store.all()) {
    signal.throwIfAborted()
    const isHere = !await isFileGone(video.path)
    if (!isHere && video.state !== 'missing') store.markMissing(video.id)
    if (!isHere || video.state === 'missing') gone.push(video)
  }
  return gone
}

async function* placesToTry(start: string, depthAtMost: number, signal: AbortSignal): AsyncGenerator<Place> {
  const place = await lookAt(start)
  if (place.kind === 'file') yield place
  else yield* videosBelow(place.path, depthAtMost, signal)
}

/**
 * Looks for the files of videos that are not where they were, by their content: in `folder` and below, or, with null, where the
 * library's videos are and were. Nothing is ever removed: what is not found stays, as missing. Throws the refusal of a
 * `folder` that can not be looked into.
 */
export async function relinkMissing(folder: string | null, { store, log }: { store: ImportStore, log: Log }, signal: AbortSignal): Promise<RelinkReport> {
  if (folder !== null) await lookAt(path.resolve(folder))
  const gone = await findGone(store, signal)
  const search = new Search(store, gone)
  // A drive that was plugged in again: nothing was moved.
  for (const video of gone) {
    await search.tryOldPlace(video)
  }
  const starts = folder === null ? await likelyFolders(store.all()) : [path.resolve(folder)]
  for (const start of starts) {
    if (search.isDone()) break
    log.info(`looking for missing videos in ${start}`)
    for await (const place of placesToTry(start, folder === null ? DEPTH_UNTOLD : Infinity, signal)) {
      await search.tryFile(place)
      if (search.isDone()) break
    }
  }
  const found = new Set(search.relinked.map(({ id }) => id))
  return { relinked: search.relinked, stillMissing: gone.filter(({ id }) => !found.has(id)).map(({ id, path: filePath }) => ({ id, path: filePath })) }
}
