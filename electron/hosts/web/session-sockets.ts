import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Channel } from '../../rpc/wire.ts'
import type { Secret } from './request-gate.ts'

const PATH = '/channel'
const PROTOCOL = 'scenedex'
const MESSAGE_BYTES_AT_MOST = 64 * 1024 * 1024

export interface SocketDoor {
  /** Whether host and origin are ours. */
  isWelcome(request: IncomingMessage): boolean
  /** Comes as the second subprotocol: a WebSocket of a page can send no header of its own. */
  token: Secret
  onChannel(channel: Channel): void
}

function turnAway(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}

/** Takes the WebSockets of pages that know the token. */
export function acceptSockets(server: Server, { isWelcome, token, onChannel }: SocketDoor): { close(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_BYTES_AT_MOST, handleProtocols: () => PROTOCOL })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => undefined)
    const [name, given] = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((part) => part.trim())
    if (!isWelcome(request)) { turnAway(socket, '403 Forbidden'); return }
    if (request.url !== PATH) { turnAway(socket, '404 Not Found'); return }
    if (name !== PROTOCOL || !token.fits(given)) { turnAway(socket, '401 Unauthorized'); return }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => { webSocket.terminate() })
      onChannel({
        send: (message) => { webSocket.send(JSON.stringify(message)) },
        onMessage: (listener) => { webSocket.on('message', (data) => { listener(JSON.parse((data as Buffer).toString('utf8'))) }) },
        onClose: (listener) => { webSocket.once('close', listener) },
      })
    })
  })
  return { close: () => { for (const client of sockets.clients) client.terminate() } }
}
