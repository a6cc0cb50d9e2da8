import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Network } from '../../ports.ts'
import { createNetwork } from '../../../hosts/network.ts'
import type { ModelFile, ModelSpec } from '../model-spec.ts'

/** How the server answers one request in the place of what is right. */
export type Trick = (request: IncomingMessage, response: ServerResponse, file: Buffer | undefined) => boolean

/** A server on this machine that has files, and can be told to stall, cut, lie and send elsewhere. */
export interface TestHub {
  readonly origin: string
  readonly host: string
  files: Map<string, Buffer>
  /** Asked first for every request; answers itself when it gives true. */
  trick: Trick | null
  requests: { method: string, url: string, range: string | undefined }[]
  /** Bytes of bodies that were handed to the system. */
  sentBytes: number
  close(): Promise<void>
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export const etagOf = (bytes: Uint8Array): string => `"${sha256(bytes).slice(0, 20)}"`

/** What a good server answers: ranges, If-Range, HEAD, 404. */
export function answerRightly(request: IncomingMessage, response: ServerResponse, file: Buffer | undefined): void {
  if (file === undefined) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('not here')
    return
  }
  const etag = etagOf(file)
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
  const isSame = request.headers['if-range'] === undefined || request.headers['if-range'] === etag
  const common = { etag, 'content-type': 'application/octet-stream' }
  if (range === null || !isSame) {
    response.writeHead(200, { ...common, 'content-length': file.length })
    response.end(request.method === 'HEAD' ? undefined : file)
    return
  }
  const [from, to] = [Number(range[1]), Math.min(Number(range[2]) + 1, file.length)]
  if (from >= file.length) {
    response.writeHead(416, { 'content-range': `bytes */${file.length}` }).end()
    return
  }
  response.writeHead(206, { ...common, 'content-range': `bytes ${from}-${to - 1}/${file.length}`, 'content-length': to - from })
  response.end(file.subarray(from, to))
}

export async function testHub(files: Record<string, Buffer> = {}): Promise<TestHub> {
  const server = createServer((request, response) => {
    const url = request.url ?? ''
    hub.requests.push({ method: request.method ?? '', url, range: request.headers.range })
    const write = response.write.bind(response)
    const end = response.end.bind(response)
    response.write = ((chunk: Buffer | string, ...rest: []) => { hub.sentBytes += chunk.length; return write(chunk, ...rest) }) as typeof response.write
    response.end = ((chunk?: Buffer | string, ...rest: []) => { hub.sentBytes += chunk?.length ?? 0; return end(chunk, ...rest) }) as typeof response.end
    const file = hub.files.get(decodeURIComponent(url.split('?')[0] ?? ''))
    if (hub.trick?.(request, response, file) === true) return
    answerRightly(request, response, file)
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const hub: TestHub = {
    origin: `http://${host}`, host, files: new Map(Object.entries(files)), trick: null, requests: [], sentBytes: 0,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => { server.close(resolve) })
    },
  }
  return hub
}

/** Bytes that are the same at each call and like no others: a seed and a simple generator (xorshift, Marsaglia 2003). */
export function seededBytes(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length)
  let state = seed * 2_654_435_761 >>> 0 || 1
  for (let at = 0; at < length; at++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    bytes[at] = state & 0xff
  }
  return bytes
}

/** The network of this machine, in which names of `https://` servers are those of test servers. */
export function networkWith(servers: Record<string, TestHub>): Network {
  const real = createNetwork('0.0.0')
  return {
    request: async (address, options) => {
      const url = new URL(address)
      const hub = servers[url.host]
      if (hub === undefined) return real.request(address, options)
      const answer = await real.request(`${hub.origin}${url.pathname}${url.search}`, options)
      return { ...answer, url: address }
    },
  }
}

/** A model of the catalog whose files lie at the hub under `/ID/PATH`. */
export function testSpec(id: string, files: Record<string, Buffer>, change: Partial<ModelSpec> = {}): ModelSpec {
  const fileOf = ([path, bytes]: [string, Buffer]): ModelFile => ({ path, url: `https://huggingface.co/${id}/${path}`, bytes: bytes.length, sha256: sha256(bytes) })
  const entries = Object.entries(files)
  return {
    id, task: 'speech', title: `Test model ${id}`, tier: 'small', revision: '1', licence: 'MIT', languages: ['*'], page: null, factsFrom: [], dimensions: null, contextLength: null,
    pooling: null, prefixes: { query: '', passage: '' }, picture: null, memoryBytes: null, requires: [], files: entries.slice(1).map(fileOf),
    variants: [{ name: 'fp32', isUsual: true, files: entries.slice(0, 1).map(fileOf), roles: { model: entries[0]?.[0] ?? '' } }],
    ...change,
  }
}

/** The hub's files of such a model. */
export function hubFiles(id: string, files: Record<string, Buffer>): Record<string, Buffer> {
  return Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`/${id}/${path}`, bytes]))
}
