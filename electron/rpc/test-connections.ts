import { MessageChannel, Worker } from 'node:worker_threads'
import path from 'node:path'
import { forkNode } from '../../native/processes/fork-node.ts'
import type { ClientOf } from './client.ts'
import { createClient } from './client.ts'
import { memoryChannels, portChannel } from './channels.ts'
import { splitIntoLanes } from './lanes.ts'
import { serve } from './server.ts'
import { createTestApp, testProtocol } from './test-app.ts'
import { ElectronPort } from './test-electron-port.ts'
import { socketPair } from './test-web-sockets.ts'
import type { Channel } from './wire.ts'

export interface Connection { client: ClientOf<typeof testProtocol>, close(): Promise<void> }

const ignore = (): void => undefined

const answerOn = (channel: Channel): void => { serve(channel, createTestApp(), ignore) }

const unwrap = (event: unknown): unknown => (event as { data: unknown }).data

/** Everything that carries calls in the product, with the test app at its other end. */
export const transports: Record<string, () => Promise<Connection>> = {
  'memory': async () => {
    const channels = memoryChannels()
    answerOn(channels.server)
    return { client: createClient(testProtocol, channels.client), close: async () => { channels.close() } }
  },
  'a port': async () => {
    const { port1, port2 } = new MessageChannel()
    answerOn(portChannel(port2))
    return { client: createClient(testProtocol, portChannel(port1)), close: () => new Promise((resolve) => { port1.once('close', resolve); port1.close() }) }
  },
  'a worker': async () => {
    const worker = new Worker(path.join(import.meta.dirname, 'test-worker.ts'))
    const client = createClient(testProtocol, {
      send: (message) => { worker.postMessage(message) },
      onMessage: (listener) => { worker.on('message', listener) },
      onClose: (listener) => { worker.once('exit', () => { listener() }) },
    })
    return { client, close: async () => { await worker.terminate() } }
  },
  'a port of Electron\'s shape': async () => {
    const { port1, port2 } = new MessageChannel()
    const [here, there] = [new ElectronPort(port1), new ElectronPort(port2)]
    answerOn(portChannel(there, unwrap))
    const client = createClient(testProtocol, portChannel(here, unwrap))
    there.start()
    here.start()
    return { client, close: () => new Promise((resolve) => { here.on('close', resolve); here.close() }) }
  },
  'a lane to a process': async () => {
    const child = forkNode(path.join(import.meta.dirname, 'test-fork.ts'), [])
    const exited = new Promise<void>((resolve) => { child.onExit(() => { resolve() }) })
    const lanes = splitIntoLanes({ send: child.send, onMessage: child.onMessage, onClose: child.onExit })
    return { client: createClient(testProtocol, lanes.open('client-1')), close: async () => { child.kill(); await exited } }
  },
  'a WebSocket': async () => {
    const pair = await socketPair((channel) => { splitIntoLanes(channel).onNew((_name, lane) => { answerOn(lane) }) })
    const [channel] = pair.channels
    if (channel === undefined) throw new Error('no channel')
    return { client: createClient(testProtocol, splitIntoLanes(channel).open('engine')), close: pair.close }
  },
}
