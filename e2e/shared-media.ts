import { existsSync } from 'node:fs'
import path from 'node:path'

const folder = process.env['SCENEDEX_SHARED'] ?? path.join(import.meta.dirname, '..', '..', 'shared')

/** A file or folder of the shared test media; the tests that need it are skipped where it is not there. */
export function sharedMedia(...parts: string[]): string {
  return path.join(folder, 'media', ...parts)
}

export const hasSharedMedia = existsSync(sharedMedia('videos'))
