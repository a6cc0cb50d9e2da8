import { isMainThread } from 'node:worker_threads'

const SWITCH = 'ORT_DISABLE_TELEMETRY'

/**
 * Nothing leaves this machine. From 1.29 on ONNX Runtime's own builds for Linux and macOS tell Microsoft which models are opened and keep a number of the
 * machine in its cache folder, unless this is set before the first session (microsoft/onnxruntime#27379). Windows has no such switch: there
 * its events go to the system's own tracing, which sends what the person allows there. A worker has only a copy of the environment, which
 * ONNX Runtime does not see: it is to be called before the worker is started. Throws where it was not.
 */
export function forbidTelemetry(): void {
  if (process.env[SWITCH] === '1') return
  if (!isMainThread) throw new Error('telemetry is to be forbidden before a worker is started that computes models')
  process.env[SWITCH] = '1'
}
