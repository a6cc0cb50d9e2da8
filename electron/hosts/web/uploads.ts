import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { mkdir, open, readdir, rm, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import sanitize from 'sanitize-filename'
import { z } from 'zod'
import { AppError } from '../../core/errors.ts'
import { writeError } from '../../core/export/file-errors.ts'
import { nameIfFree, safeStem } from '../../core/export/names.ts'
import { isVideoName } from '../../core/import/video-names.ts'

/** What a page says of a file that it wants to send. The same words again find what is there of it. */
export const UploadWish = z.strictObject({
  name: z.string().min(1).max(1000),
  size: z.number().int().min(0),
  lastModified: z.number().int(),
  /** Where it lay in the folder that was dropped, with slashes; empty for a file that was dropped itself. */
  folder: z.string().max(4000).default(''),
})
export type UploadWish = z.infer<typeof UploadWish>

/** How far it is: a path when it is whole. */
export interface UploadState { id: string, offset: number, path: string | null }

export interface Chunk { offset: number, bytes: Buffer, sha256: string }

/** A chunk that is not the one that comes next; `offset` is where that begins. */
export class WrongChunk extends AppError {
  readonly offset: number
  constructor(message: string, offset: number) {
    super('CHANGED', { message, hint: 'Send it again from where this says.' })
    this.offset = offset
  }
}

export interface Uploads {
  begin(wish: UploadWish): Promise<UploadState>
  /** Throws NOT_FOUND for an id that was not begun since the server started, WrongChunk and DISK_FULL. */
  add(id: string, chunk: Chunk): Promise<UploadState>
  /** Takes away what nobody went on with for a week. */
  removeStale(): Promise<void>
}

interface Upload { id: string, wish: UploadWish, part: string, isBusy: boolean, path: string | null }

/** What must stay free on the drive for the library itself. */
const RESERVE_BYTES = 256 * 1024 * 1024
const STALE_MS = 7 * 24 * 3_600_000
const PART = /^\.upload-[0-9a-f]{32}\.part$/
const TEXT_TRACKS = new Set(['.srt', '.vtt', '.ass', '.ssa'])

const sizeOf = async (file: string): Promise<number | null> => stat(file).then((stats) => stats.isFile() ? stats.size : null, () => null)

// Of a folder that is dropped the rest is ignored, as when a folder of this machine is imported.
function refuseWhatIsNoVideo({ name, size, folder }: UploadWish): void {
  if (size === 0) throw new AppError('EMPTY', { message: `"${name}" is empty.`, hint: 'Copy it again from where it came from.' })
  const isWanted = isVideoName(name) || TEXT_TRACKS.has(path.extname(name).toLowerCase())
  if (folder !== '' && !isWanted) throw new AppError('NOT_MEDIA', { message: `"${name}" is no video by its name.`, hint: 'Drop the file itself if it is one.' })
}

class UploadFolder implements Uploads {
  private readonly folder: string
  private readonly uploads = new Map<string, Upload>()
  private readonly beginning = new Map<string, Promise<UploadState>>()

  constructor(folder: string) { this.folder = folder }

  async begin(wish: UploadWish): Promise<UploadState> {
    refuseWhatIsNoVideo(wish)
    const id = createHash('sha256').update(JSON.stringify([wish.folder, wish.name, wish.size, wish.lastModified])).digest('hex').slice(0, 32)
    // Two pages that drop the same file at once begin one upload, and what is whole gets its name once.
    const begun = this.beginning.get(id) ?? this.beginOrGoOn(id, wish).finally(() => { this.beginning.delete(id) })
    this.beginning.set(id, begun)
    return begun
  }

  private async beginOrGoOn(id: string, wish: UploadWish): Promise<UploadState> {
    const known = this.uploads.get(id)
    // Dropped again in the same run: it is there.
    if (known !== undefined && known.path !== null && await sizeOf(known.path) === wish.size) return { id, offset: wish.size, path: known.path }
    const upload = { id, wish, part: path.join(this.folder, `.upload-${id}.part`), isBusy: known?.path === null && known.isBusy, path: null }
    await this.makeFolder(this.folder)
    const there = await this.resumable(upload)
    await this.checkRoom(wish.size - there)
    if (upload.isBusy) return { id, offset: there, path: null }
    this.uploads.set(id, upload)
    return { id, offset: there, path: there === wish.size ? await this.finish(upload) : null }
  }

  async add(id: string, chunk: Chunk): Promise<UploadState> {
    const upload = this.uploads.get(id)
    if (upload === undefined) throw new AppError('NOT_FOUND', { message: 'Nobody began this upload.', hint: 'Begin it again.' })
    if (upload.path !== null) return { id, offset: upload.wish.size, path: upload.path }
    // Two pages may send the same file: one chunk at a time.
    if (upload.isBusy) throw new WrongChunk('Another chunk of this file is being written.', chunk.offset)
    upload.isBusy = true
    try {
      return await this.write(upload, chunk)
    } catch (error) {
      throw writeError(this.folder, error)
    } finally {
      upload.isBusy = false
    }
  }

  async removeStale(): Promise<void> {
    const names = await readdir(this.folder).catch(() => [])
    for (const name of names.filter((each) => PART.test(each))) {
      const part = path.join(this.folder, name)
      const found = await stat(part).catch(() => null)
      if (found !== null && Date.now() - found.mtimeMs > STALE_MS) await rm(part, { force: true })
    }
  }

  /** How much of it is there. More than there may be is none of it. */
  private async resumable({ part, wish }: Upload): Promise<number> {
    const size = await sizeOf(part) ?? 0
    if (size <= wish.size) return size
    await rm(part, { force: true })
    return 0
  }

  private async write(upload: Upload, { offset, bytes, sha256 }: Chunk): Promise<UploadState> {
    const { id, part, wish } = upload
    const there = await sizeOf(part) ?? 0
    if (offset !== there) throw new WrongChunk(`The next chunk begins at ${there}.`, there)
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new WrongChunk('The chunk was changed on its way.', there)
    const end = offset + bytes.length
    if (end > wish.size) throw new AppError('CHANGED', { message: `"${wish.name}" is larger than it was said to be.`, hint: 'It may have changed meanwhile: drop it again.' })
    const file = await open(part, there === 0 ? 'w' : 'r+')
    try {
      await writeWhole(file, bytes, offset)
      if (end === wish.size) await file.sync()
    } catch (error) {
      // A full drive takes a part of a chunk: the next try begins where this one did.
      await file.truncate(offset)
      throw error
    } finally {
      await file.close()
    }
    return { id, offset: end, path: end === wish.size ? await this.finish(upload) : null }
  }

  private async finish(upload: Upload): Promise<string> {
    const { part, wish } = upload
    const folder = path.join(this.folder, ...wish.folder.split(/[/\\]/).map((step) => sanitize(step).replace(/^\.+/, '')).filter((step) => step !== ''))
    await this.makeFolder(folder)
    const { name, ext } = path.parse(wish.name)
    const extension = sanitize(ext)
    // A name with a dot in front would be hidden from its owner.
    const stem = safeStem(name, '', Buffer.byteLength(extension)).trim().replace(/^\.+/, '')
    for (let number = 1; ; number += 1) {
      const target = path.join(folder, `${stem}${number === 1 ? '' : ` (${number})`}${extension}`)
      if (!await nameIfFree(part, target)) continue
      await syncFolder(folder)
      upload.path = target
      return target
    }
  }

  private async makeFolder(folder: string): Promise<void> {
    try {
      await mkdir(folder, { recursive: true })
    } catch (error) {
      throw writeError(folder, error)
    }
  }

  private async checkRoom(needed: number): Promise<void> {
    const { bavail, bsize } = await statfs(this.folder)
    const free = bavail * bsize - RESERVE_BYTES
    if (needed <= free) return
    const gigabytes = (bytes: number): string => `${(Math.max(0, bytes) / 1e9).toFixed(1)} GB`
    throw new AppError('DISK_FULL', {
      message: `The file needs ${gigabytes(needed)} and the drive of the library has ${gigabytes(free)} left for it.`,
      hint: 'Free some space, or put the file onto this machine by yourself and choose it with the picker: then it is not copied.',
    })
  }
}

async function writeWhole(file: FileHandle, bytes: Buffer, offset: number): Promise<void> {
  let written = 0
  while (written < bytes.length) written += (await file.write(bytes, written, bytes.length - written, offset + written)).bytesWritten
}

/** The new name survives a loss of power, too. Windows has no such thing for folders. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  if (handle === null) return
  await handle.sync().catch(() => undefined)
  await handle.close()
}

/** Takes files in pieces into a folder. A piece counts when its hash is right; a file gets its name when all of it is there. */
export function createUploads(folder: string): Uploads {
  return new UploadFolder(folder)
}
