import { Tensor } from 'onnxruntime-node'
import type { InstalledModel } from '../../../electron/core/models/model-spec.ts'
import { bareSession, numbers, plainTokenizer } from './model-files.ts'

/** A sentence model by nothing but its ONNX file: one text at a time, nothing filled up. Vectors as the model gives them. */
export interface DirectTextModel {
  text(text: string, of: 'query' | 'passage'): Promise<Float32Array>
  close(): Promise<void>
}

function pooled(values: Float32Array, width: number, pooling: InstalledModel['spec']['pooling']): Float32Array {
  const rows = values.length / width
  if (pooling === 'cls') return values.slice(0, width)
  if (pooling === 'last') return values.slice((rows - 1) * width)
  const mean = new Float32Array(width)
  for (let at = 0; at < values.length; at++) mean[at % width]! += values[at]! / rows
  return mean
}

export async function directTextModel(model: InstalledModel): Promise<DirectTextModel> {
  const tokenizer = plainTokenizer(model)
  const session = await bareSession(model, 'model')
  const { pooling, prefixes } = model.spec
  return {
    text: async (text, of) => {
      const ids = tokenizer.ids(prefixes[of] + text)
      const int64 = (value: (id: number) => number): Tensor => new Tensor('int64', BigInt64Array.from(ids, (id) => BigInt(value(id))), [1, ids.length])
      const feeds = { input_ids: int64((id) => id), attention_mask: int64(() => 1), token_type_ids: int64(() => 0) }
      const output = await session.run(Object.fromEntries(Object.entries(feeds).filter(([name]) => session.inputNames.includes(name))))
      if (pooling === 'own') return numbers(output, ['sentence_embedding', 'dense_vecs', 'pooler_output']).values
      const { values, width } = numbers(output, ['last_hidden_state', 'token_embeddings'])
      return pooled(values, width, pooling)
    },
    close: async () => session.release(),
  }
}
