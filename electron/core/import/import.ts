import { realpath, stat } from 'node:fs/promises'
import type { ImportReport, Refusal } from '../../contract/videos.ts'
import { RefusalCode } from '../../contract/errors.ts'
import { isRefusal } from '../errors.ts'
import type { AppError } from '../errors.ts'
import type { Clock, Log } from '../ports.ts'
import { openToRead } from './check.ts'
import type { Place } from './check.ts'
import { findFiles } from './find.ts'
import { identityOf } from './identity.ts'
import type { FoundFile, ImportStore, KnownVideo } from './import-store.ts'
import { isQuiet, waitUntilQuiet } from './settle.ts'
import type { SettleLimits } from './settle.ts'
import { refuseByHead } from './sniff.ts'
import { mayBeSourceCode, titleOf } from './video-names.ts'

export interface ImportRequest { paths: readonly string[], wantsFirstLook: boolean }

export interface ImportTools {
  store: ImportStore
  clock: Clock
  log: Log
  /** How many files were looked at so far, taken or refused. */
  onFound?: (files: number) => void
  onRefused?: (refused: Refusal) => void
  /** A video was added or is to be computed again: the queue has something to do. */
  onQueued?: (video: { id: KnownVideo['id'], path: string }) => void
  settle?: SettleLimits
}

/** Reads what identifies a file. Throws EMPTY, NO_ACCESS, NOT_A_FILE, and PLAYLIST, IMAGE or NOT_MEDIA by the first bytes. */
async function readFile(place: Place): Promise<FoundFile> {
  const file = await openToRead(place)
  try {
    await refuseByHead(file, place.path)
    const { path, sizeBytes, modifiedMs } = place
    return { path, sizeBytes, modifiedMs, identity: await identityOf(file, sizeBytes) }
  } finally {
    await file.close()
  }
}

/** The content of a video's file, read anew; null when there is no such file or it can not be read. */
export async function identityAt(path: string): Promise<string | null> {
  try {
    const { size, mtimeMs } = await stat(path)
    const { identity } = await readFile({ kind: 'file', path: await realpath(path), sizeBytes: size, modifiedMs: Math.floor(mtimeMs) })
    return identity
  } catch (error) {
    if (error instanceof Error) return null
    throw error
  }
}

class Import {
  readonly report: ImportReport = { added: [], known: [], moved: [], refused: [], ignored: 0 }
  private readonly request: ImportRequest
  private readonly tools: ImportTools
  private seen = 0

  constructor(request: ImportRequest, tools: ImportTools) {
    this.request = request
    this.tools = tools
  }

  async run(signal: AbortSignal): Promise<ImportReport> {
    const growing: { place: Place, isNamed: boolean }[] = []
    for await (const finding of findFiles(this.request.paths, signal)) {
      if (finding.kind === 'ignored') this.report.ignored++
      else if (finding.kind === 'refused') this.refuse(finding.path, finding.error)
      else if (finding.place.sizeBytes === 0 || isQuiet(finding.place, this.tools.clock.now(), this.tools.settle)) await this.take(finding.place, finding.isNamed)
      else growing.push(finding)
    }
    // Waited for all at once, and only after everything that need not wait.
    const settled = await Promise.all(growing.map(async (found) => ({ ...found, settled: await this.settle(found.place, signal) })))
    for (const { settled: place, isNamed } of settled) {
      signal.throwIfAborted()
      if (place !== null) await this.take(place, isNamed)
    }
    return this.report
  }

  private async settle(place: Place, signal: AbortSignal): Promise<Place | null> {
    const { clock, settle: limits } = this.tools
    try {
      return await waitUntilQuiet(place, limits === undefined ? { clock } : { clock, limits }, signal)
    } catch (error) {
      if (!isRefusal(error)) throw error
      this.refuse(place.path, error)
      return null
    }
  }

  private async take(place: Place, isNamed: boolean): Promise<void> {
    try {
      await this.place(await readFile(place))
      this.tools.onFound?.(++this.seen)
    } catch (error) {
      if (!isRefusal(error)) throw error
      if (!isNamed && error.code === 'NOT_MEDIA' && mayBeSourceCode(place.path)) this.report.ignored++
      else this.refuse(place.path, error)
    }
  }

  private refuse(path: string, error: AppError): void {
    const refused: Refusal = { path, code: RefusalCode.parse(error.code), message: error.message, hint: error.hint }
    this.report.refused.push(refused)
    this.tools.onFound?.(++this.seen)
    this.tools.onRefused?.(refused)
  }

  /** Gives a file its place in the library: the entry of its content, the entry of its path, or a new one. */
  private async place(file: FoundFile): Promise<void> {
    const { store } = this.tools
    const known = store.findByIdentity(file.identity)
    const same = known ?? store.bringBack(file.identity)
    const others = store.findByPath(file.path).filter(({ id }) => id !== same?.id)
    if (same !== undefined) {
      const isStillThere = known !== undefined && same.path !== file.path && await identityAt(same.path) === same.identity
      store.together(() => {
        if (known === undefined) this.takeBack(same, file)
        else this.placeKnown(same, file, isStillThere)
        this.loseFiles(others)
      })
      return
    }
    store.together(() => {
      const [before, ...rest] = others.toSorted((a, b) => Number(a.state === 'missing') - Number(b.state === 'missing'))
      if (before === undefined) this.add(file)
      else this.change(before, file)
      this.loseFiles(rest)
    })
  }

  private placeKnown(same: KnownVideo, file: FoundFile, isStillThere: boolean): void {
    const { store } = this.tools
    if (same.path === file.path) {
      if (same.state === 'missing' || same.modifiedMs !== file.modifiedMs) store.pointTo(same.id, file)
      this.report.known.push({ id: same.id, path: file.path })
    } else if (isStillThere) {
      this.report.known.push({ id: same.id, path: file.path })
    } else {
      store.pointTo(same.id, file)
      this.report.moved.push({ id: same.id, path: file.path, from: same.path })
    }
  }

  /** It was taken out before: to the person it is new again, and nothing of it is computed twice. */
  private takeBack(same: KnownVideo, file: FoundFile): void {
    this.tools.store.pointTo(same.id, file)
    this.report.added.push({ id: same.id, path: file.path })
    this.tools.onQueued?.({ id: same.id, path: file.path })
  }

  private add(file: FoundFile): void {
    const id = this.tools.store.add({ ...file, title: titleOf(file.path), wantsFirstLook: this.request.wantsFirstLook })
    this.report.added.push({ id, path: file.path })
    this.tools.onQueued?.({ id, path: file.path })
  }

  private change(before: KnownVideo, file: FoundFile): void {
    this.tools.log.info(`${file.path} has other content than when it was imported: it is computed again`)
    this.tools.store.markChanged(before.id, file)
    this.report.known.push({ id: before.id, path: file.path })
    this.tools.onQueued?.({ id: before.id, path: file.path })
  }

  /** Their file was replaced by one that is another entry's. */
  private loseFiles(videos: KnownVideo[]): void {
    for (const { id, state } of videos) if (state !== 'missing') this.tools.store.markMissing(id)
  }
}

/**
 * Takes files and folders into the library. Each file is stored as soon as it is found, so that work on it can begin; what is
 * refused is in the report and stops nothing. When the signal fires, what was stored stays and the reason is thrown.
 */
export async function importFiles(request: ImportRequest, tools: ImportTools, signal: AbortSignal): Promise<ImportReport> {
  return new Import(request, tools).run(signal)
}
