import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { ReadEntry } from 'tar'
import { Parser } from 'tar'
import { AppError } from '../../errors.ts'
import { damaged, unsafe } from '../model-errors.ts'
import { placeOf } from './archive-names.ts'
import { writeNew } from './copy-file.ts'
import type { UnpackGuard } from './unpack-limits.ts'

const FILES = ['File', 'OldFile', 'ContiguousFile']
const NEITHER_FILE_NOR_DANGER = ['Directory', 'GNUDumpDir']

interface Unpacking { into: string, guard: UnpackGuard, signal: AbortSignal }

async function unpackEntry(entry: ReadEntry, { into, guard, signal }: Unpacking): Promise<void> {
  guard.declared(entry.size)
  const place = placeOf(entry.path)
  if (NEITHER_FILE_NOR_DANGER.includes(entry.type)) entry.resume()
  else if (!FILES.includes(entry.type)) throw unsafe(`"${entry.path}" in the archive is a link or a device`)
  else if (place === null) entry.resume()
  else await writeNew(path.join(into, place), entry, { signal, onBytes: () => undefined })
}

/** The bytes of a tar. It is unpacked here and not by the parser: that one waits for ever for the end of a gzip that is cut. */
async function tarOf(archive: string, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
  await using handle = await open(archive, 'r')
  const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0)
  const packed = createReadStream(archive, { signal, highWaterMark: 256 * 1024 })
  // gzip, RFC 1952. A failure is thrown where the stream is read.
  return buffer.readUInt16BE(0) === 0x1f8b ? pipeline(packed, createGunzip({ chunkSize: 256 * 1024 }), () => undefined) : packed
}

/** Feeds a tar to the parser, no faster than the files are written, up to its end: whatever follows is looked at by nobody. */
async function feed(tar: AsyncIterable<Buffer>, parser: Parser, { guard, isOver }: { guard: UnpackGuard, isOver: () => boolean }): Promise<void> {
  for await (const part of tar) {
    guard.came(part.length)
    if (isOver()) return
    if (!parser.write(part)) await new Promise<void>((resolve) => { parser.once('drain', resolve) })
  }
}

/** Unpacks what may be files of a model out of a tar, packed with gzip or not. Throws MODEL_DAMAGED for an archive that is broken or leads elsewhere. */
export async function unpackTar(archive: string, to: Unpacking): Promise<void> {
  const entries: Promise<void>[] = []
  const open: ReadEntry[] = []
  const failures: Error[] = []
  const fail = (error: unknown): void => { failures.push(error instanceof Error ? error : new Error(String(error))) }
  let isAtEnd = false
  const parser = new Parser({
    strict: true,
    onReadEntry: (entry) => {
      open.push(entry)
      entry.on('error', () => undefined) // it is thrown where the file is read, if it is
      entries.push(unpackEntry(entry, to).catch((error: unknown) => {
        fail(error)
        entry.resume() // or the parser waits for it for ever
      }))
    },
  })
  parser.on('eof', () => { isAtEnd = true })
  const ended = new Promise<void>((resolve) => {
    parser.on('end', resolve)
    parser.on('error', (error: unknown) => { fail(error); resolve() })
  })
  try {
    await feed(await tarOf(archive, to.signal), parser, { guard: to.guard, isOver: () => isAtEnd || failures.length > 0 })
    parser.end()
    if (failures.length === 0) await ended
  } catch (error) {
    fail(error)
    // Who reads a file of it would wait for the rest.
    for (const entry of open) entry.destroy(error)
  }
  await Promise.all(entries)
  to.signal.throwIfAborted()
  const [failure] = failures
  if (failure === undefined) return
  if (failure instanceof AppError || 'syscall' in failure) throw failure
  throw damaged(`"${path.basename(archive)}" can not be unpacked: ${failure.message}.`, 'Copy it here again.', failure)
}
