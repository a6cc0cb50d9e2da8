import type { Dirent } from 'node:fs'
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import type { LibraryPaths } from '../store/folder.ts'
import { artifactsOf, PROXY_FOLDER } from '../store/folder.ts'
import type { VideoRecord } from '../store/videos.ts'

/** Short enough to be there soon, long enough that a film is not thousands of files. */
export const PIECE_SECONDS = 10

type Source = Pick<VideoRecord, 'id' | 'modifiedMs' | 'sizeBytes'>

/** The file of a piece. Its name holds the state of the source: a piece of what the file was before is never shown. */
export function proxyPieceFile(paths: LibraryPaths, source: Source, piece: number): string {
  const state = `${Math.floor(source.modifiedMs).toString(36)}-${source.sizeBytes.toString(36)}`
  return path.join(artifactsOf(paths, source.id), PROXY_FOLDER, `${String(piece)}-${state}.mp4`)
}

export async function isPieceThere(file: string): Promise<boolean> {
  return stat(file).then(() => true, () => false)
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
    const folder = path.join(paths.artifacts, video.name, PROXY_FOLDER)
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

const isPart = ({ file }: Kept): boolean => file.endsWith('.part')

async function asTheyAreNow(files: Iterable<string>): Promise<Kept[]> {
  const found = await Promise.all(Array.from(files, async (file) => ({ file, stats: await stat(file).catch(() => null) })))
  return found.flatMap(({ file, stats }) => stats === null ? [] : [{ file, bytes: stats.size, usedMs: stats.mtimeMs }])
}

/** All pieces of a library. Its folders, one for each video, are looked through once: what comes later is told. */
export class PieceShelf {
  private readonly paths: LibraryPaths
  private readonly limitBytes: number
  private bytesOf: Map<string, number> | null = null
  /** Since this program runs. To write it down at once would give a piece that plays a new state, and its player all of it again. */
  private readonly usedMs = new Map<string, number>()

  constructor(paths: LibraryPaths, limitBytes: number) {
    this.paths = paths
    this.limitBytes = limitBytes
  }

  use(file: string, nowMs: number): void {
    this.usedMs.set(file, nowMs)
  }

  /** Lets the next program know which pieces were used last. */
  async writeDown(): Promise<void> {
    // One that can not be touched, for example on a drive that is read only, or that is gone, counts as used when it was made.
    for (const [file, ms] of this.usedMs) await utimes(file, ms / 1000, ms / 1000).catch(() => undefined)
  }

  /** Counts a new piece, and removes those that were not used for longest until all fit; the first time also what killed programs have left. */
  async add(file: string, nowMs: number): Promise<void> {
    this.bytesOf ??= await this.lookThrough(nowMs)
    for (const { bytes } of await asTheyAreNow([file])) this.bytesOf.set(file, bytes)
    const sum = (): number => [...this.bytesOf?.values() ?? []].reduce((all, bytes) => all + bytes, 0)
    if (sum() <= this.limitBytes) return
    // Pieces of removed videos are gone, and those that were played again are young.
    const now = await asTheyAreNow(this.bytesOf.keys())
    this.bytesOf = new Map(now.map(({ file: name, bytes }) => [name, bytes]))
    const lastUse = ({ file: name, usedMs }: Kept): number => Math.max(usedMs, this.usedMs.get(name) ?? 0)
    for (const oldest of now.sort((a, b) => lastUse(a) - lastUse(b))) {
      if (sum() <= this.limitBytes) return
      await rm(oldest.file, { force: true })
      this.bytesOf.delete(oldest.file)
      this.usedMs.delete(oldest.file)
    }
  }

  private async lookThrough(nowMs: number): Promise<Map<string, number>> {
    const all = await keptPieces(this.paths)
    for (const kept of all) if (isPart(kept) && nowMs - kept.usedMs > STALE_PART_MS) await rm(kept.file, { force: true })
    return new Map(all.filter((kept) => !isPart(kept)).map(({ file, bytes }) => [file, bytes]))
  }
}
