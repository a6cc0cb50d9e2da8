import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Tokenizer } from '@huggingface/tokenizers'
import { InferenceSession } from 'onnxruntime-node'
import { z } from 'zod'
import type { InstalledModel } from '../../../electron/core/models/model-spec.ts'
import { forbidTelemetry } from '../../../native/onnx/no-telemetry.ts'

// The direct script knows nothing of the product but where a model's files lie: what it computes is to be compared with the product.

/** The ONNX file of a role, opened with nothing but its path. */
export async function bareSession({ folder, variant }: InstalledModel, role: 'vision' | 'text' | 'model'): Promise<InferenceSession> {
  const file = variant.roles[role]
  if (file === undefined) throw new Error(`${folder} has no file for ${role}`)
  forbidTelemetry()
  return InferenceSession.create(path.join(folder, file), { intraOpNumThreads: 1, logSeverityLevel: 4 })
}

/** A JSON file of a model. */
export function modelJson<Value>({ folder }: InstalledModel, file: string, shape: z.ZodType<Value>): Value {
  return shape.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8')))
}

const TokenizerConfig = z.looseObject({ model_max_length: z.number(), pad_token: z.string() })

export interface PlainTokenizer { ids(text: string): number[], pad: number, longest: number }

/** The tokenizer of a model; a text that is too long loses its middle: what stands at its end, the end mark, stays. */
export function plainTokenizer(model: InstalledModel): PlainTokenizer {
  const config = modelJson(model, 'tokenizer_config.json', TokenizerConfig)
  const tokenizer = new Tokenizer(modelJson(model, 'tokenizer.json', z.looseObject({})), config)
  const longest = Math.min(config.model_max_length, model.spec.contextLength ?? 512)
  return {
    pad: tokenizer.token_to_id(config.pad_token) ?? 0,
    longest,
    ids: (text) => {
      const { ids } = tokenizer.encode(text)
      return ids.length <= longest ? ids : [...ids.slice(0, longest - 1), ids.at(-1)!]
    },
  }
}

/** The first output of these names, as numbers. */
export function numbers(output: InferenceSession.OnnxValueMapType, names: readonly string[]): { values: Float32Array, width: number } {
  for (const name of names) {
    const tensor = output[name]
    if (tensor?.data instanceof Float32Array) return { values: tensor.data, width: tensor.dims.at(-1)! }
  }
  throw new Error(`none of ${names.join(', ')} is among ${Object.keys(output).join(', ')}`)
}
