import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { MediaResponse } from './media-response.ts'
import { mediaResponse } from './media-response.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'scenedex-media-'))
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

const SIZE = 1000
const bytes = Buffer.from(Array.from({ length: SIZE }, (_, index) => index % 251))
const file = path.join(folder, 'film.mp4')
writeFileSync(file, bytes)

function ask(headers: Record<string, string> = {}, { method = 'GET', target = file } = {}): Promise<MediaResponse> {
  return mediaResponse({ path: target, contentType: 'video/mp4' }, { method, header: (name) => headers[name] ?? null })
}

async function bodyOf({ body }: MediaResponse): Promise<Buffer> {
  return body === null ? Buffer.alloc(0) : Buffer.from(await new Response(body).arrayBuffer())
}

/** How often this process has the file open. */
function timesOpen(target: string): number {
  return readdirSync('/proc/self/fd').filter((fd) => existsSync(`/proc/self/fd/${fd}`) && readlinkSync(`/proc/self/fd/${fd}`) === target).length
}

describe('a range', () => {
  it.each([
    ['bytes=0-0', 0, 0], ['bytes=0-', 0, 999], ['bytes=999-', 999, 999], ['bytes=999-999', 999, 999], ['bytes=10-19', 10, 19],
    ['bytes=500-5000', 500, 999], ['bytes=-1', 999, 999], ['bytes=-1000', 0, 999], ['bytes=-5000', 0, 999], ['bytes=0-999', 0, 999],
    ['bytes=5-99999999999999999999', 5, 999],
  ])('%s is answered with exactly these bytes', async (range, start, end) => {
    const response = await ask({ range })
    expect(response.status).toBe(206)
    expect(response.headers).toMatchObject({ 'content-range': `bytes ${start}-${end}/1000`, 'content-length': String(end - start + 1), 'accept-ranges': 'bytes' })
    expect(await bodyOf(response)).toEqual(bytes.subarray(start, end + 1))
  })

  it.each(['bytes=1000-', 'bytes=1000-1001', 'bytes=99999-', 'bytes=-0', 'bytes=20-10', 'bytes=99999999999999999999-'])('%s is beyond the end: 416 with the size', async (range) => {
    const response = await ask({ range })
    expect(response).toMatchObject({ status: 416, body: null, headers: { 'content-range': 'bytes */1000', 'content-length': '0' } })
  })

  it.each(['bytes=0-0,5-9', 'bytes=0-1, 2-3', 'bytes=a-b', 'bytes=-', 'bytes=', 'bytes=1', 'items=0-5', 'bytes 0-5', 'bytes=0x10-0x20', 'bytes=1.5-3', 'bytes=-+5', 'BYTES=0-5'])('%s is answered with the whole', async (range) => {
    const response = await ask({ range })
    expect(response.status).toBe(200)
    expect(response.headers['content-length']).toBe('1000')
    expect(await bodyOf(response)).toEqual(bytes)
  })

  it('is answered only while the file is the one of If-Range', async () => {
    const { headers, body } = await ask()
    await body?.cancel()
    expect(await ask({ range: 'bytes=0-0', 'if-range': headers['etag'] ?? '' }).then(finished)).toBe(206)
    expect(await ask({ range: 'bytes=0-0', 'if-range': headers['last-modified'] ?? '' }).then(finished)).toBe(206)
    expect(await ask({ range: 'bytes=0-0', 'if-range': '"another"' }).then(finished)).toBe(200)
  })

  it('of an empty file is beyond its end, and the file itself is nothing', async () => {
    const target = path.join(folder, 'empty.mp4')
    writeFileSync(target, '')
    expect(await ask({ range: 'bytes=0-' }, { target })).toMatchObject({ status: 416 })
    expect(await ask({ range: 'bytes=-1' }, { target })).toMatchObject({ status: 416 })
    expect(await ask({}, { target })).toMatchObject({ status: 200, body: null, headers: { 'content-length': '0' } })
  })
})

async function finished(response: MediaResponse): Promise<number> {
  await response.body?.cancel()
  return response.status
}

describe('a file', () => {
  it('is not sent again to who has it', async () => {
    const { headers, body } = await ask()
    await body?.cancel()
    expect(await ask({ 'if-none-match': headers['etag'] ?? '' })).toMatchObject({ status: 304, body: null })
  })

  it('has another identity once it changed', async () => {
    const target = path.join(folder, 'changing.mp4')
    writeFileSync(target, 'one')
    const before = await ask({}, { method: 'HEAD', target })
    appendFileSync(target, 'two')
    const after = await ask({}, { method: 'HEAD', target })
    expect(after.headers['etag']).not.toBe(before.headers['etag'])
  })

  it('is only described to HEAD', async () => {
    expect(await ask({}, { method: 'HEAD' })).toMatchObject({ status: 200, body: null, headers: { 'content-length': '1000', 'content-type': 'video/mp4' } })
    expect(await ask({ range: 'bytes=0-9' }, { method: 'HEAD' })).toMatchObject({ status: 206, body: null, headers: { 'content-length': '10' } })
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', ''])('is not given to %j', async (method) => {
    expect(await ask({}, { method })).toMatchObject({ status: 405, body: null })
  })

  it('that is gone, a folder or a pipe is not found, and does not hang', async () => {
    mkdirSync(path.join(folder, 'folder.mp4'))
    execFileSync('mkfifo', [path.join(folder, 'pipe.mp4')])
    for (const name of ['none.mp4', 'folder.mp4', 'pipe.mp4']) expect(await ask({}, { target: path.join(folder, name) })).toMatchObject({ status: 404, body: null })
  })

  it('that becomes shorter while it is read ends in an error, not in a short answer', async () => {
    const target = path.join(folder, 'shrinking.mp4')
    writeFileSync(target, Buffer.alloc(3_000_000))
    const response = await ask({}, { target })
    truncateSync(target, 1000)
    await expect(bodyOf(response)).rejects.toThrow('shorter')
  })

  it.runIf(process.platform === 'linux')('is closed after its end, after a cancel in the middle, and when nothing of it is sent', async () => {
    const target = path.join(folder, 'closing.mp4')
    writeFileSync(target, Buffer.alloc(3_000_000))
    await bodyOf(await ask({}, { target }))
    expect(timesOpen(target)).toBe(0)
    const reader = (await ask({}, { target })).body?.getReader()
    expect((await reader?.read())?.value?.byteLength).toBe(256 * 1024)
    expect(timesOpen(target)).toBe(1)
    await reader?.cancel()
    expect(timesOpen(target)).toBe(0)
    await ask({ range: 'bytes=9999999-' }, { target })
    await ask({}, { target, method: 'HEAD' })
    expect(timesOpen(target)).toBe(0)
  })
})
