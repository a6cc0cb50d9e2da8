import type { ClientOf } from '../electron/rpc/client.ts'
import { createClient } from '../electron/rpc/client.ts'
import type { Client } from '../electron/rpc/client.ts'
import type { AppEvent } from '../electron/contract/events.ts'
import type { HostEvent } from '../electron/contract/host.ts'
import type { HostProtocol } from '../electron/contract/protocol.ts'
import { engineProtocol, hostProtocol } from '../electron/contract/protocol.ts'
import type { Lanes } from '../electron/rpc/lanes.ts'
import { splitIntoLanes } from '../electron/rpc/lanes.ts'
import type { Channel } from '../electron/rpc/wire.ts'
import { openWebSocket } from './web-socket.ts'

/** What the preload script gives to the page in a window; absent in a browser. It never grows with the contract. */
interface Bridge {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Where a dropped or chosen file lies; empty when it is no file of this machine. */
  pathOf(file: File): string
}

declare global {
  interface Window { scenedex?: Bridge }
}

export type Connection = 'connecting' | 'connected' | 'engine-gone' | 'engine-given-up' | 'server-gone' | 'turned-away'

const INTERRUPTION_SHOWN_MS = 1500

const connectionListeners = new Set<(state: Connection) => void>()
const engineListeners = new Set<(event: AppEvent) => void>()
const hostListeners = new Set<(event: HostEvent) => void>()

let connection: Connection = 'connecting'
let isEngineGivenUp = false
let lanes: Lanes
let engineClient: Client | null = null
let hostClient: ClientOf<HostProtocol> | null = null
let waiting: (() => void)[] = []

function setConnection(state: Connection): void {
  connection = state
  if (state === 'connected') {
    for (const go of waiting) go()
    waiting = []
  }
  for (const listener of connectionListeners) listener(state)
}

/** Without an engine: whether another comes. */
const engineless = (): Connection => isEngineGivenUp ? 'engine-given-up' : 'engine-gone'

function openEngine(): void {
  const channel = lanes.open('engine')
  const client = createClient(engineProtocol, channel)
  channel.onClose(() => {
    if (engineClient !== client) return
    engineClient = null
    if (connection === 'connected') setConnection(engineless())
  })
  client.onEvent((event) => { for (const listener of engineListeners) listener(event) })
  engineClient = client
}

function followEngine(state: Extract<HostEvent, { type: 'engine' }>['state']): void {
  isEngineGivenUp = state === 'given-up'
  if (state === 'running' && engineClient === null) {
    openEngine()
    setConnection('connected')
  } else if (connection === 'engine-gone' || connection === 'engine-given-up') {
    setConnection(engineless())
  }
}

function openHost(): void {
  const client = createClient(hostProtocol, lanes.open('host'))
  client.onEvent((event) => {
    if (event.type === 'engine') followEngine(event.state)
    for (const listener of hostListeners) listener(event)
  })
  hostClient = client
}

function speakOver(channel: Channel): void {
  isEngineGivenUp = false
  lanes = splitIntoLanes(channel)
  openHost()
  openEngine()
  setConnection('connected')
}

/** Finds the other side: the window's bridge, or the server this page came from. To be called once, before anything is asked. */
export function connect(): void {
  const bridge = window.scenedex
  if (bridge !== undefined) {
    speakOver({ send: bridge.send, onMessage: bridge.onMessage, onClose: () => undefined })
    return
  }
  let interruption: ReturnType<typeof setTimeout> | undefined
  openWebSocket({
    onOpen: (channel) => { clearTimeout(interruption); speakOver(channel) },
    // Most interruptions are over before a person could read of them.
    onInterrupted: () => { interruption = setTimeout(() => { setConnection('server-gone') }, INTERRUPTION_SHOWN_MS) },
    onResumed: () => {
      clearTimeout(interruption)
      if (connection === 'server-gone') setConnection(engineClient === null ? engineless() : 'connected')
    },
    onTurnedAway: () => { clearTimeout(interruption); setConnection('turned-away') },
  })
}

/** Resolves once there is somebody to ask. */
async function connected(): Promise<void> {
  while (connection !== 'connected') await new Promise<void>((resolve) => { waiting.push(resolve) })
}

/** The engine, through whatever channel there is at the moment. A call waits until there is one; one that is under way when the engine dies rejects with CHANNEL_CLOSED. */
export const engine: Client = {
  call: async (name, input, signal) => {
    await connected()
    signal?.throwIfAborted()
    if (engineClient === null) throw new Error('connected without an engine')
    return engineClient.call(name, input, signal)
  },
  onEvent: (listener) => {
    engineListeners.add(listener)
    return () => { engineListeners.delete(listener) }
  },
}

/** The window or the server around the engine. */
export const host: ClientOf<HostProtocol> = {
  call: async (name, input, signal) => {
    await connected()
    if (hostClient === null) throw new Error('connected without a host')
    return hostClient.call(name, input, signal)
  },
  onEvent: (listener) => {
    hostListeners.add(listener)
    return () => { hostListeners.delete(listener) }
  },
}

/** Tells of every change, and at once of the state as it is. */
export function onConnection(listener: (state: Connection) => void): () => void {
  connectionListeners.add(listener)
  listener(connection)
  return () => { connectionListeners.delete(listener) }
}

/** The path of a dropped file in a window; null in a browser, which does not tell. */
export function pathOf(file: File): string | null {
  const path = window.scenedex?.pathOf(file) ?? ''
  return path === '' ? null : path
}
