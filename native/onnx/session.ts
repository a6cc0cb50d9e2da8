import { existsSync } from 'node:fs'
import path from 'node:path'
import { InferenceSession, listSupportedBackends } from 'onnxruntime-node'
import type { InstalledModel, ModelSpec } from '../../electron/core/models/model-spec.ts'
import { damaged, missing } from './model-errors.ts'
import { forbidTelemetry } from './no-telemetry.ts'

export interface SessionOptions {
  /** Of one operation. Two are slower than one where others work on the machine too (measured, see ARCHITECTURE.md). */
  threads: number
  /** ONNX Runtime's name of what computes: `cpu`, `coreml`, `dml`, `cuda`, `webgpu`. */
  provider: string
}

/** A bare session of ONNX Runtime over a file. Throws what ONNX Runtime throws. */
export async function openSession(file: string, { threads, provider }: SessionOptions): Promise<InferenceSession> {
  forbidTelemetry()
  // ONNX Runtime leaves out what it was not built with, without an error.
  if (!listSupportedBackends().some(({ name }) => name === provider)) throw new Error(`${provider} is not there on this machine`)
  return InferenceSession.create(path.resolve(file), {
    intraOpNumThreads: threads, interOpNumThreads: 1, logSeverityLevel: 4,
    // What the provider can not do is done by the processor.
    executionProviders: provider === 'cpu' ? ['cpu'] : [provider, 'cpu'],
  })
}

/** Where the file of a role lies; null where the model has none. */
function roleFile({ folder, variant }: InstalledModel, role: 'vision' | 'text' | 'model'): string | null {
  const file = variant.roles[role]
  return file === undefined ? null : path.resolve(folder, file)
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}

/** The session for a role of a model. Throws MODEL_MISSING where there is no such file, MODEL_DAMAGED for one that can not be opened. */
export async function openRole(model: InstalledModel, role: 'vision' | 'text' | 'model', threads: number): Promise<InferenceSession> {
  const file = roleFile(model, role)
  if (file === null) throw missing(model.spec, `it has no part for ${role === 'vision' ? 'pictures' : 'texts'}`)
  if (!existsSync(file)) throw missing(model.spec, `${file} is not there`)
  try {
    return await openSession(file, { threads, provider: model.provider })
  } catch (error) {
    throw damaged(model.spec, `${file} can not be opened with ${model.provider} (${firstLine(error)})`, error)
  }
}

/** A session that says whose it is when it can not compute: throws MODEL_DAMAGED. */
export function runner(session: InferenceSession, spec: ModelSpec): (feeds: InferenceSession.OnnxValueMapType, outputs: string[]) => Promise<InferenceSession.OnnxValueMapType> {
  return async (feeds, outputs) => {
    try {
      return await session.run(feeds, outputs)
    } catch (error) {
      throw damaged(spec, `it can not compute (${firstLine(error)})`, error)
    }
  }
}
