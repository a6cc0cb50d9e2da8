import path from 'node:path'
import type { VideoId } from '../../contract/ids.ts'

/** Where things lie in a library folder. */
export interface LibraryPaths {
  folder: string
  database: string
  artifacts: string
  models: string
  backups: string
  /** Where a page's files are sent to. */
  imports: string
  /** Where the sample video is made, for who asks for it. */
  sample: string
}

export function libraryPaths(folder: string): LibraryPaths {
  const inside = (name: string): string => path.join(folder, name)
  return { folder, database: inside('library.sqlite'), artifacts: inside('artifacts'), models: inside('models'), backups: inside('backups'), imports: inside('imports'), sample: inside('sample') }
}

/** The folder of what was computed from one video and can be computed again. */
export function artifactsOf(paths: LibraryPaths, videoId: VideoId): string {
  return path.join(paths.artifacts, String(videoId))
}

/** Pieces of a proxy lie apart from what was found: they are many bytes, and made anew while somebody watches. */
export const PROXY_FOLDER = 'proxy'

/** A key frame's file, relative to the library folder, with slashes on every system: that is how it is shown and stored. */
export function keyframeName(videoId: VideoId, pts: number): string {
  return `artifacts/${videoId}/keyframe-${pts}.webp`
}

export function backupName(paths: LibraryPaths, version: number, nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().replace(/[-:]/g, '').replace(/\.\d+Z$/, 'Z')
  return path.join(paths.backups, `library-v${version}-${stamp}.sqlite`)
}
