import type { InferenceSession, Tensor } from 'onnxruntime-node'
import type { ModelSpec } from '../../electron/core/models/model-spec.ts'
import { damaged } from './model-errors.ts'

/** Names under which exports give one vector an item: CLIP, SigLIP, sentence-transformers, bge-m3. The first that is there is taken. */
const READY = ['image_embeds', 'text_embeds', 'sentence_embedding', 'dense_vecs', 'pooler_output']
/** Names under which they give one vector for each token. */
const PER_TOKEN = ['last_hidden_state', 'token_embeddings']

/** The output that holds the vectors of a graph. Throws MODEL_DAMAGED where there is none. */
export function vectorOutput(session: InferenceSession, wanted: 'ready' | 'per-token', spec: ModelSpec): string {
  const name = (wanted === 'ready' ? READY : PER_TOKEN).find((known) => session.outputNames.includes(known))
  if (name === undefined) throw damaged(spec, `it gives ${session.outputNames.join(', ')}, and none of them is a vector that is known here`)
  return name
}

/** The numbers of an output. Throws MODEL_DAMAGED where they are no floating point numbers of 32 bits. */
export function numbersOf(output: InferenceSession.OnnxValueMapType, name: string, spec: ModelSpec): { values: Float32Array, dims: readonly number[] } {
  const tensor: Tensor | undefined = output[name]
  if (tensor?.data instanceof Float32Array) return { values: tensor.data, dims: tensor.dims }
  throw damaged(spec, `"${name}" is no list of 32-bit numbers`)
}

/** Which places of the rows count: 1, or 0 for what was filled up. */
interface Rows { rows: number, length: number, mask: number[] }

function meanOf(values: Float32Array, { from, length, width }: { from: number, length: number, width: number }, mask: number[]): Float32Array {
  const sums = new Float64Array(width)
  let count = 0
  for (let at = from; at < from + length; at++) {
    if (mask[at] !== 1) continue
    count++
    for (let index = 0; index < width; index++) sums[index] = (sums[index] ?? 0) + (values[at * width + index] ?? 0)
  }
  return Float32Array.from(sums, (sum) => sum / Math.max(1, count))
}

/** One vector a row from those of its tokens, `width` numbers each. */
export function pooled(values: Float32Array, { rows, length, mask }: Rows, options: { width: number, pooling: 'mean' | 'cls' | 'last' }): Float32Array[] {
  const { width, pooling } = options
  const at = (place: number): Float32Array => values.slice(place * width, (place + 1) * width)
  return Array.from({ length: rows }, (_, row) => {
    const from = row * length
    switch (pooling) {
      case 'mean': return meanOf(values, { from, length, width }, mask)
      case 'cls': return at(from)
      case 'last': return at(mask.lastIndexOf(1, from + length - 1))
    }
  })
}

/** The vector with length 1, checked against what the model promises. Throws MODEL_DAMAGED for another number of numbers, and for what is no number. */
export function unitVector(vector: Float32Array, spec: ModelSpec): Float32Array {
  if (spec.dimensions !== null && vector.length !== spec.dimensions) {
    throw damaged(spec, `its vectors have ${vector.length} numbers, and its description says ${spec.dimensions}`)
  }
  let sum = 0
  for (const value of vector) sum += value * value
  if (!Number.isFinite(sum)) throw damaged(spec, 'its vectors are no numbers')
  const length = Math.sqrt(sum)
  return length === 0 ? vector : vector.map((value) => value / length)
}
