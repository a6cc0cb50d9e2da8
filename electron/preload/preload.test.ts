import { EventEmitter } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { MessageChannel } from 'node:worker_threads'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Bridge } from './bridge.ts'
import { createBridge } from './bridge.ts'
import { HELLO_CHANNEL, LANES_CHANNEL, PORT_CHANNEL } from './channel-names.ts'

const exposed = vi.hoisted(() => new Map<string, unknown>())

// Electron's own modules exist in a window only.
vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, value: unknown) => { exposed.set(name, value) } },
  ipcRenderer: { on: () => undefined, send: () => undefined },
  webUtils: { getPathForFile: (file: { name: string }) => `/films/${file.name}` },
}))

describe('the preload script', () => {
  it('gives the page three functions and nothing of Electron', async () => {
    await import('./preload.ts')
    const bridge = exposed.get('scenedex') as Bridge
    expect([...exposed.keys()]).toEqual(['scenedex'])
    expect(Object.entries(bridge).map(([name, value]) => `${name}: ${typeof value}`).sort()).toEqual(['onMessage: function', 'pathOf: function', 'send: function'])
    expect(bridge.pathOf(new File([], 'a.mp4'))).toBe('/films/a.mp4')
  })
})

describe('the bridge', () => {
  let sent: unknown[][]
  let heard: unknown[]
  let ipc: EventEmitter
  let bridge: Bridge
  beforeEach(async () => {
    sent = []
    heard = []
    ipc = new EventEmitter()
    bridge = createBridge(Object.assign(ipc, { send: (...given: unknown[]) => { sent.push(given) } }), () => '')
    bridge.onMessage((message) => { heard.push(message) })
    await delay(1)
  })

  /** As the main process hands over the port to an engine. */
  function newEngine(): { got: unknown[], say(message: unknown): void, die(): void } {
    const { port1, port2 } = new MessageChannel()
    const got: unknown[] = []
    port1.on('message', (message) => { got.push(message) })
    ipc.emit(PORT_CHANNEL, { ports: [port2] }, null)
    return { got, say: (message) => { port1.postMessage(message) }, die: () => { port1.close() } }
  }

  it('says hello to the main process when it begins', () => {
    expect(sent).toEqual([[HELLO_CHANNEL]])
  })

  it('keeps what comes before the page listens, and tells it in order once the page has opened its lanes', async () => {
    const early = createBridge(Object.assign(new EventEmitter(), { send: () => undefined, on: (name: string, listener: (event: object, message: unknown) => void) => {
      if (name === LANES_CHANNEL) for (const state of [1, 2]) listener({}, { lane: 'host', message: state })
    } }), () => '')
    const told: unknown[] = []
    early.onMessage((message) => { told.push(message) })
    expect(told).toEqual([])
    await expect.poll(() => told).toEqual([{ lane: 'host', message: 1 }, { lane: 'host', message: 2 }])
  })

  it('sends to the main process what is not for the engine, and tells what comes from there', () => {
    bridge.send({ lane: 'host', message: 1 })
    ipc.emit(LANES_CHANNEL, {}, { lane: 'host', message: 2 })
    expect([sent.slice(1), heard]).toEqual([[[LANES_CHANNEL, { lane: 'host', message: 1 }]], [{ lane: 'host', message: 2 }]])
  })

  it('keeps what is for the engine until its port is there, in order, and sends it there only', async () => {
    bridge.send({ lane: 'engine', message: 1 })
    bridge.send({ lane: 'engine', message: 2 })
    const { got, say } = newEngine()
    bridge.send({ lane: 'engine', message: 3 })
    await expect.poll(() => got).toEqual([1, 2, 3])
    say({ x: 4 })
    await expect.poll(() => heard).toEqual([{ lane: 'engine', message: { x: 4 } }])
    expect(sent).toHaveLength(1)
  })

  it('says once that the engine is gone, and speaks with the next one', async () => {
    const first = newEngine()
    first.die()
    await expect.poll(() => heard).toEqual([{ lane: 'engine', closed: true }])
    const second = newEngine()
    bridge.send({ lane: 'engine', message: 'again' })
    await expect.poll(() => second.got).toEqual(['again'])
    expect(heard).toHaveLength(1)
  })

  it('says that the engine is gone also when the next one is there first, and hears the old one no more', async () => {
    const first = newEngine()
    first.say('late')
    const second = newEngine()
    expect(heard).toEqual([{ lane: 'engine', closed: true }])
    second.say('new')
    await expect.poll(() => heard).toEqual([{ lane: 'engine', closed: true }, { lane: 'engine', message: 'new' }])
  })

  it('forgets what waits when there will be no engine', async () => {
    bridge.send({ lane: 'engine', message: 'lost' })
    ipc.emit(LANES_CHANNEL, {}, { lane: 'engine', closed: true })
    const { got } = newEngine()
    bridge.send({ lane: 'engine', message: 'kept' })
    await expect.poll(() => got).toEqual(['kept'])
    expect(heard).toEqual([{ lane: 'engine', closed: true }])
  })
})
