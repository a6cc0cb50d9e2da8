import { closeSync, mkdirSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

/** A file of an archive: inside it at an offset, or beside it in `app.asar.unpacked`. */
export interface ArchivedFile { bytes: number, offset: number, isUnpacked: boolean }

interface Entry { files?: Record<string, Entry> | undefined, size?: number | undefined, offset?: string | undefined, unpacked?: boolean | undefined }

const Entry: z.ZodType<Entry> = z.lazy(() => z.object({
  files: z.record(z.string(), Entry).optional(), size: z.number().optional(), offset: z.string().optional(), unpacked: z.boolean().optional(),
}))

function readBytes(file: string, start: number, length: number): Buffer {
  const descriptor = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(length)
    readSync(descriptor, bytes, 0, length, start)
    return bytes
  } finally {
    closeSync(descriptor)
  }
}

/** Every file of an archive of Electron's by its path in it. */
export function readArchive(archive: string): ReadonlyMap<string, ArchivedFile> {
  // Four little-endian numbers, then the table as JSON; offsets count from the end of the padded table.
  const head = readBytes(archive, 0, 16)
  const base = 8 + head.readUInt32LE(4)
  const table = Entry.parse(JSON.parse(readBytes(archive, 16, head.readUInt32LE(12)).toString('utf8')))
  const found = new Map<string, ArchivedFile>()
  const walk = (entry: Entry, place: string): void => {
    for (const [name, inner] of Object.entries(entry.files ?? {})) walk(inner, place === '' ? name : `${place}/${name}`)
    if (entry.files === undefined) found.set(place, { bytes: entry.size ?? 0, offset: base + Number(entry.offset ?? 0), isUnpacked: entry.unpacked === true })
  }
  walk(table, '')
  return found
}

/** Writes all files of an archive into a folder, those beside it as well. */
export function extractArchive(archive: string, folder: string): void {
  for (const [name, { bytes, offset, isUnpacked }] of readArchive(archive)) {
    const target = path.join(folder, name)
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, isUnpacked ? readFileSync(path.join(`${archive}.unpacked`, name)) : readBytes(archive, offset, bytes))
  }
}

/** An archive of one file. */
export function smallArchive(name: string, text: string): Buffer {
  const table = Buffer.from(JSON.stringify({ files: { [name]: { size: text.length, offset: '0' } } }))
  const padded = Math.ceil(table.length / 4) * 4
  const head = Buffer.alloc(16 + padded)
  for (const [index, value] of [4, padded + 8, padded + 4, table.length].entries()) head.writeUInt32LE(value, index * 4)
  table.copy(head, 16)
  return Buffer.concat([head, Buffer.from(text)])
}
