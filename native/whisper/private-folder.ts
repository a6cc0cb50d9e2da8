import { rmSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

// What was said in somebody's videos lies in these folders while it is worked on: they go away in any case.
const PREFIX = 'scenedex-whisper-'
const inUse = new Set<string>()
process.on('exit', () => { for (const folder of inUse) rmSync(folder, { recursive: true, force: true }) })

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Those of processes that were killed. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]
    if (owner !== undefined && !isRunning(Number(owner))) await rm(path.join(tmpdir(), name), { recursive: true, force: true })
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
