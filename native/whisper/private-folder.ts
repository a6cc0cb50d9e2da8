import { rmSync } from 'node:fs'
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { hasSystemCode } from '../../electron/core/import/system-error.ts'

// What was said in somebody's videos lies in these folders while it is worked on: they go away in any case.
const PREFIX = 'scenedex-whisper-'
/** A process that is not seen here may run in another container that has the same folder for temporary files: it writes more often than this. */
const LEFT_FOR_MS = 60 * 60_000
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

async function isLeftBehind(folder: string, owner: number): Promise<boolean> {
  if (isRunning(owner)) return false
  const found = await lstat(folder).catch((error: unknown) => {
    if (hasSystemCode(error, 'ENOENT')) return null // another of us was quicker
    throw error
  })
  const isOurs = process.getuid === undefined || found?.uid === process.getuid()
  return found !== null && isOurs && Date.now() - found.mtimeMs > LEFT_FOR_MS
}

/** Those of processes that were killed. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]
    const folder = path.join(tmpdir(), name)
    if (owner !== undefined && await isLeftBehind(folder, Number(owner))) await rm(folder, { recursive: true, force: true })
  }
}

/** A new folder that only this person can look into, deleted at the end of the block that holds it, or with this process. */
export async function privateFolder(): Promise<AsyncDisposable & { path: string }> {
  await sweep()
  const folder = await mkdtemp(path.join(tmpdir(), `${PREFIX}${String(process.pid)}-`))
  inUse.add(folder)
  return {
    path: folder,
    [Symbol.asyncDispose]: async () => {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
      inUse.delete(folder)
    },
  }
}
