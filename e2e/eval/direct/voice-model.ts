import { Tensor } from 'onnxruntime-node'
import type { InstalledModel } from '../../../electron/core/models/model-spec.ts'
import { bareSession, numbers } from './model-files.ts'

/** How likely speech is in each 32 ms, by nothing but the ONNX file: 64 samples from before, then 512 new ones. */
export async function directVoice(model: InstalledModel, samples: Float32Array): Promise<Float32Array> {
  const session = await bareSession(model, 'model')
  const sr = new Tensor('int64', BigInt64Array.of(16_000n), [])
  let state = new Tensor('float32', new Float32Array(256), [2, 1, 128])
  const likely: number[] = []
  for (let from = 0; from + 512 <= samples.length; from += 512) {
    const input = new Float32Array(576)
    input.set(samples.subarray(Math.max(0, from - 64), from + 512), from === 0 ? 64 : 0)
    const output = await session.run({ input: new Tensor('float32', input, [1, 576]), state, sr })
    likely.push(numbers(output, ['output']).values[0]!)
    state = new Tensor('float32', numbers(output, ['stateN']).values, [2, 1, 128])
  }
  await session.release()
  return Float32Array.from(likely)
}
