import type { Dirent, Stats } from 'node:fs'
import { mkdir, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import sanitize from 'sanitize-filename'
import type { Browsed, BrowseEntry } from '../contract/host.ts'
import { AppError } from '../core/errors.ts'
import { hasSystemCode } from '../core/import/system-error.ts'
import { isVideoName } from '../core/import/video-names.ts'

/** What of this machine a listing depends on. */
export interface Machine { home: string, platform: NodeJS.Platform }

/** The file system that is looked at, and how long it may take: a network drive that is gone answers nothing, for ever. */
export interface Look { files: { readdir(folder: string): Promise<string[]>, stat(file: string): Promise<Stats> }, listMs: number, statMs: number }

const usualLook: Look = { files: { readdir, stat }, listMs: 10_000, statMs: 2000 }

class Late extends Error {}

/** What is asked for, or a rejection with Late. */
async function within<Value>(asked: Promise<Value>, ms: number): Promise<Value> {
  const answered = new AbortController()
  const late = delay(ms, undefined, { signal: answered.signal }).then((): never => { throw new Late() })
  try {
    return await Promise.race([asked, late])
  } finally {
    answered.abort()
    late.catch(() => undefined)
  }
}

function noLook(folder: string, cause: unknown): AppError {
  if (hasSystemCode(cause, 'EACCES', 'EPERM')) return new AppError('NO_ACCESS', { message: `You may not look into "${folder}".`, hint: 'Choose another folder, or change its permissions.', cause })
  if (hasSystemCode(cause, 'ENOTDIR')) return new AppError('NOT_FOUND', { message: `"${folder}" is no folder.`, hint: 'Choose a folder.', cause })
  if (hasSystemCode(cause, 'ENOENT', 'ENAMETOOLONG', 'ELOOP', 'ERR_INVALID_ARG_VALUE')) return new AppError('NOT_FOUND', { message: `There is no folder "${folder}".`, hint: 'It may have been moved, or its drive is not connected.', cause })
  return new AppError('UNREADABLE', { message: `"${folder}" can not be read: its drive does not answer.`, hint: 'Check the connection of the drive.', cause })
}

const kindOf = (place: Pick<Dirent, 'isDirectory' | 'isFile'>, name: string): BrowseEntry['kind'] => {
  if (place.isDirectory()) return 'folder'
  return place.isFile() && isVideoName(name) ? 'video' : 'other'
}

/** Null for what went away meanwhile, or is a link to nothing. What does not answer is there by its name: it may be a folder. */
async function entryOf(folder: string, name: string, { files, statMs }: Look): Promise<BrowseEntry | null> {
  const filePath = path.join(folder, name)
  try {
    const stats = await within(files.stat(filePath), statMs)
    const kind = kindOf(stats, name)
    return { name, path: filePath, kind, bytes: kind === 'folder' ? null : stats.size, modifiedMs: stats.mtimeMs }
  } catch (error) {
    return error instanceof Late ? { name, path: filePath, kind: isVideoName(name) ? 'video' : 'folder', bytes: null, modifiedMs: null } : null
  }
}

// Dotfiles, and what Windows and NAS boxes keep for themselves.
const isHidden = (name: string): boolean => /^[.$]/.test(name) || name === '@eaDir' || name === 'System Volume Information'

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function inOrder(a: BrowseEntry, b: BrowseEntry): number {
  return Number(b.kind === 'folder') - Number(a.kind === 'folder') || byName.compare(a.name, b.name)
}

const isFolder = async (folder: string, { files, statMs }: Look): Promise<boolean> => within(files.stat(folder), statMs).then((stats) => stats.isDirectory(), () => false)

async function drives({ platform }: Machine, { files, statMs }: Look): Promise<{ name: string, path: string }[]> {
  if (platform === 'win32') return Array.from('CDEFGHIJKLMNOPQRSTUVWXYZAB', (letter) => ({ name: `${letter}:`, path: `${letter}:\\` }))
  const parents = platform === 'darwin' ? ['/Volumes'] : ['/media', '/mnt', '/run/media']
  const namesIn = async (parent: string): Promise<string[]> => within(files.readdir(parent), statMs).catch(() => [])
  const inside = await Promise.all(parents.map(async (parent) => (await namesIn(parent)).map((name) => ({ name, path: path.join(parent, name) }))))
  return [{ name: '/', path: '/' }, ...inside.flat().filter(({ name }) => !isHidden(name)).slice(0, 20)]
}

async function placesOf(machine: Machine, look: Look): Promise<Browsed['places']> {
  const own = ['Videos', 'Movies', 'Downloads', 'Desktop'].map((name) => ({ name, path: path.join(machine.home, name) }))
  const places = [{ name: 'Home', path: machine.home }, ...own, ...await drives(machine, look)]
  const there = await Promise.all(places.map(({ path: folder }) => isFolder(folder, look)))
  return places.filter((_, index) => there[index])
}

/** What lies in a folder, folders first, for a person who chooses; hidden entries are left out. Throws NOT_FOUND, NO_ACCESS, and UNREADABLE where its drive does not answer. */
export async function browse(asked: string | null, machine: Machine, look: Look = usualLook): Promise<Browsed> {
  const folder = path.resolve(asked ?? machine.home)
  const names = await within(look.files.readdir(folder), look.listMs).catch((cause: unknown) => { throw noLook(folder, cause) })
  const [entries, places] = await Promise.all([Promise.all(names.filter((name) => !isHidden(name)).map((name) => entryOf(folder, name, look))), placesOf(machine, look)])
  const parent = path.dirname(folder)
  return { folder, parent: parent === folder ? null : parent, entries: entries.filter((entry) => entry !== null).sort(inOrder), places }
}

function badName(name: string): AppError {
  return new AppError('BAD_NAME', { message: `"${name}" can not be the name of a folder.`, hint: 'Leave out / \\ : * ? " < > | dots at the ends, and names that Windows keeps for devices, such as CON.' })
}

/** Makes one folder inside another. Throws BAD_NAME, NO_ACCESS, NOT_FOUND and USAGE where the name is taken. */
export async function makeFolder(parent: string, name: string): Promise<string> {
  // Of what may not be, at least one character is missing then.
  if (name === '' || name.startsWith('.') || sanitize(name) !== name) throw badName(name)
  const folder = path.join(path.resolve(parent), name)
  try {
    await mkdir(folder)
    return folder
  } catch (cause) {
    if (hasSystemCode(cause, 'EEXIST')) throw new AppError('USAGE', { message: `"${name}" is there already.`, hint: 'Choose another name.', cause })
    throw noLook(path.resolve(parent), cause)
  }
}
