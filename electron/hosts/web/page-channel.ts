import type { Service } from '../../rpc/server.ts'
import { serve } from '../../rpc/server.ts'
import type { HostProtocol } from '../../contract/protocol.ts'
import { splitIntoLanes } from '../../rpc/lanes.ts'
import type { Channel } from '../../rpc/wire.ts'
import type { EngineLane, EngineSupervisor } from '../engine-supervisor.ts'

/** What a page talks to. */
export interface Sides {
  engine: Pick<EngineSupervisor, 'openLane' | 'onState'>
  host: Service<HostProtocol>
  onBug(call: string, error: unknown): void
}

/**
 * Connects a page: its lane `host` with the host's own calls, its lane `engine` with a lane of its own in the engine. When the
 * engine dies the page's lane is closed, and opened again with the next engine.
 */
export function connectPage(channel: Channel, { engine, host, onBug }: Sides): void {
  const lanes = splitIntoLanes(channel)
  let lane: EngineLane | null = null

  const connect = (): void => {
    const toEngine = engine.openLane()
    lane = toEngine
    const toPage = lanes.open('engine')
    if (toEngine === null) { lanes.close('engine'); return }
    toPage.onMessage((message) => { toEngine.channel.send(message) })
    toEngine.channel.onMessage((message) => { if (lane === toEngine) toPage.send(message) })
    const end = (close: () => void) => (): void => {
      if (lane !== toEngine) return
      lane = null
      close()
    }
    toEngine.channel.onClose(end(() => { lanes.close('engine') }))
    toPage.onClose(end(() => { toEngine.close() }))
  }

  // Before the engine's lane: the page must have heard that the engine runs when the engine's first event comes.
  serve(lanes.open('host'), host, onBug)
  const off = engine.onState((state) => { if (state === 'running') connect() })
  lanes.onNew((name) => {
    if (name === 'engine') connect()
    else lanes.close(name)
  })
  connect()
  channel.onClose(() => {
    off()
    const open = lane
    lane = null
    open?.close()
  })
}
