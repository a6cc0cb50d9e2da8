import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import type { TextSocket, Times } from '../../rpc/resuming.ts'
import { createSessions, usualTimes } from '../../rpc/resuming.ts'
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
  /** Gets the channel of each new session; it outlives the socket. */
  onChannel(channel: Channel): void
  times?: Times
}

// A page that is closed or goes elsewhere, by RFC 6455.
const GOODBYES = [1000, 1001]

function textSocket(socket: WebSocket): TextSocket {
  socket.on('error', () => { socket.terminate() })
  return {
    send: (text) => { socket.send(text) },
    close: () => { socket.terminate() },
    onText: (listener) => {
      socket.on('message', (data, isBinary) => {
        if (isBinary || !Buffer.isBuffer(data)) socket.terminate()
        else listener(data.toString('utf8'))
      })
    },
    onClose: (listener) => { socket.once('close', (code) => { listener(GOODBYES.includes(code)) }) },
  }
}

function turnAway(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}

/** Takes the WebSockets of pages that know the token. */
export function acceptSockets(server: Server, { isWelcome, token, onChannel, times = usualTimes }: SocketDoor): { close(): void } {
  const sessions = createSessions(onChannel, times)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_BYTES_AT_MOST, handleProtocols: () => PROTOCOL })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => undefined)
    const [name, given] = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((part) => part.trim())
    if (!isWelcome(request)) { turnAway(socket, '403 Forbidden'); return }
    if (request.url !== PATH) { turnAway(socket, '404 Not Found'); return }
    if (name !== PROTOCOL || !token.fits(given)) { turnAway(socket, '401 Unauthorized'); return }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      sessions.accept(textSocket(webSocket))
    })
  })
  return {
    close: () => {
      sessions.close()
      for (const client of sockets.clients) client.terminate()
    },
  }
}
