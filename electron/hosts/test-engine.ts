import process from 'node:process'
import { splitIntoLanes } from '../rpc/lanes.ts'
import { serve } from '../rpc/server.ts'
import { createTestApp } from '../rpc/test-app.ts'
import { parentChannel } from './engine/parent-channel.ts'

// A stand-in for the engine's process that fails in a chosen way; the rest of it is the engine's own code.
const [way = ''] = process.argv.slice(2)
const parent = parentChannel()
if (way === 'too-new') {
  parent.send({ lane: 'engine', message: { failed: { code: 'LIBRARY_TOO_NEW', message: 'The library is from a newer version.', hint: 'Update.' } } })
  setTimeout(() => { process.exit(1) }, 50)
} else if (way === 'dies') {
  process.exit(1)
} else {
  const app = createTestApp()
  splitIntoLanes(parent).onNew((_name, channel) => { serve(channel, app, () => undefined) })
  process.on('SIGTERM', () => { process.exit(0) })
  parent.send({ lane: 'engine', message: { ready: true } })
}
