import { WebSocket } from 'ws'
import { engineProtocol, hostProtocol } from '../../electron/contract/protocol.ts'
import type { HostProtocol } from '../../electron/contract/protocol.ts'
import type { Client, ClientOf } from '../../electron/rpc/client.ts'
import { createClient } from '../../electron/rpc/client.ts'
import type { Lanes } from '../../electron/rpc/lanes.ts'
import { splitIntoLanes } from '../../electron/rpc/lanes.ts'
import { keepConnected } from '../../electron/rpc/resuming.ts'

/** A server that `scenedex serve` started, by the address it printed. */
export interface Served { port: number, token: string }

export function served(address: string): Served {
  const { port, hash } = new URL(address)
  return { port: Number(port), token: hash.slice('#token='.length) }
}

/** What a page has: the engine and the host, over the real WebSocket. */
export interface WebClient { engine: Client, host: ClientOf<HostProtocol>, lanes: Lanes, close(): void }

export function openClient({ port, token }: Served): Promise<WebClient> {
  return new Promise((resolve, reject) => {
    const connection = keepConnected({
      connect: () => new Promise((open, refuse) => {
        const socket = new WebSocket(`ws://127.0.0.1:${port}/channel`, ['scenedex', token], { origin: `http://127.0.0.1:${port}` })
        socket.once('error', (error) => { refuse(error); reject(error) })
        socket.once('open', () => {
          open({
            send: (text) => { socket.send(text) },
            close: () => { socket.close(1001) },
            onText: (listener) => { socket.on('message', (data: Buffer) => { listener(data.toString('utf8')) }) },
            onClose: (listener) => { socket.once('close', () => { listener(false) }) },
          })
        })
      }),
      onChannel: (channel) => {
        const lanes = splitIntoLanes(channel)
        resolve({ lanes, host: createClient(hostProtocol, lanes.open('host')), engine: createClient(engineProtocol, lanes.open('engine')), close: () => { connection.close() } })
      },
      onInterrupted: () => undefined,
      onResumed: () => undefined,
    })
  })
}
