import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ErrorCode } from '../../contract/errors.ts'
import { AppError, toErrorShape } from '../../core/errors.ts'
import type { Uploads } from './uploads.ts'
import { UploadWish, WrongChunk } from './uploads.ts'

const WISH_BYTES_AT_MOST = 64 * 1024
const CHUNK_BYTES_AT_MOST = 8 * 1024 * 1024

const chunkAddress = /^\/imports\/([0-9a-f]{32})$/

/** A request below /imports whose sender may do what it asks. */
export interface ImportRequest { request: IncomingMessage, response: ServerResponse, address: string, query: URLSearchParams }

function badRequest(message: string): AppError {
  return new AppError('BAD_MESSAGE', { message, hint: 'Page and server are of different versions: reload the page.' })
}

async function bodyOf(request: IncomingMessage, bytesAtMost: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > bytesAtMost) throw badRequest(`A request has ${bytesAtMost} bytes at most.`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function parseWish(text: string): UploadWish {
  try {
    return UploadWish.parse(JSON.parse(text))
  } catch (cause) {
    throw new AppError('BAD_MESSAGE', { message: 'This says of no file how it is called and how large it is.', cause })
  }
}

async function take({ request, address, query }: ImportRequest, uploads: Uploads): Promise<unknown> {
  if (request.method === 'POST' && address === '/imports') {
    return await uploads.begin(parseWish((await bodyOf(request, WISH_BYTES_AT_MOST)).toString('utf8')))
  }
  const id = chunkAddress.exec(address)?.[1]
  if (request.method !== 'PUT' || id === undefined) return null
  const offset = query.get('offset') ?? ''
  const sha256 = request.headers['x-chunk-sha256']
  if (!/^\d{1,15}$/.test(offset) || typeof sha256 !== 'string') throw badRequest('A chunk comes with its offset and its hash.')
  return await uploads.add(id, { offset: Number(offset), sha256, bytes: await bodyOf(request, CHUNK_BYTES_AT_MOST) })
}

function statusOf(code: ErrorCode): number {
  switch (code) {
    case 'BAD_MESSAGE': return 400
    case 'NOT_FOUND': return 404
    case 'CHANGED': return 409
    case 'EMPTY': case 'NOT_MEDIA': return 422
    case 'DISK_FULL': return 507
    case 'INTERNAL': return 500
    default: return 403
  }
}

function send({ request, response }: ImportRequest, status: number, value: unknown): void {
  const text = JSON.stringify(value)
  // What was not read to its end would be taken for the next request.
  if (!request.complete) response.setHeader('connection', 'close')
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)), 'cache-control': 'no-store' }).end(text)
}

/** Takes files that a page sends: POST /imports begins one or goes on with it, PUT /imports/ID?offset=N brings its next chunk. */
export async function takeImport(exchange: ImportRequest, uploads: Uploads, onBug: (where: string, error: unknown) => void): Promise<void> {
  try {
    const answer = await take(exchange, uploads)
    if (answer === null) send(exchange, 405, { error: toErrorShape(badRequest('There is nothing to do here.'), '') })
    else send(exchange, 200, answer)
  } catch (error) {
    // Who hung up in the middle hears no answer.
    if (exchange.request.destroyed && !exchange.request.complete) return
    if (!(error instanceof AppError)) onBug('an upload', error)
    const shape = toErrorShape(error, 'an upload')
    send(exchange, statusOf(shape.code), { error: shape, offset: error instanceof WrongChunk ? error.offset : null })
  }
}
