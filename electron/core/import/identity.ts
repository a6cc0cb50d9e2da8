import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'

const BLOCK_BYTES = 64 * 1024
/** Up to this size all of the file counts; reading it takes some milliseconds. */
const WHOLE_BYTES = 4 * 1024 * 1024

function spans(sizeBytes: number): { at: number, bytes: number }[] {
  if (sizeBytes <= WHOLE_BYTES) return [{ at: 0, bytes: sizeBytes }]
  return [0, Math.floor((sizeBytes - BLOCK_BYTES) / 2), sizeBytes - BLOCK_BYTES].map((at) => ({ at, bytes: BLOCK_BYTES }))
}

async function readFully(file: FileHandle, span: { at: number, bytes: number }): Promise<Buffer> {
  const block = Buffer.alloc(span.bytes)
  let filled = 0
  while (filled < span.bytes) {
    const { bytesRead } = await file.read(block, filled, span.bytes - filled, span.at + filled)
    if (bytesRead === 0) break // it was cut shorter meanwhile: another content, another identity
    filled += bytesRead
  }
  return block.subarray(0, filled)
}

/**
 * What stays the same when a file is renamed, moved or copied to another drive: SHA-256 over its size and 64 KiB of its head,
 * middle and tail (over all of it up to 4 MiB), as 64 hexadecimal digits.
 */
export async function identityOf(file: FileHandle, sizeBytes: number): Promise<string> {
  const hash = createHash('sha256').update(`scenedex 1 ${sizeBytes}\n`)
  for (const span of spans(sizeBytes)) hash.update(await readFully(file, span))
  return hash.digest('hex')
}
