import type { Dirent } from 'node:fs'
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import type { LibraryPaths } from '../store/folder.ts'
import { artifactsOf } from '../store/folder.ts'
import type { VideoRecord } from '../store/videos.ts'

/** Short enough to be there soon, long enough that a film is not thousands of files. */
export const PIECE_SECONDS = 10

const FOLDER = 'proxy'

type Source = Pick<VideoRecord, 'id' | 'modifiedMs' | 'sizeBytes'>

/** The file of a piece. Its name holds the state of the source: a piece of what the file was before is never shown. */
export function proxyPieceFile(paths: LibraryPaths, source: Source, piece: number): string {
  const state = `${Math.floor(source.modifiedMs).toString(36)}-${source.sizeBytes.toString(36)}`
  return path.join(artifactsOf(paths, source.id), FOLDER, `${String(piece)}-${state}.mp4`)
}

/** True when the piece is there; it then counts as just used. */
export async function isPieceThere(file: string, nowMs: number): Promise<boolean> {
  try {
    await utimes(file, nowMs / 1000, nowMs / 1000)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    // One that can not be touched, for example on a drive that is read only, can still be played.
    return stat(file).then(() => true, () => false)
  }
}

export async function makePieceFolder(file: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch(() => [])
}

interface Kept { file: string, bytes: number, usedMs: number }

async function keptPieces(paths: LibraryPaths): Promise<Kept[]> {
  const kept: Kept[] = []
  for (const video of await entriesOf(paths.artifacts)) {
    if (!video.isDirectory()) continue
    const folder = path.join(paths.artifacts, video.name, FOLDER)
    for (const entry of await entriesOf(folder)) {
      const file = path.join(folder, entry.name)
      const found = entry.isFile() ? await stat(file).catch(() => null) : null
      if (found !== null) kept.push({ file, bytes: found.size, usedMs: found.mtimeMs })
    }
  }
  return kept
}

// A part in work is written to all the time.
const STALE_PART_MS = 3_600_000

/** Removes the pieces that were not used for longest until at most `limitBytes` are kept, and what killed programs have left. */
export async function trimPieces(paths: LibraryPaths, { limitBytes, nowMs }: { limitBytes: number, nowMs: number }): Promise<void> {
  const all = await keptPieces(paths)
  const isPart = ({ file }: Kept): boolean => file.endsWith('.part')
  const stale = all.filter((kept) => isPart(kept) && nowMs - kept.usedMs > STALE_PART_MS)
  for (const { file } of stale) await rm(file, { force: true })
  const pieces = all.filter((kept) => !isPart(kept)).sort((a, b) => a.usedMs - b.usedMs)
  let bytes = pieces.reduce((sum, kept) => sum + kept.bytes, 0)
  for (const kept of pieces) {
    if (bytes <= limitBytes) return
    await rm(kept.file, { force: true })
    bytes -= kept.bytes
  }
}
