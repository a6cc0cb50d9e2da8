import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mediaFolder, plainVideo } from '../../e2e/fixtures/make-media.ts'
import { playlists } from '../../e2e/fixtures/odd-videos.ts'
import { startProcess } from './process.ts'
import { askProbe } from './probe/ask.ts'
import { locateTools } from './locate.ts'
import { probeFile } from './probe.ts'

const { folder, remove } = mediaFolder('isolation')
const tools = locateTools()
const never = new AbortController().signal
const kinds = ['an m3u8', 'an m3u8 with a BOM', 'an ffconcat', 'a concat list without its head', 'an MPD', 'an SDP']

let connections = 0
let address = ''
const server = createServer((_request, response) => { response.end('no') }).on('connection', () => { connections++ })

beforeAll(async () => {
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/piece.ts`
})
afterAll(() => {
  server.close()
  remove()
})

describe('row 8: a playlist named .mp4', () => {
  it.each(kinds)('%s is refused, and nobody is called', async (what) => {
    const found = playlists(folder, address).find((one) => one.what === what)
    await expect(probeFile(tools, found?.path ?? '', never)).rejects.toMatchObject({ code: 'PLAYLIST' })
    expect(connections).toBe(0)
  })

  // Also without the look at the first bytes that comes before: should a playlist get past it, ffprobe must not follow it.
  it.each(kinds)('%s leads ffprobe nowhere', async (what) => {
    const found = playlists(folder, address).find((one) => one.what === what)
    const { file } = await askProbe(tools, found?.path ?? '', never)
    expect(file.format).toBeUndefined()
    expect(connections).toBe(0)
  })

  it('is noticed by this test when it is followed', async () => {
    const list = path.join(folder, 'followed.m3u8')
    writeFileSync(list, `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n${address}\n#EXT-X-ENDLIST\n`)
    const running = startProcess({ program: tools.ffprobe, args: ['-v', 'quiet', '-protocol_whitelist', 'file,http,tcp', '-i', list], signal: never, wallMs: 10_000 })
    running.stdout.resume()
    await running.finished
    expect(connections).toBeGreaterThan(0)
    connections = 0
  })
})

const strace = ['/usr/bin/strace', '/bin/strace'].find((file) => existsSync(file))

/** The files below the folder that a program tried to open, by the kernel's own account. */
async function opened(program: string, args: string[], log: string): Promise<string[]> {
  if (strace === undefined) throw new Error('no strace')
  await promisify(execFile)(strace, ['-f', '-qq', '-e', 'trace=open,openat,connect', '-o', log, program, ...args]).catch((error: unknown) => {
    // ffprobe ends with an error, as it should
    if (!(error instanceof Error && 'code' in error && error.code === 1)) throw error
  })
  return [...readFileSync(log, 'utf8').matchAll(/open(?:at)?\([^"]*"([^"]+)"/g)].map((match) => match[1] ?? '').filter((file) => file.includes(folder))
}

describe.skipIf(strace === undefined)('row 8: a playlist of a file that is there (needs strace)', () => {
  it.each(kinds)('%s is all that is opened', async (what) => {
    const target = path.join(folder, 'target.mp4')
    if (!existsSync(target)) plainVideo(target)
    const found = playlists(folder, target).find((one) => one.what === what)?.path ?? ''
    const probe = path.join(import.meta.dirname, 'probe.ts')
    const code = `import { probeFile } from ${JSON.stringify(probe)}
      import { askProbe } from ${JSON.stringify(path.join(import.meta.dirname, 'probe', 'ask.ts'))}
      await askProbe(${JSON.stringify(tools)}, ${JSON.stringify(found)}, new AbortController().signal)
      const error = await probeFile(${JSON.stringify(tools)}, ${JSON.stringify(found)}, new AbortController().signal).catch((thrown) => thrown)
      process.exitCode = error.code === 'PLAYLIST' ? 0 : 2`
    const files = await opened(process.execPath, ['--no-warnings', '--input-type=module-typescript', '-e', code], path.join(folder, 'strace.txt'))
    expect([...new Set(files)]).toEqual([found])
    expect(readdirSync(folder)).toContain('target.mp4')
  })
})
