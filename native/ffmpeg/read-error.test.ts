import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { VideoId } from '../../electron/contract/ids.ts'
import type { VideoFacts } from '../../electron/core/facts.ts'
import { cutExact } from './cut.ts'
import { decodeAll } from './decode-all.ts'
import { parseReadError } from './read-error.ts'
import { scanVideo } from './scan.ts'
import { createTestMedia } from './scan/test-media.ts'
import { probeFile } from './probe.ts'

const media = createTestMedia()
const folder = mkdtempSync(path.join(tmpdir(), 'scenedex-read-error-'))
afterAll(() => { media.remove(); rmSync(folder, { recursive: true, force: true }) })
const never = new AbortController().signal

/** The real ffmpeg, which says at its end what it says (measured with 5.1) when reading fails in the middle of a file. */
async function unreadable(name: string): Promise<{ tools: typeof media.tools, video: VideoFacts }> {
  const file = media.make(name, '-f lavfi -i testsrc=r=25:s=64x36:d=2 -c:v libx264 -preset ultrafast -pix_fmt yuv420p')
  const facts = await probeFile(media.tools, file, never)
  const ffmpeg = path.join(folder, `${name}.sh`)
  writeFileSync(ffmpeg, `#!/bin/sh\n"${media.tools.ffmpeg}" "$@"\ncode=$?\necho "[error] file:${file}: Input/output error" >&2\nexit $code\n`)
  chmodSync(ffmpeg, 0o755)
  return { tools: { ...media.tools, ffmpeg }, video: { id: VideoId.parse(1), path: file, media: facts } }
}

describe('a read error', () => {
  it('is read from the line about the file itself, and from no other', () => {
    expect(parseReadError('[error] file:/a/b.mp4: Input/output error', '/a/b.mp4')).toBe('Input/output error')
    expect(parseReadError('[error] file:/a/b.mp4: Stale file handle', '/a/b.mp4')).toBe('Stale file handle')
    expect(parseReadError('[error] file:/a/out.part: Input/output error', '/a/b.mp4')).toBeNull()
    expect(parseReadError('[info]     title           : file:/a/b.mp4: Input/output error', '/a/b.mp4')).toBeNull()
    expect(parseReadError('[error] file:/a/b.mp4: Invalid data found when processing input', '/a/b.mp4')).toBeNull()
  })

  it.skipIf(process.platform === 'win32')('is not the end of a video that is scanned (needs a shell)', async () => {
    const { tools, video } = await unreadable('scan.mp4')
    const request = { video, fromPts: null, keyFramesOnly: false, smallFrame: { width: 48, height: 27 }, candidate: { perSecond: 2, longEdge: 64 }, withSound: false }
    await expect(Array.fromAsync(scanVideo(tools, request, never))).rejects.toMatchObject({ code: 'OFFLINE' })
  })

  it.skipIf(process.platform === 'win32')('is not the end of a source that is exported (needs a shell)', async () => {
    const { tools, video } = await unreadable('export.mp4')
    await expect(decodeAll(tools, { video, span: null, picturesAt: [], withSound: false }, never)).rejects.toMatchObject({ code: 'OFFLINE' })
    const job = { video, startPts: 0, endPts: 12_800, firstPts: 0, lastPts: 12_288, target: path.join(folder, 'clip.mp4') }
    await expect(cutExact(tools, job, { onProgress: () => undefined, signal: never })).rejects.toMatchObject({ code: 'OFFLINE' })
  })
})
