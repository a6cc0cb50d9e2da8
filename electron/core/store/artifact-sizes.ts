import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'

interface Known { modifiedMs: number, ownBytes: number, folders: string[] }

// A folder that was changed a moment ago may be changed again without its time getting another value.
const FRESH_MS = 2_000

// Beside a file only its name and its folder are known; its size has to be asked for, and a few at once are quicker than one.
const FILES_AT_ONCE = 16

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code))
}

async function orNull<Value>(asked: Promise<Value>): Promise<Value | null> {
  return asked.catch((error: unknown) => {
    if (isGone(error)) return null // removed while it was being summed
    throw error
  })
}

async function bytesOf(folder: string, files: readonly string[]): Promise<number> {
  let bytes = 0
  for (let from = 0; from < files.length; from += FILES_AT_ONCE) {
    const found = await Promise.all(files.slice(from, from + FILES_AT_ONCE).map(async (name) => orNull(stat(path.join(folder, name)))))
    for (const file of found) bytes += file?.size ?? 0
  }
  return bytes
}

/** Sums folders, and remembers each one until something comes into it or goes: there may be many hundred thousand files. */
export class FolderSizes {
  private readonly known = new Map<string, Known>()

  /** The bytes of all files in the folder, however deep; 0 where there is none. */
  async sum(folder: string, nowMs: number, signal: AbortSignal): Promise<number> {
    signal.throwIfAborted()
    const found = await this.look(folder, nowMs)
    if (found === null) return 0
    let bytes = found.ownBytes
    for (const name of found.folders) bytes += await this.sum(path.join(folder, name), nowMs, signal)
    return bytes
  }

  private async look(folder: string, nowMs: number): Promise<Known | null> {
    const stats = await orNull(stat(folder))
    const before = this.known.get(folder)
    if (stats !== null && before?.modifiedMs === stats.mtimeMs) return before
    this.known.delete(folder)
    const entries: Dirent[] | null = stats === null ? null : await orNull(readdir(folder, { withFileTypes: true }))
    if (stats === null || entries === null) return null
    const names = (isWanted: (entry: Dirent) => boolean): string[] => entries.filter(isWanted).map(({ name }) => name)
    const known: Known = { modifiedMs: stats.mtimeMs, ownBytes: await bytesOf(folder, names((entry) => entry.isFile())), folders: names((entry) => entry.isDirectory()) }
    if (nowMs - stats.mtimeMs > FRESH_MS) this.known.set(folder, known)
    return known
  }
}
