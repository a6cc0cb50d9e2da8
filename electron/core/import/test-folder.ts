import { appendFileSync, mkdirSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeAll, beforeEach } from 'vitest'
import { mediaFolder, plainVideo } from '../../../e2e/fixtures/make-media.ts'
import { copyTo } from '../../../e2e/fixtures/odd-videos.ts'
import type { ImportReport } from '../../contract/videos.ts'
import type { Log } from '../ports.ts'
import { testClock, testLibrary } from '../store/test-library.ts'
import { videoFiles } from '../store/video-files.ts'
import { importFiles } from './import.ts'
import type { ImportTools } from './import.ts'

export const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }
export const LONG_AGO = new Date('2024-05-01T12:00:00Z')

/** A file that nobody has written to for long: it is not waited for. */
export function aged(file: string): string {
  utimesSync(file, LONG_AGO, LONG_AGO)
  return file
}

/** An empty library and an empty folder for each test of a file. */
export function useImport() {
  const source = mediaFolder('import-source')
  let library: Awaited<ReturnType<typeof testLibrary>> | undefined
  let media: ReturnType<typeof mediaFolder> | undefined
  const need = <Value>(value: Value | undefined): Value => {
    if (value === undefined) throw new Error('only within a test')
    return value
  }
  beforeAll(() => {
    plainVideo(path.join(source.folder, 'plain.mp4'))
    return source.remove
  })
  beforeEach(async () => {
    library = await testLibrary()
    media = mediaFolder('import')
    mkdirSync(path.join(media.folder, 'videos'))
  })
  afterEach(() => {
    library?.close()
    media?.remove()
  })
  const folder = (): string => path.join(need(media).folder, 'videos')
  const tools = (): ImportTools => ({
    store: { ...videoFiles(need(library), testClock, () => undefined), bringBack: () => undefined },
    clock: testClock, log: silent, settle: { quietMs: 400, pollMs: 50, waitMs: 1500 },
  })
  return {
    library: () => need(library),
    folder,
    /** A folder that is nowhere near. */
    elsewhere: () => source.folder,
    tools,
    /** A video that was written long ago; another content for each `seed`. */
    aVideo: (name: string, seed = 0): string => {
      const file = path.join(folder(), name)
      mkdirSync(path.dirname(file), { recursive: true })
      copyTo(path.join(source.folder, 'plain.mp4'), file)
      if (seed > 0) appendFileSync(file, `\0\0\0\x10free${String(seed).padStart(8)}`)
      return aged(file)
    },
    take: async (...paths: string[]): Promise<ImportReport> => importFiles({ paths, wantsFirstLook: false }, tools(), new AbortController().signal),
    names: (list: { path: string }[]): string[] => list.map((one) => path.relative(folder(), one.path)),
    codes: (report: ImportReport): Record<string, string> => Object.fromEntries(report.refused.map((one) => [path.relative(folder(), one.path), one.code])),
  }
}
