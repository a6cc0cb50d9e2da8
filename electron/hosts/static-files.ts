import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../core/errors.ts'

/** A file of the page, as it is sent. */
export interface StaticFile { contentType: string, bytes: Buffer, isNamedByContent: boolean }

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.map': 'application/json',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.webp': 'image/webp', '.ico': 'image/x-icon', '.woff2': 'font/woff2', '.json': 'application/json',
}

// Folder by folder and with no more than names: an installed copy of the window reads out of an archive, where Electron stands
// in for the file system and knows only the plain ways.
async function filesIn(folder: string): Promise<string[]> {
  const inside = await Promise.all((await readdir(folder)).map(async (name) => {
    const place = path.join(folder, name)
    const stats = await stat(place)
    if (stats.isDirectory()) return await filesIn(place)
    return stats.isFile() ? [place] : []
  }))
  return inside.flat()
}

/**
 * All files of the built page by their address. They are read once: only these can ever be asked for, and a page that is built
 * again while the server runs is not mixed with the old one.
 */
export async function readStaticFiles(folder: string): Promise<ReadonlyMap<string, StaticFile>> {
  const files = new Map<string, StaticFile>()
  const names = await filesIn(folder).catch((cause: unknown) => {
    throw new AppError('TOOL_MISSING', { message: 'The page is not built.', hint: 'Run: npm start', cause })
  })
  for (const file of names) {
    const contentType = contentTypes[path.extname(file)]
    if (contentType === undefined) continue
    const address = `/${path.relative(folder, file).split(path.sep).join('/')}`
    files.set(address, { contentType, bytes: await readFile(file), isNamedByContent: address.startsWith('/assets/') })
  }
  const start = files.get('/index.html')
  if (start !== undefined) files.set('/', start)
  return files
}
