import type { Channel } from './wire.ts'

/** What Node's, Electron's and the browser's ports have in common. */
export interface PortLike {
  postMessage(message: unknown): void
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'close', listener: () => void): unknown
}

/** A channel over a worker's or Electron's message port. Electron wraps what arrives as `{ data }`. */
export function portChannel(port: PortLike, unwrap: (message: unknown) => unknown = (message) => message): Channel {
  return {
    send: (message) => { port.postMessage(message) },
    onMessage: (listener) => { port.on('message', (message) => { listener(unwrap(message)) }) },
    onClose: (listener) => { port.on('close', listener) },
  }
}

/** Two ends of a channel inside one process. Messages are copied, as any real channel would, and arrive later, in order. */
export function memoryChannels(): { client: Channel, server: Channel, close(): void } {
  const ends = [end(), end()] as const
  const [client, server] = ends
  const link = (from: ReturnType<typeof end>, to: ReturnType<typeof end>): Channel => ({
    send: (message) => {
      const copy: unknown = structuredClone(message)
      queueMicrotask(() => { for (const listener of to.messages) listener(copy) })
    },
    onMessage: (listener) => { from.messages.push(listener) },
    onClose: (listener) => { from.closes.push(listener) },
  })
  return {
    client: link(client, server),
    server: link(server, client),
    close: () => { for (const side of ends) for (const listener of side.closes) listener() },
  }
}

function end(): { messages: ((message: unknown) => void)[], closes: (() => void)[] } {
  return { messages: [], closes: [] }
}
