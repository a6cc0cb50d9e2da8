import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VideoId } from '../../electron/contract/ids.ts'
import { offsetSeconds } from '../../electron/core/player/playback.ts'
import { createFfmpeg } from '../../native/ffmpeg/ffmpeg.ts'
import { chromiumProgram } from './programs.ts'

const program = chromiumProgram()
const folder = mkdtempSync(path.join(tmpdir(), 'scenedex-times-'))
const ffmpeg = createFfmpeg()
const never = new AbortController().signal
const run = (...args: string[]): void => { execFileSync('ffmpeg', ['-hide_banner', '-v', 'error', '-y', ...args]) }
const types = { '.mp4': 'video/mp4', '.mkv': 'video/x-matroska', '.webm': 'video/webm' }

const server = createServer((request, response) => {
  const name = path.basename(request.url ?? '')
  const type = Object.entries(types).find(([extension]) => name.endsWith(extension))?.[1]
  response.setHeader('content-type', type ?? 'text/html')
  response.end(type === undefined ? '<body></body>' : readFileSync(path.join(folder, name)))
})

let browser: Browser | undefined
let page: Page
beforeAll(async () => {
  if (program === undefined) return
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
  page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`)
})
afterAll(async () => {
  await browser?.close()
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Seeks and gives the times of the pictures that are then shown. */
async function shownAt(source: { url: string } | { pieces: string[], type: string }, at: number[]): Promise<{ shown: number[], buffered: number[][] }> {
  return page.evaluate(async ([given, seconds]) => {
    document.body.innerHTML = ''
    const video = document.createElement('video')
    video.muted = true
    document.body.append(video)
    const picture = async (): Promise<number> => new Promise((resolve) => { video.requestVideoFrameCallback((_, { mediaTime }) => { resolve(mediaTime) }) })
    if ('url' in given) {
      const first = picture()
      // As a blob: a player can seek in it without a server that knows ranges.
      video.src = URL.createObjectURL(await (await fetch(given.url)).blob())
      await first
    } else {
      const source = new MediaSource()
      video.src = URL.createObjectURL(source)
      await new Promise((resolve) => { source.onsourceopen = resolve })
      const buffer = source.addSourceBuffer(given.type)
      for (const [piece, url] of given.pieces.entries()) {
        const bytes = await (await fetch(url)).arrayBuffer()
        buffer.timestampOffset = piece * 10
        await new Promise((resolve, reject) => { buffer.onupdateend = resolve; buffer.onerror = reject; buffer.appendBuffer(bytes) })
      }
    }
    const shown: number[] = []
    for (const second of seconds) {
      let time = 0
      const late = new Promise((resolve) => { setTimeout(resolve, 10_000) })
      const arrived = new Promise<void>((resolve) => {
        // On a busy machine a picture of before may still come first.
        const look = (_: number, { mediaTime }: { mediaTime: number }): void => {
          time = mediaTime
          if (Math.abs(mediaTime - second) < 0.041) resolve()
          else video.requestVideoFrameCallback(look)
        }
        video.requestVideoFrameCallback(look)
      })
      // How long the file is Chromium learns as it comes in, where it begins late: until then it goes no further than it knows.
      video.ondurationchange = () => { if (video.currentTime < second && !video.seeking) video.currentTime = second }
      video.currentTime = second
      await Promise.race([arrived, late])
      shown.push(time)
    }
    return { shown, buffered: Array.from({ length: video.buffered.length }, (_, range) => [video.buffered.start(range), video.buffered.end(range)]) }
  }, [source, at] as const)
}

describe.skipIf(program === undefined)('a player in Chromium (needs Chromium)', () => {
  it.each([
    ['plain.mp4', []], ['late.mp4', ['-output_ts_offset', '10']], ['late.mkv', ['-output_ts_offset', '7']],
  ] satisfies [string, string[]][])('shows the picture of a second at that second and the offset: %s', async (name, more) => {
    const file = path.join(folder, name)
    run('-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=25:d=4', '-f', 'lavfi', '-i', 'sine=d=4', '-c:v', 'libx264', '-g', '10', '-pix_fmt', 'yuv420p', '-c:a', 'aac', ...more, file)
    const offset = offsetSeconds(await ffmpeg.probe(file, never))
    const seconds = [0.5, 1.98, 3.3]
    const { shown } = await shownAt({ url: `/${name}` }, seconds.map((second) => second + offset))
    for (const [at, second] of seconds.entries()) expect(Math.abs((shown[at] ?? 0) - offset - second)).toBeLessThanOrEqual(0.041)
  })

  it('plays pieces of a proxy as one film: no gap, and each picture within a frame of its time', async () => {
    const file = path.join(folder, 'source.mkv')
    run('-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=30000/1001:d=24', '-f', 'lavfi', '-i', 'sine=d=24', '-c:v', 'mpeg2video', '-c:a', 'ac3', file)
    const media = await ffmpeg.probe(file, never)
    const video = { id: VideoId.parse(1), path: file, media }
    const spans = [[0, 10], [10, 20], [20, 24]] as const
    for (const [piece, [start, end]] of spans.entries()) {
      await ffmpeg.proxy({ video, start, end, box: { longEdge: 1280, shortEdge: 720 }, threads: null, target: path.join(folder, `piece${String(piece)}.mp4`) }, () => undefined, never)
    }
    const seconds = [0.5, 9.9, 10.1, 19.95, 20.2]
    const { shown, buffered } = await shownAt({ pieces: spans.map((_, piece) => `/piece${String(piece)}.mp4`), type: 'video/mp4; codecs="avc1.640028, mp4a.40.2"' }, seconds)
    expect(buffered).toHaveLength(1)
    expect(buffered[0]?.[1]).toBeCloseTo(24, 1)
    for (const [at, second] of seconds.entries()) expect(Math.abs((shown[at] ?? 0) - second)).toBeLessThanOrEqual(1001 / 30_000 + 0.001)
  })
})
