import { parentPort } from 'node:worker_threads'
import { portChannel } from './channels.ts'
import { serve } from './server.ts'
import { createTestApp } from './test-app.ts'

if (parentPort === null) throw new Error('this file is a worker')
serve(portChannel(parentPort), createTestApp(), () => undefined)
