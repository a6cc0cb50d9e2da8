import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { VideoId } from '../../electron/contract/ids.ts'
import { unchanged } from '../../electron/core/export/test-library.ts'
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
async function unreadable(name: string, ending?: string, metadata = ''): Promise<{ tools: typeof media.tools, video: VideoFacts }> {
  const file = media.make(name, '-f lavfi -i testsrc=r=25:s=64x36:d=2 -c:v libx264 -preset ultrafast -pix_fmt yuv420p', ['-metadata', `title=${metadata}`])
  const facts = await probeFile(media.tools, file, never)
  const ffmpeg = path.join(folder, `${name}.sh`)
  writeFileSync(ffmpeg, `#!/bin/sh\n"${media.tools.ffmpeg}" "$@"\ncode=$?\n${ending ?? `echo "[error] file:${file}: Input/output error" >&2; exit $code`}\n`)
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
    const job = { ...unchanged, video, startPts: 0, endPts: 12_800, firstPts: 0, lastPts: 12_288, target: path.join(folder, 'clip.mp4') }
    await expect(cutExact(tools, job, { onProgress: () => undefined, signal: never })).rejects.toMatchObject({ code: 'OFFLINE' })
  })
})

const scanOf = (video: VideoFacts, fromPts: number | null = null) => ({
  video, fromPts, keyFramesOnly: false, smallFrame: { width: 48, height: 27 }, candidate: { perSecond: 2, longEdge: 64 }, withSound: false,
})

describe.skipIf(process.platform === 'win32')('a run of ffmpeg that fails (needs a shell)', () => {
  it('has not ended well because a title says so', async () => {
    const { tools, video } = await unreadable('title.mp4', 'exit 1', 'Output file is empty; concealing 5 DC')
    await expect(Array.fromAsync(scanVideo(tools, scanOf(video), never))).rejects.toMatchObject({ code: 'DECODE_FAILED' })
    expect((await Array.fromAsync(scanVideo(media.tools, scanOf(video), never))).flat().at(-1)).toEqual({ kind: 'end', decodeErrors: 0, firstError: null })
  })

  it.each([
    ['it was killed', 'echo "[warning] Output file is empty, nothing was encoded" >&2; exit 137'],
    ['it got no memory', 'echo "[error] Cannot determine format of input stream 0:0 after EOF" >&2; echo "[error] Error marking filters as finished: Cannot allocate memory" >&2; exit 1'],
  ])('is no end of the video when %s', async (_, ending) => {
    const { tools, video } = await unreadable('fails.mp4', ending)
    await expect(Array.fromAsync(scanVideo(tools, scanOf(video), never))).rejects.toMatchObject({ code: 'DECODE_FAILED' })
  })

  it('is no end of a video that is resumed, when it gave no picture', async () => {
    const { tools, video } = await unreadable('resumed.mp4')
    writeFileSync(tools.ffmpeg, '#!/bin/sh\necho "[error] Error marking filters as finished" >&2\nexit 1\n')
    await expect(Array.fromAsync(scanVideo(tools, scanOf(video, 12_800), never))).rejects.toMatchObject({ code: 'DECODE_FAILED' })
  })

  it('opens no list of other files that took the place of a video', async () => {
    const { video } = await unreadable('swapped.mp4')
    const other = media.make('other.mp4', '-f lavfi -i testsrc=r=25:s=64x36:d=2 -c:v libx264')
    writeFileSync(video.path, `ffconcat version 1.0\nfile '${path.basename(other)}'\n`)
    const scanned = await Array.fromAsync(scanVideo(media.tools, scanOf(video), never)).then((batches) => batches.flat(), () => [])
    expect(scanned.filter(({ kind }) => kind === 'frame')).toEqual([])
    await expect(decodeAll(media.tools, { video, span: null, picturesAt: [], withSound: false }, never).then(({ pts }) => pts, () => [])).resolves.toEqual([])
  })
})
