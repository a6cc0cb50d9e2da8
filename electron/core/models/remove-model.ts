import { randomUUID } from 'node:crypto'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { hasSystemCode } from '../import/system-error.ts'
import type { Inference, Log } from '../ports.ts'
import { filesOf } from './layout.ts'

const GOING = '.removed-'

/** Bytes of the files in a folder; 0 where it is not there. */
export async function bytesIn(folder: string): Promise<number> {
  const files = await filesOf(folder).catch((error: unknown) => {
    if (hasSystemCode(error, 'ENOENT')) return []
    throw error
  })
  return files.reduce((sum, file) => sum + file.bytes, 0)
}

/** Deletes the folder of a model when nothing holds it any more. Gives the bytes that are free then. */
export async function removeFolder(folder: string, inference: Pick<Inference, 'release'>): Promise<number> {
  const bytes = await bytesIn(folder)
  await inference.release(folder)
  // All at once: half a model is a broken one.
  const going = path.join(path.dirname(folder), `${GOING}${randomUUID()}`)
  await rename(folder, going)
  await rm(going, { recursive: true, force: true })
  return bytes
}

/** What is imported is written to all the time: nothing of ours is silent for so long. */
const STALE_MS = 86_400_000

/** Takes away what a process that died has left in a folder of models: folders on their way out, and copies that were never whole. */
export async function tidyModels(folder: string, { nowMs, log }: { nowMs: number, log: Log }): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names.filter((entry) => entry.startsWith(GOING) || entry.startsWith('.import-'))) {
    const left = path.join(folder, name)
    try {
      if (name.startsWith(GOING) || nowMs - (await stat(left)).mtimeMs > STALE_MS) await rm(left, { recursive: true, force: true })
    } catch (error) {
      log.warn(`${left} could not be taken away`, error)
    }
  }
}
