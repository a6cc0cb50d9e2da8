import { createServer } from 'node:http'
import type { IncomingMessage, RequestListener, Server } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { networkFailed } from './network-errors.ts'
import { createNetwork } from './network.ts'

const never = new AbortController().signal
const servers: Server[] = []
const named = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'] as const
const before = Object.fromEntries(named.map((name) => [name, process.env[name]]))

async function serve(listener: RequestListener): Promise<{ server: Server, origin: string, host: string }> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return { server, host, origin: `http://${host}` }
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of body) parts.push(part)
  return Buffer.concat(parts).toString()
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => { server.close(resolve) })
  }
  for (const name of named) {
    const value = before[name]
    if (value === undefined) Reflect.deleteProperty(process.env, name)
    else process.env[name] = value
  }
})

const get = { method: 'GET', headers: {}, signal: never } as const

describe('a request', () => {
  test('says who asks, takes nothing packed, brings no cookies and follows nothing', async () => {
    const asked: IncomingMessage[] = []
    const { origin } = await serve((request, response) => {
      asked.push(request)
      response.writeHead(302, { location: '/elsewhere', 'set-cookie': 'who=you' }).end('moved')
    })
    const network = createNetwork('1.2.3')
    for (let time = 0; time < 2; time++) {
      const answer = await network.request(`${origin}/model`, { ...get, headers: time === 0 ? {} : { range: 'bytes=0-9' } })
      expect(answer).toMatchObject({ status: 302, url: `${origin}/model`, headers: { location: '/elsewhere' } })
      expect(await textOf(answer.body)).toBe('moved')
    }
    expect(asked.map(({ url }) => url)).toEqual(['/model', '/model'])
    expect(asked.map(({ headers }) => headers['user-agent'])).toEqual(['Scenedex/1.2.3', 'Scenedex/1.2.3'])
    expect(asked[1]?.headers.range).toBe('bytes=0-9')
    expect(asked.map(({ headers }) => headers['accept-encoding'])).toEqual(['identity', 'identity'])
    expect(asked[1]?.headers.cookie).toBeUndefined()
  })

  test('gives name and password of an address to that server, and not in the address', async () => {
    const { host } = await serve((request, response) => { response.end(request.headers.authorization) })
    const answer = await createNetwork('1').request(`http://me:p%40ss@${host}/`, get)
    expect(await textOf(answer.body)).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`)
    expect(answer.url).toBe(`http://${host}/`)
  })

  test('ends when it is stopped, also in the middle of the body', async () => {
    const { origin } = await serve((_request, response) => { response.writeHead(200).write('begun') })
    const stop = new AbortController()
    const answer = await createNetwork('1').request(origin, { ...get, signal: stop.signal })
    const reading = textOf(answer.body)
    stop.abort(new Error('enough'))
    await expect(reading).rejects.toThrow('enough')
  })
})

describe('what a person is told when nobody answers', () => {
  const failing = async (url: string) => createNetwork('1').request(url, get).then(async ({ body }) => textOf(body))

  // As Node 24 rejects where no name server answers; no name server is asked in a test.
  test.each(['ENOTFOUND', 'EAI_AGAIN'])('for a name that nobody knows (%s)', (code) => {
    const cause = Object.assign(new Error(`getaddrinfo ${code} hub.example`), { code })
    const error = networkFailed(new TypeError('fetch failed', { cause }), new URL('https://hub.example/model'))
    expect(error).toMatchObject({ code: 'NETWORK_FAILED', message: 'hub.example was not found: there is no network, or no name server that knows it.' })
  })

  test('for a server that takes no connections', async () => {
    const { server, host } = await serve(() => undefined)
    await new Promise((resolve) => { server.close(resolve) })
    await expect(failing(`http://${host}/`)).rejects.toMatchObject({ code: 'NETWORK_FAILED', message: `${host} takes no connections.` })
  })

  test('for a connection that is cut in the middle', async () => {
    const { origin, host } = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('some', () => { response.destroy() })
    })
    await expect(failing(origin)).rejects.toMatchObject({ code: 'NETWORK_FAILED', message: `The connection to ${host} was cut.` })
  })

  test('for a server that can not prove who it is', async () => {
    const { host } = await serve((_request, response) => { response.end() })
    await expect(failing(`https://${host}/`)).rejects.toMatchObject({ code: 'NETWORK_FAILED', message: `${host} could not prove who it is: its certificate was not accepted.` })
  })
})

describe('the proxy of the environment', () => {
  /** A proxy that remembers where it was sent, and lets through or refuses. */
  async function proxy(lets: boolean): Promise<{ origin: string, tunnels: string[] }> {
    const tunnels: string[] = []
    const { server, origin } = await serve((_request, response) => { response.writeHead(500).end() })
    server.on('connect', (request, socket) => {
      tunnels.push(request.url ?? '')
      if (!lets) {
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n')
        return
      }
      const [host, port] = (request.url ?? '').split(':')
      const there = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
        there.pipe(socket).pipe(there)
      })
      for (const end of [there, socket]) end.on('error', () => undefined)
    })
    return { origin, tunnels }
  }

  test('is asked, but not for what NO_PROXY names', async () => {
    const { origin, host } = await serve((_request, response) => { response.end('here') })
    const { origin: proxyOrigin, tunnels } = await proxy(true)
    Object.assign(process.env, { HTTP_PROXY: proxyOrigin, HTTPS_PROXY: proxyOrigin, NO_PROXY: '' })
    expect(await textOf((await createNetwork('1').request(origin, get)).body)).toBe('here')
    expect(tunnels).toEqual([host])
    process.env['NO_PROXY'] = '127.0.0.1'
    expect(await textOf((await createNetwork('1').request(origin, get)).body)).toBe('here')
    expect(tunnels).toEqual([host])
  })

  test('that wants a password is named', async () => {
    const { origin } = await proxy(false)
    Object.assign(process.env, { HTTPS_PROXY: origin, NO_PROXY: '' })
    await expect(createNetwork('1').request('https://hub.test/model', get)).rejects.toMatchObject({
      code: 'NETWORK_FAILED', message: 'The proxy does not let this machine through to hub.test.', hint: expect.stringContaining('HTTPS_PROXY') as string,
    })
  })

  test('that is no address is said', async () => {
    process.env['HTTPS_PROXY'] = 'http://'
    await expect(createNetwork('1').request('https://hub.test/model', get)).rejects.toMatchObject({ code: 'NETWORK_FAILED' })
  })
})
