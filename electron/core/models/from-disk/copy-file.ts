import { createReadStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import path from 'node:path'
import { hasSystemCode } from '../../import/system-error.ts'
import { diskFull } from '../install/fetch-errors.ts'

/** Writes a new file of what comes, and waits until it is on the disk. Throws DISK_FULL. */
export async function writeNew(file: string, parts: AsyncIterable<Uint8Array>, { signal, onBytes }: { signal: AbortSignal, onBytes: (bytes: number) => void }): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  await using handle = await open(file, 'wx')
  try {
    for await (const part of parts) {
      signal.throwIfAborted()
      onBytes(part.length)
      await handle.writeFile(part)
    }
    await handle.sync()
  } catch (error) {
    if (!hasSystemCode(error, 'ENOSPC', 'EDQUOT')) throw error
    throw diskFull(path.dirname(file), { needed: (await handle.stat()).size, free: null }, error)
  }
}

/** A copy of a file that is nobody else's, however large it is. */
export async function copyFile(from: string, to: string, signal: AbortSignal): Promise<void> {
  await writeNew(to, createReadStream(from, { signal, highWaterMark: 1024 * 1024 }), { signal, onBytes: () => undefined })
}
