import { mkdir, open, readdir, rm, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../errors.ts'
import type { ClipVideo } from './clip-lookup.ts'
import { codeOf, writeError } from './file-errors.ts'
import { partName, readPartName } from './part-names.ts'
import type { Survey } from './exact/survey.ts'

/**
 * Bits a pixel: what CRF 18 gives for quiet pictures (measured 2026-11-21: 0.03 to 0.4 on real clips). A low guess, so
 * that nobody is refused who has the room; who has not is told in the middle.
 */
const BITS_A_PIXEL = 0.03
const SOUND_BYTES_A_SECOND = 16_000
const CONTAINER_BYTES = 32_768

/** A low guess of what the clip will take. */
export function estimatedBytes({ job, timesSeconds, durationSeconds }: Pick<Survey, 'timesSeconds' | 'durationSeconds'> & { job: Pick<Survey['job'], 'video'> }): number {
  const { picture, chosenSound } = job.video.media
  const pictures = picture.width * picture.height * timesSeconds.length * BITS_A_PIXEL / 8
  return Math.ceil(pictures + (chosenSound === null ? 0 : SOUND_BYTES_A_SECOND * durationSeconds) + CONTAINER_BYTES)
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** The error for a folder that has no room. */
export function diskFull(folder: string, { needed, free }: { needed: number, free: number }, cause?: unknown): AppError {
  return new AppError('DISK_FULL', {
    message: `The clip needs about ${megabytes(needed)} (${String(needed)} bytes) and "${folder}" has ${megabytes(free)} left.`,
    hint: 'Free some space or choose another folder.',
    cause,
  })
}

export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** What the parts in work are expected to take, by their paths; two clips are written at a time. */
const expectedOfParts = new Map<string, number>()

/** Bytes of this folder's drive that parts in work will still take. Who is done is forgotten: its part has a name by then, or is gone. */
async function promisedBytes(folder: string): Promise<number> {
  const { dev } = await stat(folder)
  let promised = 0
  for (const [part, expected] of expectedOfParts) {
    const found = await stat(part).catch(() => null)
    if (found === null) expectedOfParts.delete(part)
    else if (found.dev === dev) promised += Math.max(0, expected - found.size)
  }
  return promised
}

/** Throws DISK_FULL with the bytes needed when the clip can not fit beside those that are being written. */
export async function checkRoom(folder: string, needed: number): Promise<void> {
  const free = await freeBytes(folder) - await promisedBytes(folder)
  if (free < needed) throw diskFull(folder, { needed, free: Math.max(0, free) })
}

// Not mkdir's own `recursive`: where a file system says of a new folder that there is none (/proc), Node 24 tries it for ever.
async function makeWithParents(folder: string): Promise<void> {
  const missing: string[] = []
  for (let at = path.resolve(folder); await isMissing(at); at = path.dirname(at)) missing.push(at)
  for (const each of missing.reverse()) {
    await mkdir(each).catch((error: unknown) => {
      // Somebody else was first.
      if (codeOf(error) !== 'EEXIST') throw error
    })
  }
}

async function isMissing(folder: string): Promise<boolean> {
  return stat(folder).then(() => false, (error: unknown) => {
    if (codeOf(error) === 'ENOENT') return true
    throw error
  })
}

/** Makes the folder where it is missing. Throws USAGE when a file is in its place, NO_ACCESS when it can not be made. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await makeWithParents(folder)
  } catch (cause) {
    if (['EEXIST', 'ENOTDIR'].includes(codeOf(cause))) throw new AppError('USAGE', { message: `"${folder}" is a file, not a folder.`, hint: 'Give a folder to export to.', cause })
    if (codeOf(cause) === 'ENOENT') throw new AppError('NO_ACCESS', { message: `"${folder}" can not be made.`, hint: 'Choose another folder.', cause })
    throw writeError(folder, cause)
  }
  // What mkdir leaves in peace may still be a file.
  if (!(await stat(folder)).isDirectory()) throw new AppError('USAGE', { message: `"${folder}" is a file, not a folder.`, hint: 'Give a folder to export to.' })
}

/** An empty file in the folder to write to, under a name nobody else has. `expectedBytes` are kept free for it. */
export async function makePart(folder: string, expectedBytes = 0): Promise<string> {
  const part = path.join(folder, partName())
  try {
    await (await open(part, 'wx')).close()
  } catch (cause) {
    throw writeError(folder, cause)
  }
  if (expectedBytes > 0) expectedOfParts.set(part, expectedBytes)
  return part
}

let lastPart: Promise<unknown> = Promise.resolve()

/** A part for a clip that will take so many bytes: one after the other, so that two do not see the same room. Throws DISK_FULL and what `makePart` throws. */
export async function makePartOf(folder: string, neededBytes: number): Promise<string> {
  const part = lastPart.then(async () => {
    await checkRoom(folder, neededBytes)
    return makePart(folder, neededBytes)
  })
  lastPart = part.catch(() => undefined)
  return part
}

// Who writes may live on another machine that has the same drive, or have died and left its number to another process: then only the time tells.
const STALE_MS = 24 * 3_600_000

/** Takes away what a killed export has left in the folder. What can not be looked at or removed stays. */
export async function removeStaleParts(folder: string, nowMs: number): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const { isPart, isLeft } = readPartName(name)
    if (!isPart) continue
    const part = path.join(folder, name)
    const found = await stat(part).catch(() => null)
    if (found !== null && (isLeft || nowMs - found.mtimeMs > STALE_MS)) await rm(part, { force: true }).catch(() => undefined)
  }
}

/** Returns when the file is on the disk and not only in memory. */
export async function flush(file: string): Promise<void> {
  await using handle = await open(file, 'r+')
  await handle.sync()
}

/** Throws NOT_FOUND, OFFLINE or CHANGED unless the source is the file that was read when it was imported. */
export async function checkSource({ facts, title, sizeBytes, modifiedMs }: ClipVideo): Promise<void> {
  const found = await stat(facts.path).catch((cause: unknown) => ({ cause }))
  if ('cause' in found) {
    const hasFolder = await stat(path.dirname(facts.path)).then(() => true, () => false)
    if (!hasFolder) throw new AppError('OFFLINE', { message: `The drive or folder of "${facts.path}" is not there.`, hint: 'Plug it in and try again.', cause: found.cause })
    throw new AppError('NOT_FOUND', { message: `"${facts.path}" is not there any more.`, hint: 'If it was moved: scenedex relink PATH.', cause: found.cause })
  }
  // The library keeps whole milliseconds; whichever way they were rounded.
  if (found.size === sizeBytes && Math.abs(found.mtimeMs - modifiedMs) <= 1) return
  throw new AppError('CHANGED', { message: `"${title}" was changed after it was imported.`, hint: 'Import it again: its scenes may be elsewhere now.' })
}
