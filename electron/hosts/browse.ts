import type { Dirent } from 'node:fs'
import { mkdir, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Browsed, BrowseEntry } from '../contract/host.ts'
import { AppError } from '../core/errors.ts'
import { hasSystemCode } from '../core/import/system-error.ts'
import { isVideoName } from '../core/import/video-names.ts'

/** What of this machine a listing depends on. */
export interface Machine { home: string, platform: NodeJS.Platform }

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

/** Null for what went away meanwhile, or is a link to nothing. */
async function entryOf(folder: string, name: string): Promise<BrowseEntry | null> {
  const filePath = path.join(folder, name)
  try {
    const stats = await stat(filePath)
    const kind = kindOf(stats, name)
    return { name, path: filePath, kind, bytes: kind === 'folder' ? null : stats.size, modifiedMs: stats.mtimeMs }
  } catch {
    return null
  }
}

// Dotfiles, and what Windows and NAS boxes keep for themselves.
const isHidden = (name: string): boolean => /^[.$]/.test(name) || name === '@eaDir' || name === 'System Volume Information'

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function inOrder(a: BrowseEntry, b: BrowseEntry): number {
  return Number(b.kind === 'folder') - Number(a.kind === 'folder') || byName.compare(a.name, b.name)
}

const isFolder = async (folder: string): Promise<boolean> => stat(folder).then((stats) => stats.isDirectory(), () => false)

async function drives({ platform }: Machine): Promise<{ name: string, path: string }[]> {
  if (platform === 'win32') return Array.from('CDEFGHIJKLMNOPQRSTUVWXYZAB', (letter) => ({ name: `${letter}:`, path: `${letter}:\\` }))
  const parents = platform === 'darwin' ? ['/Volumes'] : ['/media', '/mnt', '/run/media']
  const inside = await Promise.all(parents.map(async (parent) => (await readdir(parent).catch(() => [])).map((name) => ({ name, path: path.join(parent, name) }))))
  return [{ name: '/', path: '/' }, ...inside.flat().filter(({ name }) => !isHidden(name)).slice(0, 20)]
}

async function placesOf(machine: Machine): Promise<Browsed['places']> {
  const own = ['Videos', 'Movies', 'Downloads', 'Desktop'].map((name) => ({ name, path: path.join(machine.home, name) }))
  const places = [{ name: 'Home', path: machine.home }, ...own, ...await drives(machine)]
  const there = await Promise.all(places.map(({ path: folder }) => isFolder(folder)))
  return places.filter((_, index) => there[index])
}

/** What lies in a folder, folders first, for a person who chooses; hidden entries are left out. Throws NOT_FOUND and NO_ACCESS. */
export async function browse(asked: string | null, machine: Machine): Promise<Browsed> {
  const folder = path.resolve(asked ?? machine.home)
  const names = await readdir(folder).catch((cause: unknown) => { throw noLook(folder, cause) })
  const entries = await Promise.all(names.filter((name) => !isHidden(name)).map((name) => entryOf(folder, name)))
  const parent = path.dirname(folder)
  return {
    folder,
    parent: parent === folder ? null : parent,
    entries: entries.filter((entry) => entry !== null).sort(inOrder),
    places: await placesOf(machine),
  }
}

function badName(name: string): AppError {
  return new AppError('BAD_NAME', { message: `"${name}" can not be the name of a folder.`, hint: 'Leave out / \\ : * ? " < > | and dots at the ends.' })
}

/** Makes one folder inside another. Throws BAD_NAME, NO_ACCESS, NOT_FOUND and USAGE where the name is taken. */
export async function makeFolder(parent: string, name: string): Promise<string> {
  if (/[/\\:*?"<>|\p{Cc}]/u.test(name) || /^\.|[. ]$/.test(name) || Buffer.byteLength(name) > 255) throw badName(name)
  const folder = path.join(path.resolve(parent), name)
  try {
    await mkdir(folder)
    return folder
  } catch (cause) {
    if (hasSystemCode(cause, 'EEXIST')) throw new AppError('USAGE', { message: `"${name}" is there already.`, hint: 'Choose another name.', cause })
    throw noLook(path.resolve(parent), cause)
  }
}
