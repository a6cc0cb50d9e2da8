import path from 'node:path'
import { crc32 } from 'node:zlib'
import type { ZipFile } from 'yauzl'
import { openPromise } from 'yauzl'
import { AppError } from '../../errors.ts'
import { damaged, unsafe } from '../model-errors.ts'
import { placeOf } from './archive-names.ts'
import { writeNew } from './copy-file.ts'
import type { UnpackGuard } from './unpack-limits.ts'

// The upper half of the external attributes is the mode of a file where a Unix has written the archive: stat(2).
const KIND = 0o170000
const LINK = 0o120000

/** What comes, and an error at its end when it is not what was packed: the sum is in the archive, but who unpacks it has to look. */
async function* checked(bytes: AsyncIterable<Buffer>, { fileName, crc32: wanted }: { fileName: string, crc32: number }): AsyncGenerator<Buffer> {
  let sum = 0
  for await (const part of bytes) {
    sum = crc32(part, sum)
    yield part
  }
  if (sum !== wanted) throw new Error(`"${fileName}" in it is not what was packed`)
}

async function unpackAll(zip: ZipFile, { into, guard, signal }: { into: string, guard: UnpackGuard, signal: AbortSignal }): Promise<void> {
  for await (const entry of zip.eachEntry()) {
    signal.throwIfAborted()
    const place = placeOf(entry.fileName)
    if ((entry.externalFileAttributes >>> 16 & KIND) === LINK) throw unsafe(`"${entry.fileName}" in the archive is a link`)
    guard.declared(entry.uncompressedSize)
    if (place === null) continue
    const bytes = await zip.openReadStreamPromise(entry)
    bytes.on('error', () => undefined) // it is thrown where the stream is read, which may be a moment later
    await writeNew(path.join(into, place), checked(bytes, entry), { signal, onBytes: guard.came })
  }
}

/** Unpacks what may be files of a model out of a zip. Throws MODEL_DAMAGED for an archive that is broken or leads elsewhere. */
export async function unpackZip(archive: string, to: { into: string, guard: UnpackGuard, signal: AbortSignal }): Promise<void> {
  let zip: ZipFile | null = null
  try {
    zip = await openPromise(archive, { lazyEntries: true, strictFileNames: true, validateEntrySizes: true, autoClose: false })
    await unpackAll(zip, to)
  } catch (error) {
    to.signal.throwIfAborted()
    if (error instanceof AppError || (error instanceof Error && 'syscall' in error)) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw /relative path|absolute path|invalid characters/.test(why) ? unsafe(`the archive leads out of its folder (${why})`) : damaged(`"${path.basename(archive)}" can not be unpacked: ${why}.`, 'Copy it here again.', error)
  } finally {
    zip?.close()
  }
}
