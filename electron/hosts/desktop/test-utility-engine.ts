import process from 'node:process'
import type { MessagePort } from 'node:worker_threads'
import { parentPort } from 'node:worker_threads'
import { ElectronPort } from '../../rpc/test-electron-port.ts'

// What Electron adds to the process of a utilityProcess, for the engine itself in a thread: `process.parentPort`, with ports that
// come along in Electron's shape.
interface Posted { data: unknown, ports: MessagePort[] }
const above = parentPort
if (above === null) throw new Error('this file is a worker')
const listeners: ((event: { data: unknown, ports: ElectronPort[] }) => void)[] = []
Object.assign(process, {
  parentPort: {
    postMessage: (message: unknown) => { above.postMessage(message) },
    on: (_event: 'message', listener: (event: { data: unknown, ports: ElectronPort[] }) => void) => {
      if (listeners.push(listener) > 1) return
      above.on('message', ({ data, ports }: Posted) => {
        const event = { data, ports: ports.map((port) => new ElectronPort(port)) }
        for (const one of listeners) one(event)
      })
    },
  },
})
await import('../engine/main.ts')
