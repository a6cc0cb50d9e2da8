import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { VideoId } from '../../electron/contract/ids.ts'
import { startServer } from '../app/app-fixture.ts'
import { plainVideo } from '../fixtures/make-media.ts'
import { temporaryFolder } from '../scenedex.ts'
import { strangers, tricks } from './hostile-requests.ts'
import type { RawAnswer, RawRequest } from './raw-http.ts'
import { raw, sendRaw } from './raw-http.ts'
import type { Served } from './web-client.ts'
import { openClient, served } from './web-client.ts'

const { folder, remove } = temporaryFolder('security')
const film = path.join(folder, 'film.mp4')
let server: Awaited<ReturnType<typeof startServer>>
let at: Served
let key = ''
let video: VideoId

beforeAll(async () => {
  plainVideo(film)
  server = await startServer(path.join(folder, 'library'))
  at = served(server.address)
  const client = await openClient(at)
  const report = await client.engine.call('library.import', { paths: [film] })
  video = report.added[0]!.id
  await client.engine.call('jobs.idle', { videos: [], until: 'done' })
  key = (await client.host.call('host.info', {})).mediaQuery
  client.close()
})
afterAll(async () => {
  await server.stop()
  remove()
})

const host = (): string => `Host: 127.0.0.1:${at.port}`
const ask = (request: RawRequest): Promise<RawAnswer> => raw(at.port, { headers: [host()], ...request })

describe('the media route', () => {
  it('sends a video to who has its id and the key', async () => {
    const { status, headers, body } = await ask({ target: `/media/video/${video}${key}` })
    expect(status).toBe(200)
    expect(headers).toMatchObject({ 'content-type': expect.stringContaining('video/mp4') as string, 'x-content-type-options': 'nosniff' })
    expect(body.equals(readFileSync(film))).toBe(true)
  })

  it.each([['bytes=0-0', 0, 1], ['bytes=100-', 100, undefined], ['bytes=-7', -7, undefined], ['bytes=10-19', 10, 20]])('answers %s with exactly these bytes', async (range, start, end) => {
    const { status, headers, body } = await ask({ target: `/media/video/${video}${key}`, headers: [host(), `Range: ${range}`] })
    const expected = readFileSync(film).subarray(start, end)
    expect(status).toBe(206)
    expect(headers['content-length']).toBe(String(expected.length))
    expect(body.equals(expected)).toBe(true)
  })

  it('answers a range beyond the end with 416 and the size, and several ranges with the whole', async () => {
    const { size } = statSync(film)
    expect(await ask({ target: `/media/video/${video}${key}`, headers: [host(), `Range: bytes=${size}-`] })).toMatchObject({ status: 416, headers: { 'content-range': `bytes */${size}` } })
    expect(await ask({ target: `/media/video/${video}${key}`, headers: [host(), 'Range: bytes=0-1,5-6'] })).toMatchObject({ status: 200, headers: { 'content-length': String(size) } })
  })

  it('sends nothing to HEAD but the facts', async () => {
    const { status, headers, body } = await ask({ method: 'HEAD', target: `/media/video/${video}${key}` })
    expect([status, headers['content-length'], body.length]).toEqual([200, String(statSync(film).size), 0])
  })

  it('gives no byte of any file to 60 ways of asking for what is no id', async () => {
    const all = tricks(video)
    expect(all.length).toBeGreaterThan(40)
    for (const trick of all) {
      const target = trick.includes('?') ? trick : `${trick}${key}`
      const { status, body } = await ask({ target })
      expect([trick, status >= 400 && status < 500, body.length]).toEqual([trick, true, 0])
    }
  })

  it.each([
    ['without the key', () => ''],
    ['with an empty key', () => '?key='],
    ['with a wrong key', () => `?key=${'0'.repeat(64)}`],
    ['with a key that is short', () => key.slice(0, -1)],
    ['with a key that is long', () => `${key}0`],
    ['with a wrong key before the right one', () => `?key=x&${key.slice(1)}`],
    ['with the token in place of the key', () => `?key=${at.token}`],
    ['with the key in capitals', () => `?key=${key.slice(5).toUpperCase()}`],
  ])('sends nothing %s', async (_, query) => {
    expect(await ask({ target: `/media/video/${video}${query()}` })).toMatchObject({ status: 403, body: Buffer.alloc(0) })
  })

  it('sends nothing to another site, also with the key', async () => {
    for (const site of ['cross-site', 'same-site']) {
      expect(await ask({ target: `/media/video/${video}${key}`, headers: [host(), `Sec-Fetch-Site: ${site}`] })).toMatchObject({ status: 403, body: Buffer.alloc(0) })
    }
    expect(await ask({ target: `/media/video/${video}${key}`, headers: [host(), 'Sec-Fetch-Site: same-origin'] })).toMatchObject({ status: 200 })
  })
})

