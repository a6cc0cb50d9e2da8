import type { HostProtocol } from '../../contract/protocol.ts'
import { HELLO_CHANNEL, LANES_CHANNEL, PORT_CHANNEL } from '../../preload/channel-names.ts'
import { splitIntoLanes } from '../../rpc/lanes.ts'
import type { Service } from '../../rpc/server.ts'
import { serve } from '../../rpc/server.ts'
import type { EngineSupervisor } from '../engine-supervisor.ts'
import { isPageAddress } from './app-scheme.ts'

interface Frame { readonly parent: unknown, readonly url: string }

/** Who sent something, as Electron tells it. */
export interface Sending { readonly sender: unknown, readonly senderFrame: Frame | null }

/** What of Electron's ipcMain is used. */
export interface IpcMain { on(channel: string, listener: (event: Sending, message: unknown) => void): unknown }

/** What of Electron's WebContents is used. */
export interface PageContents<Port> {
  isDestroyed(): boolean
  send(channel: string, message: unknown): void
  postMessage(channel: string, message: unknown, transfer: Port[]): void
}

export interface PageLink<Port> {
  ipc: IpcMain
  contents: PageContents<Port>
  engine: Pick<EngineSupervisor, 'state' | 'onState'>
  handOver(port: Port): void
  newChannel(): { port1: Port, port2: Port }
  host: Service<HostProtocol>
  onBug(where: string, error: unknown): void
}

/** True when it was our page that spoke, in the window that it was loaded into and in no frame inside. */
function isFromPage({ sender, senderFrame }: Sending, contents: unknown): boolean {
  return sender === contents && senderFrame !== null && senderFrame.parent === null && isPageAddress(senderFrame.url)
}

/**
 * Connects the page of a window: its lane `host` with the host's own calls, and each engine with it by a port of their own. A page
 * that is loaded again begins anew.
 */
export function linkPage<Port>({ ipc, contents, engine, handOver, newChannel, host, onBug }: PageLink<Port>): void {
  let page: { tell(message: unknown): void, end(): void } | null = null
  const send = (message: unknown): void => { if (!contents.isDestroyed()) contents.send(LANES_CHANNEL, message) }

  const connectEngine = (): void => {
    if (page === null || contents.isDestroyed()) return
    if (engine.state() === 'running') {
      const { port1, port2 } = newChannel()
      handOver(port1)
      contents.postMessage(PORT_CHANNEL, null, [port2])
    } else if (engine.state() === 'given-up') {
      send({ lane: 'engine', closed: true })
    }
  }
  // Before the host's own calls are served: the page must have its new port when it hears that the engine runs again.
  engine.onState(connectEngine)

  const begin = (): void => {
    page?.end()
    const messages: ((message: unknown) => void)[] = []
    const closes: (() => void)[] = []
    page = { tell: (message) => { for (const listener of messages) listener(message) }, end: () => { for (const listener of closes) listener() } }
    const lanes = splitIntoLanes({ send, onMessage: (listener) => { messages.push(listener) }, onClose: (listener) => { closes.push(listener) } })
    connectEngine()
    serve(lanes.open('host'), host, onBug)
    lanes.onNew((name) => { lanes.close(name) })
  }
  ipc.on(HELLO_CHANNEL, (event) => { if (isFromPage(event, contents)) begin() })
  ipc.on(LANES_CHANNEL, (event, message) => { if (isFromPage(event, contents)) page?.tell(message) })
}
