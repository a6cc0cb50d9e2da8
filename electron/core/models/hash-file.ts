import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** SHA-256 of a file as it is on the disk, in hexadecimal. `onBytes` gets how much was read since the last time. */
export async function sha256Of(file: string, signal: AbortSignal, onBytes: (bytes: number) => void = () => undefined): Promise<string> {
  return hashOf(createHash('sha256'), file, { signal, onBytes })
}

/** What git calls a file with this content: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects. */
export async function gitNameOf(file: string, bytes: number, signal: AbortSignal): Promise<string> {
  return hashOf(createHash('sha1').update(`blob ${bytes}\0`), file, { signal, onBytes: () => undefined })
}

async function hashOf(hash: ReturnType<typeof createHash>, file: string, { signal, onBytes }: { signal: AbortSignal, onBytes: (bytes: number) => void }): Promise<string> {
  for await (const part of createReadStream(file, { signal, highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    hash.update(part)
    onBytes(part.length)
  }
  return hash.digest('hex')
}
