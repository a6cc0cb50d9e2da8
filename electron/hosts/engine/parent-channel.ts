import process from 'node:process'
import { z } from 'zod'
import type { Channel } from '../../rpc/wire.ts'

/** What Electron adds to the process of a `utilityProcess`. */
interface UtilityPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
}

const isUtilityPort = (value: unknown): value is UtilityPort => z.object({ postMessage: z.function(), on: z.function() }).safeParse(value).success

/** The channel to whoever started this process: Electron's main process, or Node's `fork`. Throws where nobody did. */
export function parentChannel(): Channel {
  const port: unknown = Reflect.get(process, 'parentPort')
  if (isUtilityPort(port)) {
    return {
      send: (message) => { port.postMessage(message) },
      onMessage: (listener) => { port.on('message', (event) => { listener(event.data) }) },
      // Electron ends a utility process with its parent.
      onClose: () => undefined,
    }
  }
  if (process.send === undefined) throw new Error('the engine is started by a host and not by itself')
  return {
    // A parent that is gone is told of by `disconnect`.
    send: (message) => { if (process.connected) process.send?.(message) },
    onMessage: (listener) => { process.on('message', listener) },
    onClose: (listener) => { process.once('disconnect', listener) },
  }
}
