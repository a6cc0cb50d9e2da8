import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { usualExportChoices } from '../../contract/export-choices.ts'
import type { ClipSource, ExportReport } from '../../contract/exports.ts'
import type { AppEvent } from '../../contract/events.ts'
import { exportClips } from './export.ts'
import type { ExportTools } from './export.ts'
import { ffmpegOutput, libraryOf, never, realFfmpeg, temporaryFolder, toolsWith, videoId } from './test-library.ts'

let folder = ''
/** 4 s of 25 pictures a second, a tick of 1/12800 s. */
let small = ''
/** New for each test. */
let out = ''
beforeAll(async () => {
  folder = await temporaryFolder()
  small = path.join(folder, 'small.mp4')
  await ffmpegOutput(['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=25:d=4', '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', small])
})
beforeEach(() => { out = mkdtempSync(path.join(folder, 'out-')) })
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

const span = (start: number, end: number): ClipSource => ({ kind: 'span', videoId, start, end })

type Cut = ExportTools['ffmpeg']['cut']

interface With { cut: Cut, emit?: (event: AppEvent) => void, signal?: AbortSignal }

async function run(clips: ClipSource[], { cut, emit = () => undefined, signal = never }: With): Promise<ExportReport> {
  const tools = toolsWith(await libraryOf(small), { ffmpeg: { ...realFfmpeg, cut }, emit })
  return exportClips({ ...usualExportChoices, clips, outFolder: out, mode: 'exact' }, tools, signal)
}

describe.skipIf(availableParallelism() < 2)('two clips at a time (one on one core)', () => {
  it('are reported and told of in the order asked, whichever is made first', async () => {
    const isSecondMade = Promise.withResolvers<null>()
    const cut: Cut = async (job, onProgress, signal) => {
      if (job.startPts === 0) await isSecondMade.promise
      // The third one begins when one of the first two is made.
      if (job.startPts === 25_600) isSecondMade.resolve(null)
      return realFfmpeg.cut(job, onProgress, signal)
    }
    const told: number[] = []
    const { files } = await run([span(0, 0.4), span(1, 1.4), span(2, 2.4)], { cut, emit: (event) => { if (event.type === 'export-file') told.push(event.clip) } })
    expect(files.map(({ start }) => start)).toEqual([0, 1, 2])
    expect(told).toEqual([0, 1, 2])
  })

  it('both end when the export is stopped, and leave nothing', async () => {
    const stop = new AbortController()
    const writing = new Set<string>()
    const cut: Cut = (job, onProgress, signal) => {
      writing.add(job.target)
      if (writing.size === 2) stop.abort()
      return realFfmpeg.cut(job, onProgress, signal)
    }
    await expect(run([span(0, 4), span(1, 3), span(0, 2)], { cut, signal: stop.signal })).rejects.toThrow('abort')
    expect(writing.size).toBe(2)
    expect(readdirSync(out)).toEqual([])
  })

  it('that are made keep their names when the rest is stopped, also those that waited for one before them', async () => {
    const stop = new AbortController()
    const isStopped = Promise.withResolvers<null>()
    const cut: Cut = async (job, onProgress, signal) => {
      if (job.startPts === 0) await isStopped.promise
      if (job.startPts === 25_600) {
        stop.abort()
        isStopped.resolve(null)
      }
      signal.throwIfAborted()
      return realFfmpeg.cut(job, onProgress, signal)
    }
    await expect(run([span(0, 1), span(1, 1.2), span(2, 3)], { cut, signal: stop.signal })).rejects.toThrow('abort')
    expect(readdirSync(out)).toEqual(['small (0m01s-0m01.2s).mp4'])
  })
})
