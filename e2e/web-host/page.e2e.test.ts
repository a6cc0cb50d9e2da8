import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { build } from 'vite'
import { chromiumFlags, startServer } from '../app/app-fixture.ts'
import { chromiumProgram } from '../app/programs.ts'
import { LATER } from '../app/steps.ts'
import { plainVideo } from '../fixtures/make-media.ts'
import { temporaryFolder } from '../scenedex.ts'
import { openClient, served } from './web-client.ts'

const program = chromiumProgram()
const { folder, remove } = temporaryFolder('page')
const library = path.join(folder, 'library')
const film = path.join(folder, 'film.mp4')

/** The page's own code for sending files, to be called by hand. */
async function uploadCode(): Promise<string> {
  const built = await build({
    configFile: false, logLevel: 'error', root: path.resolve(import.meta.dirname, '..', '..'),
    build: { write: false, minify: false, lib: { entry: 'renderer/upload.ts', name: 'sending', formats: ['iife'] } },
  })
  const [output] = [built].flat()
  if (output === undefined || !('output' in output)) throw new Error('nothing was built')
  return `${output.output[0].code}\nwindow.sending = sending`
}

interface Outcome { paths: string[], refused: { name: string, error: { code: string } }[] }
interface Sent extends Outcome { steps: number }
interface Sending { uploadFiles(files: readonly { file: File, folder: string }[], options: { onProgress(): void, signal: AbortSignal }): Promise<Outcome> }

/** Sends a file of these bytes from the page; stops after so many reports of progress. */
function send(page: Page, { name, base64, stopAfter = null }: { name: string, base64: string, stopAfter?: number | null }): Promise<Sent | 'stopped'> {
  return page.evaluate(async (given) => {
    const bytes = Uint8Array.from(atob(given.base64), (letter) => letter.charCodeAt(0))
    const file = new File([bytes], given.name, { lastModified: 5 })
    const stop = new AbortController()
    let steps = 0
    const onProgress = (): void => { steps += 1; if (steps === given.stopAfter) stop.abort() }
    const { uploadFiles } = Reflect.get(window, 'sending') as Sending
    return await uploadFiles([{ file, folder: '' }], { onProgress, signal: stop.signal }).then((outcome) => ({ ...outcome, steps }), (error: unknown) => { if (stop.signal.aborted) return 'stopped' as const; throw error })
  }, { name, base64, stopAfter })
}

