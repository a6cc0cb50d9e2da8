import { existsSync, realpathSync } from 'node:fs'
import path from 'node:path'

const named = process.env['SCENEDEX_SHARED'] ?? path.join(import.meta.dirname, '..', '..', 'shared')
// The library keeps real paths: a link to the media must not look like a difference.
export const sharedFolder = existsSync(named) ? realpathSync(named) : named

/** A file or folder of the shared test media; the tests that need it are skipped where it is not there. */
export function sharedMedia(...parts: string[]): string {
  return path.join(sharedFolder, 'media', ...parts)
}

export const hasSharedMedia = existsSync(sharedMedia('videos'))
