import path from 'node:path'
import { z } from 'zod'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'
import { setting, setSetting } from '../store/settings.ts'
import { removeStaleParts } from './disk.ts'

const NAME = 'export-folders'

/** As many folders are looked through at the start; the ones that were written to last. */
const MOST_FOLDERS = 50

const Folders = z.array(z.string())

/** Folders that exports have written to, the last one first. */
export function exportFolders(db: ReadDatabase): string[] {
  try {
    return Folders.parse(JSON.parse(setting(db, NAME) ?? '[]'))
  } catch {
    return [] // of no use any more: it fills again
  }
}

/** Keeps in mind that an export writes to the folder, so that what it leaves when it is killed can be found. False where that was known. */
export function rememberFolder(db: WriteDatabase, outFolder: string): boolean {
  const folder = path.resolve(outFolder)
  const before = exportFolders(db)
  if (before[0] === folder) return false
  setSetting(db, NAME, JSON.stringify([folder, ...before.filter((each) => each !== folder)].slice(0, MOST_FOLDERS)))
  return true
}

/** Takes away what killed exports have left in these folders. A folder that is not there now is left alone. Stops after the folder in hand. */
export async function sweepFolders(folders: readonly string[], nowMs: number, signal: AbortSignal): Promise<void> {
  for (const folder of folders) {
    if (signal.aborted) return
    await removeStaleParts(folder, nowMs)
  }
}
