import { HELLO_CHANNEL, LANES_CHANNEL, PORT_CHANNEL } from './channel-names.ts'

/** The lane that has a port of its own. */
const ENGINE = 'engine'

interface Port {
  postMessage(message: unknown): void
  addEventListener(event: 'message', listener: (event: { data: unknown }) => void): void
  addEventListener(event: 'close', listener: () => void): void
  start(): void
  close(): void
}

/** What of Electron's ipcRenderer is used here. */
export interface Ipc {
  send(channel: string, message?: unknown): void
  on(channel: string, listener: (event: { ports: readonly Port[] }, message?: unknown) => void): unknown
}

/** What the page gets. */
export interface Bridge {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  pathOf(file: File): string
}

const laneOf = (message: unknown): unknown => typeof message === 'object' && message !== null && 'lane' in message ? message.lane : undefined
const inside = (message: unknown): unknown => typeof message === 'object' && message !== null && 'message' in message ? message.message : undefined
const isClosing = (message: unknown): boolean => typeof message === 'object' && message !== null && 'closed' in message

/** What the page says to the engine: straight to its port, or kept until there is one. */
class EngineLine {
  private port: Port | null = null
  private waiting: unknown[] = []
  private readonly tell: (message: unknown) => void

  constructor(tell: (message: unknown) => void) { this.tell = tell }

  send(message: unknown): void {
    if (this.port === null) this.waiting.push(message)
    else this.port.postMessage(message)
  }

  use(port: Port): void {
    // The end of the old one may be told later than the beginning of the new one.
    if (this.port !== null) this.lose(this.port)
    this.port = port
    port.addEventListener('message', ({ data }) => { if (this.port === port) this.tell({ lane: ENGINE, message: data }) })
    port.addEventListener('close', () => { this.lose(port) })
    port.start()
    for (const message of this.waiting.splice(0)) port.postMessage(message)
  }

  /** There will be no engine for what waits. */
  giveUp(): void {
    this.waiting = []
    this.port?.close()
    this.port = null
  }

  private lose(port: Port): void {
    if (this.port !== port) return
    this.port = null
    port.close()
    this.tell({ lane: ENGINE, closed: true })
  }
}

/** Tells the page what comes. What comes before the page listens is kept: this script begins before those of the page. */
class Teller {
  private readonly listeners: ((message: unknown) => void)[] = []
  private early: unknown[] | null = []

  readonly tell = (message: unknown): void => {
    if (this.early === null) for (const listener of this.listeners) listener(message)
    else this.early.push(message)
  }

  listen(listener: (message: unknown) => void): void {
    this.listeners.push(listener)
    // Not at once: the page opens its lanes right after it began to listen.
    if (this.early !== null) setTimeout(() => { this.release() })
  }

  private release(): void {
    const early = this.early ?? []
    this.early = null
    for (const message of early) this.tell(message)
  }
}

/** Joins the page with the engine's port and the main process. Knows lanes and nothing of what is said on them. */
export function createBridge(ipc: Ipc, pathOf: (file: File) => string): Bridge {
  const page = new Teller()
  const engine = new EngineLine(page.tell)
  ipc.on(PORT_CHANNEL, ({ ports: [port] }) => { if (port !== undefined) engine.use(port) })
  ipc.on(LANES_CHANNEL, (_event, message) => {
    if (laneOf(message) === ENGINE && isClosing(message)) engine.giveUp()
    page.tell(message)
  })
  ipc.send(HELLO_CHANNEL)
  return {
    send: (message) => {
      if (laneOf(message) !== ENGINE) ipc.send(LANES_CHANNEL, message)
      else if (!isClosing(message)) engine.send(inside(message))
    },
    onMessage: (listener) => { page.listen(listener) },
    pathOf,
  }
}
