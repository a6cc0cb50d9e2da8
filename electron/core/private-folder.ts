import { rmSync } from 'node:fs'
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { hasSystemCode } from './import/system-error.ts'

/**
 * What is in such a folder, and how long after the last change it may be deleted where its process is not seen here: it may run in another container
 * that has the same folder for temporary files. What somebody hears is written piece by piece, a copy of a library is read for an evening, and captions are
 * read as soon as they are written.
 */
const uses = { whisper: 60 * 60_000, library: 24 * 60 * 60_000, captions: 60 * 60_000 } as const
type Use = keyof typeof uses

const prefixOf = (use: Use): string => `scenedex-${use}-`

// What was said in somebody's videos lies in these folders while it is worked on: they go away in any case.
const inUse = new Set<string>()
process.on('exit', () => { for (const folder of inUse) rmSync(folder, { recursive: true, force: true }) })

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return hasSystemCode(error, 'EPERM')
  }
}

async function isLeftBehind(folder: string, { owner, leftForMs }: { owner: number, leftForMs: number }): Promise<boolean> {
  if (isRunning(owner)) return false
  const found = await lstat(folder).catch((error: unknown) => {
    if (hasSystemCode(error, 'ENOENT')) return null // another of us was quicker
    throw error
  })
  const isOurs = process.getuid === undefined || found?.uid === process.getuid()
  return found !== null && isOurs && Date.now() - found.mtimeMs > leftForMs
}

/** Those of processes that were killed. */
async function sweep(use: Use): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = new RegExp(`^${prefixOf(use)}(\\d+)-`).exec(name)?.[1]
    const folder = path.join(tmpdir(), name)
    if (owner !== undefined && await isLeftBehind(folder, { owner: Number(owner), leftForMs: uses[use] })) await rm(folder, { recursive: true, force: true })
  }
}

/**
 * A new folder that only this person can look into, deleted when it is said, at the end of the block that holds it, or with this process. What a
 * process has left that was killed is deleted when the next one makes a folder for the same.
 */
export async function privateFolder(use: Use): Promise<AsyncDisposable & { path: string, remove: () => void }> {
  await sweep(use)
  const folder = await mkdtemp(path.join(tmpdir(), `${prefixOf(use)}${String(process.pid)}-`))
  inUse.add(folder)
  return {
    path: folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true })
      inUse.delete(folder)
    },
    [Symbol.asyncDispose]: async () => {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
      inUse.delete(folder)
    },
  }
}
