import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { AppError } from '../../core/errors.ts'
import { RemoteError } from '../../rpc/client.ts'
import type { Locate } from '../located-media.ts'
import { APP_ORIGIN, appSchemeHandler, PAGE_ADDRESS, privilegedScheme } from './app-scheme.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'scenedex-scheme-'))
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })
const film = path.join(folder, 'film.mp4')
const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 251)
writeFileSync(film, bytes)

const asked: unknown[] = []
const locate: Locate = async (wish) => {
  asked.push(wish)
  if (wish.kind === 'proxy') throw new RemoteError('CHANNEL_CLOSED', 'The engine is gone.', '')
  if (wish.kind === 'video' && wish.video === 1) return { path: film, contentType: 'video/mp4' }
  throw new AppError('NOT_FOUND', { message: 'There is none.' })
}
const page = { contentType: 'text/html; charset=utf-8', bytes: Buffer.from('<!doctype html>'), isNamedByContent: false }
const answer = appSchemeHandler(new Map([['/index.html', page]]), locate)
const get = (address: string, init: RequestInit = {}): Promise<Response> => answer(new Request(address, init))

// As the engine of the browser would hand it over if it did not clean addresses up: a Request of Node would clean them, too.
const raw = (address: string): Promise<Response> => answer(Object.defineProperty(new Request(PAGE_ADDRESS), 'url', { value: `${APP_ORIGIN}${address}` }))

describe('the page', () => {
  it('comes with a policy that allows nothing but itself', async () => {
    const response = await get(PAGE_ADDRESS)
    expect([response.status, await response.text()]).toEqual([200, '<!doctype html>'])
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^default-src 'none'; /)
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('is of a scheme that is as good as https and can be streamed', () => {
    expect(privilegedScheme).toMatchObject({ scheme: 'scenedex', privileges: { standard: true, secure: true, stream: true, supportFetchAPI: true } })
    expect(privilegedScheme.privileges).not.toHaveProperty('bypassCSP')
  })

  it('is read only', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) expect((await get(PAGE_ADDRESS, { method })).status).toBe(405)
  })
})

describe('a film over the scheme of the app', () => {
  const address = `${APP_ORIGIN}/media/video/1`

  it.each([
    ['bytes=0-0', '0-0', 1], ['bytes=990-', '990-999', 10], ['bytes=-5', '995-999', 5], ['bytes=0-', '0-999', 1000], ['bytes=500-5000', '500-999', 500], ['bytes=-5000', '0-999', 1000],
  ])('gives of the range %s exactly these bytes', async (range, span, length) => {
    const response = await get(address, { headers: { range } })
    expect([response.status, response.headers.get('content-range'), response.headers.get('content-length')]).toEqual([206, `bytes ${span}/1000`, String(length)])
    const start = Number(span.split('-')[0])
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes.slice(start, start + length))
  })

  it('answers a range beyond the end with 416 and no bytes', async () => {
    const response = await get(address, { headers: { range: 'bytes=1000-' } })
    expect([response.status, response.headers.get('content-range'), (await response.arrayBuffer()).byteLength]).toEqual([416, 'bytes */1000', 0])
  })

  it('says that it knows ranges, and gives all of it without one', async () => {
    const response = await get(address)
    expect([response.status, response.headers.get('accept-ranges'), response.headers.get('content-type')]).toEqual([200, 'bytes', 'video/mp4'])
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes)
  })

  it('is away for a moment, and not gone, while there is no engine', async () => {
    expect((await get(`${APP_ORIGIN}/media/proxy/1/0`)).status).toBe(503)
  })
})

describe('any other address', () => {
  it.each([
    '', '/', '/media', '/media/', '/media/video', '/media/video/', '/media/video/2', '/media/video/0', '/media/video/01', '/media/video/-1', '/media/video/1.0', '/media/video/1e0', '/media/video/+1',
    '/media/video/1/', '/media/video/1?x', '/media/video/1#x', '/media/video/1%00', '/media/video/%31', '/media/video/1/../2', '/media/video/..%2f..%2fetc%2fpasswd', '/media/video/../../etc/passwd',
    '/media//video/1', '//media/video/1', '/MEDIA/video/1', '/media/Video/1', '/media/video\\1', '/media/./video/1', '/media/../media/video/1', '/media/%2e%2e/media/video/1',
    '/media/file/1', '/media/file///etc/passwd', '/media/video//etc/passwd', '/media/video/film.mp4', '/media/video/１', '/media/video/99999999999999999999',
    '/media/video/1\n', '/../index.html', '/index.html/..', '/%69ndex.html', '/index.html%00', '/INDEX.HTML', '/preload.cjs', '/../desktop.js', '/assets/../../engine.js', '/etc/passwd',
  ])('%j gives 404 and 0 bytes', async (address) => {
    asked.length = 0
    const response = await raw(address)
    expect([response.status, (await response.arrayBuffer()).byteLength]).toEqual([404, 0])
    expect(asked.filter((wish) => !(typeof wish === 'object' && wish !== null && 'video' in wish && wish.video === 2))).toEqual([])
  })

  it.each(['scenedex://evil/index.html', 'scenedex://app.evil/media/video/1', 'scenedex://app:80/media/video/1', 'https://app/index.html', 'file:///etc/passwd'])('%j gives nothing', async (address) => {
    const response = await answer(Object.defineProperty(new Request(PAGE_ADDRESS), 'url', { value: address }))
    expect([response.status, (await response.arrayBuffer()).byteLength]).toEqual([404, 0])
  })
})
