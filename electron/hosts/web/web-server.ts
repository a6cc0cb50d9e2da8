import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AppError } from '../../core/errors.ts'
import { hasSystemCode } from '../../core/import/system-error.ts'
import type { EngineSupervisor } from '../engine-supervisor.ts'
import { createMediaLocator, mediaWish } from '../media-locator.ts'
import { hostService } from './host-service.ts'
import { takeImport } from './imports-route.ts'
import { sendMedium } from './media-route.ts'
import { connectPage } from './page-channel.ts'
import type { Secret } from './request-gate.ts'
import { createSecret, isFromHere, isSameSite } from './request-gate.ts'
import { securityHeaders } from './security-headers.ts'
import { acceptSockets } from './session-sockets.ts'
import type { StaticFile } from '../static-files.ts'
import { readStaticFiles } from '../static-files.ts'
import type { Uploads } from './uploads.ts'
import { createUploads } from './uploads.ts'

export interface WebServerOptions {
  /** 0 for any that is free. */
  port: number
  /** Where files go that a page sends. */
  importsFolder: string
  /** The built page. */
  rendererFolder: string
  engine: EngineSupervisor
  onBug(where: string, error: unknown): void
}

export interface WebServer {
  port: number
  /** With the token: whoever has it may do what the person may. */
  address: string
  close(): Promise<void>
}

interface Exchange { request: IncomingMessage, response: ServerResponse, address: string, query: URLSearchParams }

function refuse(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, status === 204 ? headers : { ...headers, 'content-length': '0' }).end()
}

function sendFile({ request, response }: Exchange, file: StaticFile): void {
  const headers = {
    'content-type': file.contentType, 'content-length': String(file.bytes.length),
    'cache-control': file.isNamedByContent ? 'private, max-age=31536000, immutable' : 'no-cache',
  }
  response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : file.bytes)
}

/** The path as it was sent, never decoded or normalised: what is not letter for letter one of ours is nothing. */
function takeApart(target: string): { address: string, query: URLSearchParams } {
  const mark = target.indexOf('?')
  if (mark === -1) return { address: target, query: new URLSearchParams() }
  return { address: target.slice(0, mark), query: new URLSearchParams(target.slice(mark + 1)) }
}

function bearer(request: IncomingMessage): string | null {
  return /^Bearer ([0-9a-f]{64})$/.exec(request.headers.authorization ?? '')?.[1] ?? null
}

function isImport({ request, address }: Exchange): boolean {
  return (address === '/imports' || address.startsWith('/imports/')) && (request.method === 'POST' || request.method === 'PUT')
}

class Routes {
  private readonly files: ReadonlyMap<string, StaticFile>
  private readonly token: Secret
  private readonly mediaKey: Secret
  private readonly uploads: Uploads
  private readonly locate: ReturnType<typeof createMediaLocator>
  private readonly onBug: WebServerOptions['onBug']

  constructor({ engine, onBug, importsFolder }: WebServerOptions, { files, token, mediaKey }: { files: ReadonlyMap<string, StaticFile>, token: Secret, mediaKey: Secret }) {
    this.files = files
    this.token = token
    this.mediaKey = mediaKey
    this.uploads = createUploads(importsFolder)
    this.locate = createMediaLocator(engine.client)
    this.onBug = onBug
    this.uploads.removeStale().catch((error: unknown) => { onBug('taking away old uploads', error) })
  }

  async answer(request: IncomingMessage, response: ServerResponse, port: number): Promise<void> {
    try {
      const isRead = request.method === 'GET' || request.method === 'HEAD'
      for (const [name, value] of Object.entries(securityHeaders(port))) response.setHeader(name, value)
      if (!isFromHere(request, port, { needsOrigin: !isRead })) { refuse(response, 403); return }
      await this.route({ request, response, ...takeApart(request.url ?? '') })
    } catch (error) {
      this.onBug(`${request.method ?? ''} ${takeApart(request.url ?? '').address}`, error)
      if (response.headersSent) response.destroy()
      else refuse(response, 500)
    }
  }

  private async route(exchange: Exchange): Promise<void> {
    const { request, response, address } = exchange
    if (isImport(exchange)) { await this.imports(exchange); return }
    if (request.method !== 'GET' && request.method !== 'HEAD') { refuse(response, 405, { allow: 'GET, HEAD' }); return }
    if (address.startsWith('/media/')) { await this.media(exchange); return }
    const file = this.files.get(address)
    // Browsers ask for it whatever the page says, and show its absence as an error.
    if (file === undefined) refuse(response, address === '/favicon.ico' ? 204 : 404)
    else sendFile(exchange, file)
  }

  private async imports(exchange: Exchange): Promise<void> {
    if (this.token.fits(bearer(exchange.request))) await takeImport(exchange, this.uploads, this.onBug)
    else refuse(exchange.response, 401, { connection: 'close' })
  }

  private async media({ request, response, address, query }: Exchange): Promise<void> {
    const wish = mediaWish(address.slice('/media'.length))
    if (!isSameSite(request) || !this.mediaKey.fits(query.get('key'))) refuse(response, 403)
    else if (wish === null) refuse(response, 404)
    else await sendMedium(wish, { request, response }, this.locate)
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const isTaken = hasSystemCode(cause, 'EADDRINUSE', 'EACCES')
      reject(isTaken ? new AppError('USAGE', { message: `Port ${port} is taken.`, hint: 'Choose another with --port, or leave it out for one that is free.', cause }) : cause)
    })
    server.listen(port, '127.0.0.1', () => { resolve((server.address() as AddressInfo).port) })
  })
}

/** Starts the server of the page on 127.0.0.1, and on no other address of this machine. */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const [token, mediaKey] = [createSecret(), createSecret()]
  const routes = new Routes(options, { files: await readStaticFiles(options.rendererFolder), token, mediaKey })
  // Who sends a request letter by letter is let go: a page of ours sends it at once.
  const server = createServer({ headersTimeout: 5000, requestTimeout: 60_000, connectionsCheckingInterval: 1000, maxHeaderSize: 16_384 })
  const port = await listen(server, options.port)
  server.on('request', (request, response) => { void routes.answer(request, response, port) })
  const host = hostService(options.engine, mediaKey.text)
  const sockets = acceptSockets(server, {
    isWelcome: (request) => isFromHere(request, port, { needsOrigin: true }),
    token,
    onChannel: (channel) => { connectPage(channel, { engine: options.engine, host, onBug: (call, error) => { options.onBug(call, error) } }) },
  })
  return {
    port,
    address: `http://127.0.0.1:${port}/#token=${token.text}`,
    close: () => new Promise((resolve) => {
      sockets.close()
      server.close(() => { resolve() })
      server.closeAllConnections()
    }),
  }
}
