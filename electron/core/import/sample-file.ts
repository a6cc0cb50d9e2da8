import { mkdir, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { SampleVideo } from '../ports.ts'

const NAME = 'Sample video.mp4'
const MAKING = '.making-'

// Making takes some seconds: what is so old was left by a program that was killed.
const STALE_MS = 3_600_000

async function removeStale(folder: string, nowMs: number): Promise<void> {
  for (const name of (await readdir(folder)).filter((entry) => entry.startsWith(MAKING))) {
    const left = path.join(folder, name)
    const { mtimeMs } = await stat(left)
    if (nowMs - mtimeMs > STALE_MS) await rm(left, { recursive: true, force: true })
  }
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(() => true, (error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  })
}

/** The sample video in this folder, made where it is not there yet. It gets its name only when it is whole and on the disk. */
export async function sampleFile(folder: string, { sampleVideo, nowMs }: { sampleVideo: SampleVideo, nowMs: number }, signal: AbortSignal): Promise<string> {
  const file = path.join(folder, NAME)
  await mkdir(folder, { recursive: true })
  if (await isThere(file)) return file
  await removeStale(folder, nowMs)
  const making = await mkdtemp(path.join(folder, MAKING))
  try {
    const part = path.join(making, NAME)
    await sampleVideo.make(part, signal)
    {
      await using handle = await open(part, 'r+')
      await handle.sync()
    }
    await rename(part, file)
    return file
  } finally {
    await rm(making, { recursive: true, force: true, maxRetries: 3 })
  }
}