describe.skipIf(program === undefined)(`the page in a real browser${program === undefined ? ' (skipped: no Chromium here)' : ''}`, () => {
  let server: Awaited<ReturnType<typeof startServer>>
  let browser: Browser
  let page: Page
  let mediaQuery = ''
  const complaints: string[] = []
  /** What went over each WebSocket of the page, first words only. */
  const sockets: { sent: string[], received: string[] }[] = []

  beforeAll(async () => {
    plainVideo(film, ['-g', '10'])
    mkdirSync(library, { recursive: true })
    server = await startServer(library)
    const client = await openClient(served(server.address))
    await client.engine.call('library.import', { paths: [film] })
    await client.engine.call('jobs.idle', { videos: [], until: 'done' })
    mediaQuery = (await client.host.call('host.info', {})).mediaQuery
    client.close()
    browser = await chromium.launch({ executablePath: program ?? '', args: chromiumFlags })
    page = await browser.newPage()
    page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text()) })
    page.on('pageerror', (error) => { complaints.push(String(error)) })
    page.on('websocket', (socket) => {
      const words = { sent: [] as string[], received: [] as string[] }
      sockets.push(words)
      socket.on('framesent', ({ payload }) => { words.sent.push(String(payload)) })
      socket.on('framereceived', ({ payload }) => { words.received.push(String(payload)) })
    })
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => { console.warn(`violates ${violatedDirective}: ${blockedURI}`) })
    })
    await page.goto(server.address)
    await page.getByRole('navigation').first().waitFor()
  })
  afterAll(async () => {
    await browser.close()
    await server.stop()
    remove()
  })

  it('loads and connects without a complaint, and takes the token out of its address', async () => {
    await expect.poll(() => sockets[0]?.received.length ?? 0).toBeGreaterThan(1)
    expect(page.url()).not.toContain(served(server.address).token)
    await page.reload()
    await expect.poll(() => sockets[1]?.received.length ?? 0).toBeGreaterThan(1)
    expect(complaints).toEqual([])
  })

  it('plays a video by its id and goes to any second of it', async () => {
    const shown = await page.evaluate(async (source) => {
      const video = document.createElement('video')
      video.muted = true
      video.src = source
      document.body.append(video)
      const once = (event: string): Promise<unknown> => new Promise((resolve, reject) => {
        video.addEventListener(event, resolve, { once: true })
        video.addEventListener('error', () => { reject(new Error(video.error?.message)) }, { once: true })
      })
      await once('loadeddata')
      video.currentTime = 1.5
      await once('seeked')
      const at = video.currentTime
      await video.play()
      await once('ended')
      const { totalVideoFrames } = video.getVideoPlaybackQuality()
      video.remove()
      return { at, duration: video.duration, width: video.videoWidth, frames: totalVideoFrames }
    }, `/media/video/1${mediaQuery}`)
    expect(shown).toMatchObject({ at: 1.5, width: 192 })
    expect(shown.duration).toBeCloseTo(2, 0)
    expect(shown.frames).toBeGreaterThan(5)
    expect(complaints).toEqual([])
  })

  it('may not run what the page does not bring itself', async () => {
    const ran = await page.evaluate(async () => {
      const script = document.createElement('script')
      script.textContent = 'window.ran = true'
      document.body.append(script)
      const blocked = await fetch('http://127.0.0.1:1/').then(() => false, () => true)
      return { ran: 'ran' in window, blocked }
    })
    expect(ran).toEqual({ ran: false, blocked: true })
    expect(complaints.splice(0).every((text) => text.includes('Content Security Policy') || text.includes('ERR_') || text.includes('violates'))).toBe(true)
  })

  it('sends a file in checked pieces, goes on where it was left, and the file is the same', async () => {
    // As a script of the page's own origin: it runs under the same policy as the page.
    const code = await uploadCode()
    await page.route('**/sending.js', (route) => route.fulfill({ contentType: 'text/javascript', body: code }))
    await page.addScriptTag({ url: '/sending.js' })
    const bytes = randomBytes(10_000_000)
    const given = { name: 'Sent over.mp4', base64: bytes.toString('base64') }
    // Begin and one chunk of 4 MB.
    expect(await send(page, { ...given, stopAfter: 2 })).toBe('stopped')
    const parts = readdirSync(path.join(library, 'imports'))
    expect(parts).toEqual([expect.stringMatching(/^\.upload-[0-9a-f]{32}\.part$/)])
    const sent = await send(page, given)
    // Begin, and the two chunks that were missing.
    expect(sent).toEqual({ paths: [path.join(library, 'imports', 'Sent over.mp4')], refused: [], steps: 3 })
    const there = readFileSync(path.join(library, 'imports', 'Sent over.mp4'))
    expect(createHash('sha256').update(there).digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'))
    expect(readdirSync(path.join(library, 'imports'))).toEqual(['Sent over.mp4'])
  })

  it('says which file is refused, and why', async () => {
    expect(await send(page, { name: 'nothing.mp4', base64: '' })).toMatchObject({ paths: [], refused: [{ name: 'nothing.mp4', error: { code: 'EMPTY' } }] })
    complaints.splice(0) // the browser tells of the 422 itself
  })

  it.runIf(process.platform !== 'win32')('notices a server that does not answer, and goes on with the same session when it does again', async () => {
    const before = sockets.length
    const welcome = JSON.parse(sockets[before - 1]?.received[0] ?? '{}') as { welcome: string }
    process.kill(server.pid, 'SIGSTOP')
    // That nobody answers is noticed, and somebody else is asked for.
    await expect.poll(() => sockets.length, LATER).toBeGreaterThan(before)
    process.kill(server.pid, 'SIGCONT')
    await expect.poll(() => sockets.slice(before).flatMap(({ received }) => received)[0] ?? '').toContain('welcome')
    const again = sockets.slice(before).flatMap(({ received }) => received)[0] ?? '{}'
    expect(JSON.parse(again)).toMatchObject({ welcome: welcome.welcome })
    complaints.splice(0)
  })
})
