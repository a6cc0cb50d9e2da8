import { createReadStream } from 'node:fs'
import path from 'node:path'
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
  else await writeNew(path.join(into, place), entry, { signal, onBytes: guard.came })
}

/** Feeds an archive to the parser, no faster than the files are written. */
async function feed(archive: string, parser: Parser, { signal, hasFailed }: { signal: AbortSignal, hasFailed: () => boolean }): Promise<void> {
  for await (const part of createReadStream(archive, { signal, highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    if (hasFailed()) return
    if (!parser.write(part)) await new Promise<void>((resolve) => { parser.once('drain', resolve) })
  }
}

/** Unpacks what may be files of a model out of a tar, packed with gzip or not. Throws MODEL_DAMAGED for an archive that is broken or leads elsewhere. */
export async function unpackTar(archive: string, to: Unpacking): Promise<void> {
  const entries: Promise<void>[] = []
  const failures: Error[] = []
  const fail = (error: unknown): void => { failures.push(error instanceof Error ? error : new Error(String(error))) }
  const parser = new Parser({
    strict: true,
    onReadEntry: (entry) => {
      entries.push(unpackEntry(entry, to).catch((error: unknown) => {
        fail(error)
        entry.resume() // or the parser waits for it for ever
      }))
    },
  })
  const ended = new Promise<void>((resolve) => {
    parser.on('end', resolve)
    parser.on('error', (error: unknown) => { fail(error); resolve() })
  })
  await feed(archive, parser, { signal: to.signal, hasFailed: () => failures.length > 0 })
  parser.end()
  if (failures.length === 0) await ended
  await Promise.all(entries)
  to.signal.throwIfAborted()
  const [failure] = failures
  if (failure === undefined) return
  if (failure instanceof AppError || 'syscall' in failure) throw failure
  throw damaged(`"${path.basename(archive)}" can not be unpacked: ${failure.message}.`, 'Copy it here again.', failure)
}
