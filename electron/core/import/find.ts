import { isUtf8 } from 'node:buffer'
import type { Dirent } from 'node:fs'
import { readdir, realpath } from 'node:fs/promises'
import path from 'node:path'
import { isRefusal } from '../errors.ts'
import type { AppError } from '../errors.ts'
import { refusal } from '../refusals.ts'
import { lookAt } from './check.ts'
import type { Place } from './check.ts'
import { hasSystemCode } from './system-error.ts'
import { isVideoName } from './video-names.ts'

export type Finding =
  /** `isNamed`: the person gave this very file. Others were found in a folder. */
  | { kind: 'file', place: Place, isNamed: boolean }
  | { kind: 'refused', path: string, error: AppError }
  /** In a folder, and no video by its name. */
  | { kind: 'ignored' }

interface Walk {
  /** Real paths of folders that were entered: a link to one of them leads in circles. */
  entered: Set<string>
  depthAtMost: number
  signal: AbortSignal
}

async function entriesOf(folder: string): Promise<Dirent<Buffer>[]> {
  // Names as bytes: one that is not UTF-8 would be changed by reading it as text, and never be found again.
  const entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' })
  return entries.sort((a, b) => Buffer.compare(a.name, b.name))
}

function asRefused(filePath: string, error: unknown): Finding {
  if (isRefusal(error)) return { kind: 'refused', path: filePath, error }
  throw error
}

/** An entry of a folder whose kind can not be told without a look, for example a link. */
async function* lookInto(filePath: string, walk: Walk, depth: number): AsyncGenerator<Finding> {
  const isNamedVideo = isVideoName(filePath)
  let place: Place
  try {
    place = await lookAt(filePath)
  } catch (error) {
    yield isNamedVideo || hasRefusalCode(error, 'NO_ACCESS') ? asRefused(filePath, error) : { kind: 'ignored' }
    return
  }
  if (place.kind === 'folder' && isNamedVideo) yield { kind: 'refused', path: filePath, error: refusal('NOT_A_FILE', filePath, { what: 'folder' }) }
  else if (place.kind === 'folder') yield* walkFolder(place.path, walk, depth + 1)
  else yield isNamedVideo ? { kind: 'file', place, isNamed: false } : { kind: 'ignored' }
}

function hasRefusalCode(error: unknown, code: string): boolean {
  return isRefusal(error) && error.code === code
}

async function* findEntry(folder: string, entry: Dirent<Buffer>, at: { walk: Walk, depth: number }): AsyncGenerator<Finding> {
  const filePath = path.join(folder, entry.name.toString('utf8'))
  if (!isUtf8(entry.name)) {
    const mayMatter = entry.isDirectory() || isVideoName(entry.name.toString('latin1'))
    yield mayMatter ? { kind: 'refused', path: filePath, error: refusal('BAD_NAME', filePath) } : { kind: 'ignored' }
  } else if (entry.isFile() && !isVideoName(filePath)) {
    yield { kind: 'ignored' }
  } else {
    yield* lookInto(filePath, at.walk, at.depth)
  }
}

/** All in a folder and below it, in the order of the names. */
async function* walkFolder(folder: string, walk: Walk, depth: number): AsyncGenerator<Finding> {
  if (walk.entered.has(folder) || depth > walk.depthAtMost) return
  walk.entered.add(folder)
  let entries: Dirent<Buffer>[]
  try {
    entries = await entriesOf(folder)
  } catch (error) {
    const code = hasSystemCode(error, 'EACCES', 'EPERM') ? 'NO_ACCESS' : 'NOT_FOUND'
    yield { kind: 'refused', path: folder, error: refusal(code, folder, { cause: error }) }
    return
  }
  for (const entry of entries) {
    walk.signal.throwIfAborted()
    if (entry.name[0] === 0x2e) continue // hidden: starts with a dot
    yield* findEntry(folder, entry, { walk, depth })
  }
}

/** The videos below a folder, by name. Folders that can not be read are passed over. */
export async function* videosBelow(folder: string, depthAtMost: number, signal: AbortSignal): AsyncGenerator<Place> {
  const walk: Walk = { entered: new Set(), depthAtMost, signal }
  for await (const finding of walkFolder(await realpath(folder), walk, 0)) {
    if (finding.kind === 'file') yield finding.place
  }
}

/**
 * The files to take for what a person named: files as they are, whatever they are called, and folders with all below them
 * that is a video by its name. Hidden files and folders are passed over, links followed once. Ends at the next entry
 * when the signal fires.
 */
export async function* findFiles(paths: readonly string[], signal: AbortSignal): AsyncGenerator<Finding> {
  const walk: Walk = { entered: new Set(), depthAtMost: Infinity, signal }
  for (const named of paths) {
    signal.throwIfAborted()
    const filePath = path.resolve(named)
    try {
      const place = await lookAt(filePath)
      if (place.kind === 'file') yield { kind: 'file', place, isNamed: true }
      else yield* walkFolder(place.path, walk, 0)
    } catch (error) {
      yield asRefused(filePath, error)
    }
  }
}
