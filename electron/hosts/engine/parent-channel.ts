import process from 'node:process'
import { z } from 'zod'
import type { PortLike } from '../../rpc/channels.ts'
import { portChannel } from '../../rpc/channels.ts'
import type { Channel } from '../../rpc/wire.ts'

/** Electron's MessagePortMain: what comes waits until `start`. */
interface TransferredPort extends PortLike { start(): void }

/** What Electron adds to the process of a `utilityProcess`. */
interface UtilityPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown, ports: readonly TransferredPort[] }) => void): unknown
}

/** The way to whoever started this process. */
export interface ParentChannel extends Channel {
  /** Told of each way to a further client that the parent hands over, where it can: then its calls do not pass the parent. */
  onHandedOver(listener: (channel: Channel) => void): void
}

const dataOf = (event: unknown): unknown => typeof event === 'object' && event !== null && 'data' in event ? event.data : undefined

const isUtilityPort = (value: unknown): value is UtilityPort => z.object({ postMessage: z.function(), on: z.function() }).safeParse(value).success

/** The channel to whoever started this process: Electron's main process, or Node's `fork`. Throws where nobody did. */
export function parentChannel(): ParentChannel {
  const port: unknown = Reflect.get(process, 'parentPort')
  if (isUtilityPort(port)) {
    return {
      send: (message) => { port.postMessage(message) },
      onMessage: (listener) => { port.on('message', (event) => { listener(event.data) }) },
      // Electron ends a utility process with its parent.
      onClose: () => undefined,
      onHandedOver: (listener) => {
        port.on('message', ({ ports }) => {
          for (const transferred of ports) {
            listener(portChannel(transferred, dataOf))
            transferred.start()
          }
        })
      },
    }
  }
  if (process.send === undefined) throw new Error('the engine is started by a host and not by itself')
  return {
    // A parent that is gone is told of by `disconnect`.
    send: (message) => { if (process.connected) process.send?.(message) },
    onMessage: (listener) => { process.on('message', listener) },
    onClose: (listener) => { process.once('disconnect', listener) },
    onHandedOver: () => undefined,
  }
}