describe('the host that a request names', () => {
  it('is this one and no other, on every route', async () => {
    for (const name of strangers(at.port)) {
      for (const target of ['/', `/media/video/${video}${key}`, '/imports', '/channel']) {
        const { status, body } = await ask({ target, headers: [`Host: ${name}`] })
        expect([name, target, status >= 400, body.length]).toEqual([name, target, true, 0])
      }
    }
  })

  it('is named once', async () => {
    expect((await ask({ headers: [] })).status).toBe(400)
    expect((await ask({ headers: [host(), 'Host: evil.example'] })).status).toBeGreaterThanOrEqual(400)
    expect((await ask({ headers: ['Host: evil.example', host()] })).status).toBeGreaterThanOrEqual(400)
  })

  it('may be called localhost', async () => {
    expect((await ask({ headers: [`Host: localhost:${at.port}`] })).status).toBe(200)
  })
})

function upgrade(headers: Record<string, string>, target = '/channel'): Promise<RawAnswer> {
  const usual = { Host: `127.0.0.1:${at.port}`, Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==' }
  const all = Object.entries({ ...usual, ...headers }).map(([name, value]) => `${name}: ${value}`)
  return sendRaw(at.port, `GET ${target} HTTP/1.1\r\n${all.join('\r\n')}\r\nConnection: Upgrade\r\n\r\n`).then((answer) => {
    const [head = ''] = answer.toString('latin1').split('\r\n\r\n')
    return { status: Number(head.split(' ')[1]), headers: {}, body: Buffer.alloc(0) }
  })
}

describe('the WebSocket', () => {
  const protocol = (): Record<string, string> => ({ 'Sec-WebSocket-Protocol': `scenedex, ${at.token}` })
  const own = (): Record<string, string> => ({ Origin: `http://127.0.0.1:${at.port}` })

  it('opens for the page of this server with the token, whatever the address is called', async () => {
    for (const name of ['127.0.0.1', 'localhost']) {
      const socket = new WebSocket(`ws://${name}:${at.port}/channel`, ['scenedex', at.token], { origin: `http://${name}:${at.port}` })
      await new Promise((resolve, reject) => { socket.once('open', resolve); socket.once('error', reject) })
      expect(socket.protocol).toBe('scenedex') // and not the token, which would come back in a header
      socket.terminate()
    }
  })

  it('does not open without an origin, or for another', async () => {
    expect((await upgrade(protocol())).status).toBe(403)
    const origins = [
      'null', '', `https://127.0.0.1:${at.port}`, `http://127.0.0.1:${at.port}/`, 'http://127.0.0.1', 'file://', `http://localhost:${at.port}`, 'chrome-extension://abc', `ws://127.0.0.1:${at.port}`,
      ...strangers(at.port).filter((name) => name !== '').map((name) => `http://${name}`),
    ]
    for (const Origin of origins) expect([Origin, (await upgrade({ ...protocol(), Origin })).status]).toEqual([Origin, 403])
  })

  it('does not open under another host', async () => {
    for (const Host of strangers(at.port)) expect([Host, (await upgrade({ ...protocol(), ...own(), Host })).status >= 400]).toEqual([Host, true])
  })

  it('does not open with a token that is missing, wrong, short, long or elsewhere', async () => {
    const { token } = at
    const protocols = [
      'scenedex', 'scenedex,', `scenedex, ${'0'.repeat(64)}`, `scenedex, ${token.slice(0, 63)}`, `scenedex, ${token}0`, `scenedex, ${token.toUpperCase()}`, `${token}, scenedex`, token, `other, ${token}`,
      `scenedex, x, ${token}`, `scenedex, ${token.slice(1)}0`, `scenedex, ${key.slice('?key='.length)}`,
    ]
    for (const value of protocols) expect([value, (await upgrade({ ...own(), 'Sec-WebSocket-Protocol': value })).status]).toEqual([value, 401])
    expect((await upgrade(own())).status).toBe(401)
    expect((await upgrade({ ...own(), Authorization: `Bearer ${token}` })).status).toBe(401)
    expect((await upgrade(own(), `/channel?token=${token}`)).status).toBe(404)
  })

  it('is at one address only', async () => {
    for (const target of ['/', '/Channel', '/channel/', '/channel?x', '//channel']) expect([target, (await upgrade({ ...protocol(), ...own() }, target)).status]).toEqual([target, 404])
  })
})

describe('requests that change something', () => {
  const post = (headers: string[], method = 'POST'): Promise<RawAnswer> => ask({ method, target: '/imports', headers: [host(), 'Content-Length: 0', ...headers] })

  it('need the origin of the page and the token', async () => {
    const origin = `Origin: http://127.0.0.1:${at.port}`
    const bearer = `Authorization: Bearer ${at.token}`
    expect((await post([bearer])).status).toBe(403)
    for (const wrong of ['null', 'http://evil.example', `http://localhost:${at.port}`]) expect((await post([bearer, `Origin: ${wrong}`])).status).toBe(403)
    expect((await post([origin])).status).toBe(401)
    for (const wrong of [`Bearer ${'0'.repeat(64)}`, `Bearer ${at.token}0`, `Bearer ${at.token.slice(1)}`, `Basic ${at.token}`, at.token, 'Bearer', `Bearer ${key.slice(5)}`]) {
      expect([wrong, (await post([origin, `Authorization: ${wrong}`])).status]).toEqual([wrong, 401])
    }
    expect((await post([origin, bearer])).status).toBe(400) // no file was named
  })

  it('are no others than these', async () => {
    const own = [`Origin: http://127.0.0.1:${at.port}`, `Authorization: Bearer ${at.token}`]
    for (const method of ['DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND']) {
      for (const target of ['/', '/imports', `/media/video/${video}${key}`]) expect([method, target, (await ask({ method, target, headers: [host(), 'Content-Length: 0', ...own] })).status]).toEqual([method, target, 405])
    }
    for (const method of ['POST', 'PUT']) {
      for (const target of ['/', `/media/video/${video}${key}`]) expect([method, target, (await ask({ method, target, headers: [host(), 'Content-Length: 0', ...own] })).status]).toEqual([method, target, 405])
    }
  })

  it('are never allowed to other sites', async () => {
    for (const method of ['OPTIONS', 'GET']) {
      const { headers } = await ask({ method, headers: [host(), 'Origin: http://evil.example', 'Access-Control-Request-Method: POST'] })
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })
})

describe('the page', () => {
  it('is allowed nothing from elsewhere', async () => {
    const { headers } = await ask({})
    const policy = headers['content-security-policy'] ?? ''
    expect(policy.split('; ')).toEqual(expect.arrayContaining(["default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'none'", "base-uri 'none'", "frame-ancestors 'none'"]))
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    expect(headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin', 'x-content-type-options': 'nosniff' })
  })

  it('holds no secret', async () => {
    const { body } = await ask({})
    expect(body.toString('utf8')).not.toContain(at.token)
    expect(body.toString('utf8')).not.toContain(key.slice(5))
  })
})

describe('the server', () => {
  const reaches = (address: string): Promise<boolean> => new Promise((resolve) => {
    const socket = connect({ port: at.port, host: address, timeout: 5000 }, () => { socket.destroy(); resolve(true) })
    socket.on('error', () => { resolve(false) })
    socket.on('timeout', () => { socket.destroy(); resolve(false) })
  })

  it('listens on 127.0.0.1 and on no other address of this machine', async () => {
    const others = Object.values(networkInterfaces()).flatMap((each) => each ?? []).map(({ address }) => address).filter((address) => address !== '127.0.0.1')
    expect(await reaches('127.0.0.1')).toBe(true)
    for (const address of ['127.0.0.2', '::1', ...others]) expect([address, await reaches(address)]).toEqual([address, false])
  })

  it('lets go of who sends a request letter by letter', async () => {
    const begun = Date.now()
    const drip = await new Promise<number>((resolve) => {
      const socket = connect(at.port, '127.0.0.1')
      socket.write(`GET / HTTP/1.1\r\n${host()}\r\n`)
      const timer = setInterval(() => { socket.write('X-A: b\r\n') }, 500)
      socket.on('error', () => undefined)
      socket.resume()
      socket.on('close', () => { clearInterval(timer); resolve(Date.now() - begun) })
    })
    // After 5 seconds; what Node itself does by default takes a minute or more.
    expect(drip).toBeLessThan(40_000)
  })

  it.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['headers without an end', `GET / HTTP/1.1\r\nX: ${'a'.repeat(100_000)}`],
    ['two lengths', 'POST /imports HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a header with a line break', 'GET / HTTP/1.1\r\nHost: x\r\nX: a\n b\r\n\r\n'],
  ])('does not take %s, and goes on', async (_, text) => {
    const answer = (await sendRaw(at.port, text)).toString('latin1')
    // Who sends much too much is only hung up on.
    expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d |$)/)
    expect((await ask({})).status).toBe(200)
  })

  it.runIf(process.platform === 'linux')('does not show its token to other people of the machine in its command line', () => {
    const processes = execFileSync('ps', ['-A', '-ww', '-o', 'args'], { encoding: 'utf8' })
    expect(processes).not.toContain(at.token)
  })
})

describe('secrets', () => {
  it('are compared in constant time, in one place', () => {
    const source = (name: string): string => readFileSync(path.join(import.meta.dirname, '..', '..', 'electron', 'hosts', 'web', name), 'utf8')
    expect(source('request-gate.ts')).toContain('timingSafeEqual(digest(given ?? \'\'), expected)')
    for (const name of ['web-server.ts', 'session-sockets.ts', 'imports-route.ts']) expect(source(name)).not.toMatch(/\.text\s*[!=]==|[!=]==\s*\w+\.text|(token|key)\s*[!=]==/i)
  })
})
