import type { InferenceSession } from 'onnxruntime-node'
import { Tensor } from 'onnxruntime-node'
import type { ModelSpec } from '../../electron/core/models/model-spec.ts'
import { damaged } from './model-errors.ts'
import type { Tokens } from './tokens.ts'

/** Several texts, filled up to one length: row after row. */
export interface TextRows { rows: number, length: number, ids: number[], mask: number[] }

/** The rows for texts of these ids. */
export function textRows(texts: number[][], length: number, tokens: Pick<Tokens, 'pad' | 'usesMask'>): TextRows {
  const filled = <Value>(row: number[], value: Value, of: (id: number) => Value): Value[] => Array.from({ length }, (_, at) => at < row.length ? of(row[at] ?? 0) : value)
  return {
    rows: texts.length, length,
    ids: texts.flatMap((row) => filled(row, tokens.pad, (id) => id)),
    mask: texts.flatMap((row) => filled(row, tokens.usesMask ? 0 : 1, () => 1)),
  }
}

function wholeNumbers(type: string, values: number[], dims: number[]): Tensor {
  return type === 'int32' ? new Tensor('int32', Int32Array.from(values), dims) : new Tensor('int64', BigInt64Array.from(values, BigInt), dims)
}

/** What a graph is given for texts: those of the known inputs that it has. Throws MODEL_DAMAGED for a graph that wants something else. */
export function textFeeds(session: InferenceSession, { rows, length, ids, mask }: TextRows, spec: ModelSpec): Record<string, Tensor> {
  const dims = [rows, length]
  const known: Record<string, () => number[]> = {
    input_ids: () => ids,
    attention_mask: () => mask,
    token_type_ids: () => ids.map(() => 0),
    position_ids: () => ids.map((_, at) => at % length),
  }
  return Object.fromEntries(session.inputMetadata.map((input) => {
    const values = known[input.name]
    if (values === undefined) throw damaged(spec, `it wants an input "${input.name}", which nobody here knows`)
    return [input.name, wholeNumbers(input.isTensor ? input.type : '', values(), dims)]
  }))
}
