import { parentPort, workerData } from 'node:worker_threads'
import { answering } from '../../native/onnx/answering.ts'
import { ToWorker, WorkerStart } from '../../native/onnx/worker-wire.ts'

// ONNX Runtime computes on the thread that asks it, for tens of milliseconds to seconds at a time: here it is nobody's but ours.
const port = parentPort
if (port === null) throw new Error('inference.ts is a worker and is not run by itself')
const receive = answering(WorkerStart.parse(workerData), (message) => { port.postMessage(message) })
port.on('message', (message: unknown) => { receive(ToWorker.parse(message)) })
