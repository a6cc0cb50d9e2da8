import { randomUUID } from 'node:crypto'
import { rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { AppEvent } from '../../contract/events.ts'
import type { VideoId } from '../../contract/ids.ts'
import type { ProxyPiece } from '../../contract/player.ts'
import { AppError } from '../errors.ts'
import { checkSource } from '../export/disk.ts'
import { writeError } from '../export/file-errors.ts'
import type { MediaFacts } from '../facts.ts'
import type { Clock, Ffmpeg, Log } from '../ports.ts'
import type { Library } from '../store/database.ts'
import { artifactsOf } from '../store/folder.ts'
import type { VideoRecord } from '../store/videos.ts'
import { durationOf, video } from '../store/videos.ts'
import { NewestFirst } from './newest-first.ts'
import { isPieceThere, makePieceFolder, PIECE_SECONDS, PieceShelf, proxyPieceFile } from './proxy-files.ts'

/** What most screens show of a film in a window; more would take longer to make. */
const BOX = { longEdge: 1280, shortEdge: 720 }
const AT_ONCE = 2
/** Some hours of film: a piece of 10 s has about 2 MB. */
const KEPT_BYTES = 2_000_000_000

export interface ProxyTools {
  library: Library
  ffmpeg: Pick<Ffmpeg, 'proxy'>
  clock: Pick<Clock, 'now'>
  log: Log
  emit: (event: AppEvent) => void
  /** Processor threads for each; null for as many as the coder likes. */
  threads: () => number | null
  keptBytes?: number
}

interface Wanted { record: VideoRecord, media: MediaFacts, piece: number, start: number, end: number, file: string }

interface Making { id: VideoId, file: string, done: Promise<void>, controller: AbortController, waiting: number }

function span(record: VideoRecord, at: number): Pick<Wanted, 'piece' | 'start' | 'end'> {
  const duration = durationOf(record) ?? Infinity
  // At its very end, and beyond it, a video shows its last picture.
  const last = Math.max(0, Math.ceil(duration / PIECE_SECONDS) - 1)
  const piece = Math.min(Math.floor(at / PIECE_SECONDS), last)
  return { piece, start: piece * PIECE_SECONDS, end: Math.min((piece + 1) * PIECE_SECONDS, Math.max(duration, piece * PIECE_SECONDS + 0.04)) }
}

/** H.264 High at level 4.0 and AAC LC: what the pieces are made as. */
function contentType({ chosenSound }: MediaFacts): string {
  return `video/mp4; codecs="avc1.640028${chosenSound === null ? '' : ', mp4a.40.2'}"`
}

/** Makes the pieces of proxies and keeps them. Who asks for a piece that is being made gets the same one. */
export class ProxyMaker {
  private readonly tools: ProxyTools
  /** What may be joined, by its file. */
  private readonly making = new Map<string, Making>()
  /** All that is still at work, also what was given up. */
  private readonly unfinished = new Set<Making>()
  private readonly order = new NewestFirst(AT_ONCE)
  private readonly shelf: PieceShelf
  private shelving: Promise<void> = Promise.resolve()

  constructor(tools: ProxyTools) {
    this.tools = tools
    this.shelf = new PieceShelf(tools.library.paths, tools.keptBytes ?? KEPT_BYTES)
  }

  /**
   * The piece that holds the second, made where it is not there yet. Throws NOTHING_TO_DO, NOT_FOUND, OFFLINE, CHANGED,
   * DISK_FULL, DECODE_FAILED. When all who wait for it have gone, it is not made to its end.
   */
  async piece(id: VideoId, at: number, signal: AbortSignal): Promise<ProxyPiece> {
    const wanted = this.wanted(id, at)
    const { record, media, piece, start, end, file } = wanted
    if (await isPieceThere(file)) {
      this.shelf.use(file, this.tools.clock.now())
    } else {
      await checkSource({ facts: { id, path: record.path, media }, title: record.title, sizeBytes: record.sizeBytes, modifiedMs: record.modifiedMs, endPts: record.endPts })
      signal.throwIfAborted()
      await this.join(wanted, signal)
    }
    return { videoId: id, piece, start, end, contentType: contentType(media) }
  }

  /** Stops what is made of a video that is removed now, and resolves when nothing of it is written any more. */
  async giveUp(id: VideoId): Promise<void> {
    const ofVideo = [...this.unfinished].filter((making) => making.id === id)
    for (const making of ofVideo) {
      this.forget(making)
      making.controller.abort(new AppError('NOTHING_TO_DO', { message: 'The video was removed from the library.' }))
    }
    await Promise.allSettled(ofVideo.map(({ done }) => done))
  }

  /** Stops all that is made, and resolves when nothing is written any more. */
  async close(): Promise<void> {
    const all = [...this.unfinished]
    for (const { controller } of all) controller.abort(new AppError('CANCELLED', { message: 'Scenedex is being closed.' }))
    await Promise.allSettled(all.map(({ done }) => done))
    await this.shelving
    await this.shelf.writeDown()
  }

  private wanted(id: VideoId, at: number): Wanted {
    const { library } = this.tools
    const record = video(library.db, id)
    if (record === undefined) throw new AppError('NOTHING_TO_DO', { message: `There is no video ${id} in the library.`, hint: 'It may have been removed.' })
    if (record.media === null) throw new AppError('NOTHING_TO_DO', { message: `"${record.title}" was not read yet.`, hint: 'Wait until its import has begun.' })
    const where = span(record, at)
    return { record, media: record.media, ...where, file: proxyPieceFile(library.paths, record, where.piece) }
  }

  private async join(wanted: Wanted, signal: AbortSignal): Promise<void> {
    const making = this.making.get(wanted.file) ?? this.begin(wanted)
    making.waiting++
    const leave = (): void => {
      making.waiting--
      if (making.waiting > 0) return
      this.forget(making)
      making.controller.abort(signal.reason)
    }
    signal.addEventListener('abort', leave, { once: true })
    try {
      await Promise.race([making.done, rejection(signal)])
    } finally {
      signal.removeEventListener('abort', leave)
    }
    signal.throwIfAborted()
  }

  private begin(wanted: Wanted): Making {
    const controller = new AbortController()
    const done = this.order.run(() => this.make(wanted, controller.signal), controller.signal)
    const making: Making = { id: wanted.record.id, file: wanted.file, done, controller, waiting: 0 }
    this.making.set(wanted.file, making)
    this.unfinished.add(making)
    const end = (): void => {
      this.forget(making)
      this.unfinished.delete(making)
    }
    done.then(end, end)
    return making
  }

  /** Nobody joins it any more. */
  private forget(making: Making): void {
    if (this.making.get(making.file) === making) this.making.delete(making.file)
  }

  private async make({ record, media, piece, start, end, file }: Wanted, signal: AbortSignal): Promise<void> {
    const { library, ffmpeg, emit, threads } = this.tools
    // Of its own: one that was given up may still be ending.
    const part = `${file}.${randomUUID()}.part`
    const tell = (progress: number): void => { emit({ type: 'proxy-progress', videoId: record.id, piece, progress }) }
    try {
      await makePieceFolder(file)
      tell(0)
      await ffmpeg.proxy({ video: { id: record.id, path: record.path, media }, start, end, box: BOX, threads: threads(), target: part }, tell, signal)
      await rename(part, file)
      tell(1)
    } catch (error) {
      throw error instanceof AppError ? error : writeError(path.dirname(file), error)
    } finally {
      await rm(part, { force: true })
    }
    // Removed in the meantime: what belonged to it went before this was there.
    if (video(library.db, record.id) === undefined) await rm(artifactsOf(library.paths, record.id), { recursive: true, force: true })
    this.makeRoom(file)
  }

  /** One after the other, and nobody who wants to see the piece waits for it. */
  private makeRoom(file: string): void {
    const { clock, log } = this.tools
    this.shelving = this.shelving.then(() => this.shelf.add(file, clock.now()))
      .catch((error: unknown) => { log.warn('old pieces of proxies could not be removed', error) })
  }
}

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => { reject(signal.reason instanceof Error ? signal.reason : new AppError('CANCELLED', { message: 'Stopped.' })) }
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}
