import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { WebSocket } from 'ws'
import type { SocketDoor } from '../hosts/web/session-sockets.ts'
import { acceptSockets } from '../hosts/web/session-sockets.ts'
import { createSecret } from '../hosts/web/request-gate.ts'
import type { TextSocket, Times } from './resuming.ts'
import { keepConnected, usualTimes } from './resuming.ts'
import type { Channel } from './wire.ts'

/** A client's socket, as a page would open it. */
export function openSocket(port: number, token: string): Promise<TextSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/channel`, ['scenedex', token], { origin: `http://127.0.0.1:${port}` })
    socket.on('error', reject)
    socket.once('open', () => {
      resolve({
        send: (text) => { socket.send(text) },
        close: () => { socket.terminate() },
        onText: (listener) => { socket.on('message', (data: Buffer) => { listener(data.toString('utf8')) }) },
        onClose: (listener) => { socket.once('close', () => { listener(false) }) },
      })
    })
  })
}

export interface SocketPair {
  port: number
  token: string
  /** The client's channels, first and later ones. */
  channels: Channel[]
  interruptions(): number
  /** Destroys every connection there is, without a word to either end. */
  cut(): void
  /** Keeps every connection and lets nothing through any more. */
  freeze(): void
  /** The server forgets its sessions, as one that was started again. */
  endSessions(): void
  close(): Promise<void>
}

/** The web host's own socket code with a client that keeps connected. `onChannel` gets the channel of each session on the server. */
export async function socketPair(onChannel: SocketDoor['onChannel'], times: Times = usualTimes): Promise<SocketPair> {
  const server = createServer()
  const connections = new Set<Socket>()
  server.on('connection', (socket) => {
    connections.add(socket)
    socket.once('close', () => { connections.delete(socket) })
  })
  const token = createSecret()
  const door = acceptSockets(server, { isWelcome: () => true, token, onChannel, times })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const channels: Channel[] = []
  let interruptions = 0
  const client = await new Promise<ReturnType<typeof keepConnected>>((resolve) => {
    const keeper = keepConnected({
      connect: () => openSocket(port, token.text),
      onChannel: (channel) => { channels.push(channel); queueMicrotask(() => { resolve(keeper) }) },
      onInterrupted: () => { interruptions += 1 },
      onResumed: () => undefined,
    }, times)
  })
  return {
    port, channels, token: token.text,
    interruptions: () => interruptions,
    cut: () => { for (const socket of connections) socket.destroy() },
    freeze: () => { for (const socket of connections) { socket.pause(); socket.cork() } },
    endSessions: () => { door.close() },
    close: async () => {
      client.close()
      door.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
