import type { FileHandle } from 'node:fs/promises'
import { mkdir, open } from 'node:fs/promises'
import path from 'node:path'
import { hasSystemCode } from '../../import/system-error.ts'
import { diskFull } from './fetch-errors.ts'
import type { InstallProgress } from './install-tools.ts'
import type { FileState, JournalWriter } from './journal.ts'
import { setSpans } from './journal.ts'
import { spanBytes, withSpan } from './spans.ts'

/** A file that grows in several places at once, and what is known to be in it. */
export interface PartFile {
  readonly state: FileState
  /** Bytes that are in it. */
  have(): number
  write(at: number, bytes: Uint8Array): Promise<void>
  /** Resolves when what was written is on the disk and stands in the journal. */
  settle(): Promise<void>
  /** Throws away what is in it. */
  empty(): Promise<void>
  close(): Promise<void>
}

export interface PartOptions { file: string, state: FileState, journal: JournalWriter, progress: Pick<InstallProgress, 'bytes' | 'found'>, freeBytes: (folder: string) => Promise<number> }

async function openPart(file: string): Promise<FileHandle> {
  await mkdir(path.dirname(file), { recursive: true })
  try {
    return await open(file, 'r+')
  } catch (error) {
    if (!hasSystemCode(error, 'ENOENT')) throw error
    return open(file, 'w+')
  }
}

/** A disk that is nearly full writes less than it was asked to, without an error. */
async function writeAll(handle: FileHandle, at: number, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done)
    done += bytesWritten
  }
}

/** Opens what was fetched of a file so far. What the journal says and the file is too short for is not believed. */
export async function openPartFile({ file, state, journal, progress, freeBytes }: PartOptions): Promise<PartFile> {
  const handle = await openPart(file)
  const { size } = await handle.stat()
  if (state.spans.some(([, to]) => to > size)) setSpans(state, [])
  let unsettled = state.spans.map(([from, to]) => [from, to] as const)
  progress.found(spanBytes(unsettled))

  /** Says of an error of the disk that it is full, where it is that. */
  const onDisk = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    try {
      return await work()
    } catch (error) {
      if (!hasSystemCode(error, 'ENOSPC', 'EDQUOT', 'EFBIG')) throw error
      const folder = path.dirname(file)
      throw diskFull(folder, { needed: (state.bytes ?? 0) - spanBytes(unsettled), free: await freeBytes(folder).catch(() => null) }, error)
    }
  }
  return {
    state,
    have: () => spanBytes(unsettled),
    write: async (at, bytes) => {
      await onDisk(() => writeAll(handle, at, bytes))
      const before = spanBytes(unsettled)
      unsettled = withSpan(unsettled, [at, at + bytes.length])
      progress.bytes(spanBytes(unsettled) - before)
    },
    settle: async () => {
      const written = unsettled
      // First the bytes, then the word that they are there: the other way round the power may fail in between.
      await onDisk(async () => {
        await handle.datasync()
        setSpans(state, written)
        await journal.save()
      })
    },
    empty: async () => {
      progress.bytes(-spanBytes(unsettled))
      unsettled = []
      setSpans(state, [])
      state.validator = null
      await handle.truncate(0)
      await journal.save()
    },
    close: async () => { await handle.close() },
  }
}
