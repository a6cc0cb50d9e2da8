import { damaged } from '../model-errors.ts'
import { diskFull } from '../install/fetch-errors.ts'

export interface Limits { archiveBytes: number, freeBytes: number, folder: string }

/** Weights are noise: they hardly get smaller when they are packed. What becomes a hundred times as large is no model. */
const MOST_TIMES = 100
const AT_LEAST_BYTES = 4 * 1024 * 1024
const MOST_ENTRIES = 5000

/** Watches over what comes out of an archive. `declared` takes what it says before it is read, `came` what really comes. */
export interface UnpackGuard { declared(bytes: number): void, came(bytes: number): void }

/** Throws MODEL_DAMAGED when more comes out of an archive than can have been in it, DISK_FULL when it would fill the drive. */
export function unpackGuard({ archiveBytes, freeBytes, folder }: Limits): UnpackGuard {
  const most = Math.max(archiveBytes * MOST_TIMES, AT_LEAST_BYTES)
  const sums = { declared: 0, came: 0, entries: 0 }
  const check = (bytes: number): void => {
    if (bytes > most || sums.entries > MOST_ENTRIES) throw damaged('More comes out of the archive than a model can hold.', 'It is no archive of a model.')
    if (bytes > freeBytes) throw diskFull(folder, { needed: bytes, free: freeBytes })
  }
  return {
    declared: (bytes) => {
      sums.declared += bytes
      sums.entries += 1
      check(sums.declared)
    },
    came: (bytes) => {
      sums.came += bytes
      check(sums.came)
    },
  }
}
