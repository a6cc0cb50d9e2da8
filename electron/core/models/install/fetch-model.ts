import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { mirrored } from '../catalog.ts'
import { gitNameOf, sha256Of } from '../hash-file.ts'
import { damaged } from '../model-errors.ts'
import type { Manifest, ModelFile } from '../model-spec.ts'
import type { Errand } from '../../network/request-log.ts'
import { errand } from '../../network/request-log.ts'
import { diskFull } from './fetch-errors.ts'
import { fetchFile } from './fetch-file.ts'
import type { InstallProgress, InstallTools } from './install-tools.ts'
import { SPARE_BYTES } from './pace.ts'
import type { FileState, JournalWriter } from './journal.ts'
import { openPartFile } from './part-file.ts'
import type { Published } from './published.ts'
import { askPublished, both, NOTHING, publishedIn } from './published.ts'
import { createSources } from './sources.ts'
import { setSpans } from './journal.ts'
import { spanBytes } from './spans.ts'

export interface ModelFetch {
  title: string
  /** Those that are not here yet. */
  files: ModelFile[]
  staging: string
  journal: JournalWriter
  tools: InstallTools
  progress: InstallProgress
}

/** A file on its way, with all that is known of it. */
interface Wanted { file: ModelFile, urls: string[], published: Published, state: FileState, errand: Errand }

const partOf = (staging: string, file: string): string => path.join(staging, `${file}.part`)
const sizeOf = async (file: string): Promise<number | null> => stat(file).then(({ size }) => size, () => null)

async function look({ title, staging, journal, tools }: ModelFetch, file: ModelFile, signal: AbortSignal): Promise<Wanted> {
  const urls = [...new Set([mirrored(file.url, tools.mirror()), file.url])]
  const purpose = errand(`model: ${title}, ${file.path}`)
  const published = file.sha256 === null || file.isEstimate === true ? await askPublished(tools.outgoing, urls, { errand: purpose, stallMs: tools.pace.stallMs, signal }) : NOTHING
  const state = journal.stateOf(file)
  state.bytes = file.isEstimate === true ? published.bytes ?? state.bytes : file.bytes
  // A run that was killed between the last byte and the end of the install.
  const whole = await sizeOf(path.join(staging, file.path))
  if (whole !== null && whole === state.bytes) {
    await rename(path.join(staging, file.path), partOf(staging, file.path))
    setSpans(state, [[0, whole]])
  } else if (await sizeOf(partOf(staging, file.path)) === null) {
    setSpans(state, [])
  }
  return { file, urls, published, state, errand: purpose }
}

async function checkRoom({ staging, tools }: ModelFetch, wanted: Wanted[]): Promise<void> {
  const needed = wanted.reduce((sum, { file, state }) => sum + (state.bytes ?? file.bytes) - spanBytes(state.spans), 0)
  const free = await tools.freeBytes(staging)
  if (needed > 0 && free < needed + SPARE_BYTES) throw diskFull(tools.folder, { needed, free })
}

async function fetchOne({ staging, journal, tools, progress }: ModelFetch, wanted: Wanted, signal: AbortSignal): Promise<void> {
  const { file, urls, state } = wanted
  const part = await openPartFile({ file: partOf(staging, file.path), state, journal, progress, freeBytes: tools.freeBytes })
  try {
    const sources = createSources(tools.outgoing, urls, { errand: wanted.errand, onWay: (way) => { wanted.published = both(wanted.published, publishedIn(way)) } })
    await fetchFile({ name: file.path, part, sources, pace: tools.pace, clock: tools.clock }, file.bytes, signal)
  } finally {
    await part.close()
  }
}

async function wrongJson(part: string): Promise<string | null> {
  try {
    JSON.parse(await readFile(part, 'utf8'))
    return null
  } catch (error) {
    return `it is no JSON (${error instanceof Error ? error.message : String(error)})`
  }
}

/** Why a file is not what it should be, by the surest that is known of it; null when it is. */
async function wrongWith({ file, published }: Wanted, part: string, read: { sha256: string, signal: AbortSignal }): Promise<string | null> {
  const wanted = file.sha256 ?? published.sha256
  if (wanted !== null) return read.sha256 === wanted ? null : `its SHA-256 is ${read.sha256} and should be ${wanted}`
  if (published.gitName !== null) {
    const got = await gitNameOf(part, (await stat(part)).size, read.signal)
    return got === published.gitName ? null : `git names its content ${got} and should name it ${published.gitName}`
  }
  if (file.path.endsWith('.json')) return wrongJson(part)
  return file.path.endsWith('.txt') ? null : 'no server says what should be in it'
}

/** Reads a file from the disk, compares it with what it should be and gives it its name in the folder. One that is wrong is thrown away. */
async function check({ staging, journal, progress }: ModelFetch, wanted: Wanted, signal: AbortSignal): Promise<Manifest['files'][number]> {
  const { file, state } = wanted
  const part = partOf(staging, file.path)
  const sha256 = await sha256Of(part, signal, (bytes) => { progress.bytes(bytes) })
  const wrong = await wrongWith(wanted, part, { sha256, signal })
  if (wrong !== null) {
    await rm(part, { force: true })
    setSpans(state, [])
    await journal.save()
    throw damaged(`"${file.path}" came damaged: ${wrong}.`, 'It was thrown away and the rest was kept. Install the model again; if it happens again, try without the mirror or proxy.')
  }
  await rename(part, path.join(staging, file.path))
  return { path: file.path, bytes: (await stat(path.join(staging, file.path))).size, sha256 }
}

/**
 * Fetches files of a model into its folder for installing, and checks them there. What is in it from before is used. Gives their hashes as read from the disk. Throws
 * NETWORK_OFF, NETWORK_FAILED, DISK_FULL, MODEL_DAMAGED.
 */
export async function fetchModel(fetch: ModelFetch, signal: AbortSignal): Promise<Manifest['files']> {
  const { files, staging, journal, progress } = fetch
  await mkdir(staging, { recursive: true })
  const wanted: Wanted[] = []
  for (const file of files) wanted.push(await look(fetch, file, signal))
  const totalBytes = wanted.reduce((sum, { file, state }) => sum + (state.bytes ?? file.bytes), 0)
  journal.journal.totalBytes = totalBytes
  await checkRoom(fetch, wanted)
  progress.begin('fetching', totalBytes)
  for (const one of wanted) await fetchOne(fetch, one, signal)
  progress.begin('checking', totalBytes)
  const checked = []
  for (const one of wanted) checked.push(await check(fetch, one, signal))
  return checked
}
