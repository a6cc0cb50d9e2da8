import type { MessagePort } from 'node:worker_threads'

/** The shape of Electron's MessagePortMain on a real port: what comes is wrapped, and waits until `start`. */
export class ElectronPort {
  private readonly port: MessagePort
  private readonly listeners: ((event: { data: unknown, ports: unknown[] }) => void)[] = []
  private waiting: unknown[] | null = []

  constructor(port: MessagePort) {
    this.port = port
    port.on('message', (data: unknown) => {
      if (this.waiting === null) this.tell(data)
      else this.waiting.push(data)
    })
  }

  postMessage(message: unknown, transfer: readonly MessagePort[] = []): void { this.port.postMessage(message, transfer) }

  on(event: 'message', listener: (event: { data: unknown, ports: unknown[] }) => void): this
  on(event: 'close', listener: () => void): this
  on(event: 'message' | 'close', listener: (event: { data: unknown, ports: unknown[] }) => void): this {
    if (event === 'message') this.listeners.push(listener)
    else this.port.on('close', () => { listener({ data: null, ports: [] }) })
    return this
  }

  start(): void {
    const waiting = this.waiting ?? []
    this.waiting = null
    for (const data of waiting) this.tell(data)
  }

  close(): void { this.port.close() }

  private tell(data: unknown): void { for (const listener of this.listeners) listener({ data, ports: [] }) }
}
