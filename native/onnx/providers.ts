import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { listSupportedBackends } from 'onnxruntime-node'
import { forbidTelemetry } from './no-telemetry.ts'

// Tried only where its device or its library is: opening it without them prints warnings and takes time for nothing.
function hasGraphicsDevice(): boolean {
  return existsSync('/dev/dri') && readdirSync('/dev/dri').some((name) => name.startsWith('renderD'))
}

function hasCuda(): boolean {
  const runtime = path.resolve(path.dirname(createRequire(import.meta.url).resolve('onnxruntime-node')), '..')
  return existsSync(path.join(runtime, 'bin', 'napi-v6', process.platform, process.arch, 'libonnxruntime_providers_cuda.so'))
}

const wanted: Partial<Record<NodeJS.Platform, { name: string, isHere(): boolean }[]>> = {
  darwin: [{ name: 'coreml', isHere: () => process.arch === 'arm64' }],
  win32: [{ name: 'dml', isHere: () => true }],
  linux: [{ name: 'cuda', isHere: hasCuda }, { name: 'webgpu', isHere: hasGraphicsDevice }],
}

/** ONNX Runtime's names of what may compute on this machine, the processor first. Whether the others really can is found out by trying. */
export function providersHere(): string[] {
  forbidTelemetry()
  const built = new Set(listSupportedBackends().map(({ name }) => name))
  const others = (wanted[process.platform] ?? []).filter(({ name, isHere }) => built.has(name) && isHere())
  return ['cpu', ...others.map(({ name }) => name)]
}
