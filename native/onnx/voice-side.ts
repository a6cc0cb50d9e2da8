import { Tensor } from 'onnxruntime-node'
import type { InstalledModel } from '../../electron/core/models/model-spec.ts'
import type { VoiceState } from '../../electron/core/ports.ts'
import { damaged } from './model-errors.ts'
import { openRole, runner } from './session.ts'
import { numbersOf } from './vectors.ts'

// Silero VAD 5 and 6 at 16 kHz (snakers4/silero-vad, utils_vad.py): windows of 512 samples, each with the 64 before it, and a memory of 2 x 128 numbers.
const WINDOW = 512
const CONTEXT = 64
const MEMORY = 2 * 128

/** Tells speech from everything else, with Silero's voice detector. */
export interface VoiceSide {
  /** `between` is called before each window and may throw to stop. */
  hear(samples: Float32Array, state: VoiceState | null, between: () => void): Promise<{ likely: Float32Array, state: VoiceState }>
  close(): Promise<void>
}

/** Opens a voice detector. Throws MODEL_DAMAGED for a graph with other inputs. */
export async function openVoiceSide(model: InstalledModel, threads: number): Promise<VoiceSide> {
  const session = await openRole(model, 'model', threads)
  if (['input', 'state', 'sr'].some((name) => !session.inputNames.includes(name)) || ['output', 'stateN'].some((name) => !session.outputNames.includes(name))) {
    throw damaged(model.spec, 'it is no voice detector of Silero\'s, version 5 or later')
  }
  const run = runner(session, model.spec)
  const rate = new Tensor('int64', BigInt64Array.of(16_000n), [])

  return {
    hear: async (samples, before, between) => {
      // What was heard just before the first sample, then what did not fill a window, then what is new.
      const known = before?.memory.subarray(MEMORY) ?? new Float32Array(CONTEXT)
      const tail = before?.tail ?? new Float32Array(0)
      const sound = new Float32Array(CONTEXT + tail.length + samples.length)
      sound.set(known)
      sound.set(tail, CONTEXT)
      sound.set(samples, CONTEXT + tail.length)
      const windows = Math.floor((sound.length - CONTEXT) / WINDOW)
      const likely = new Float32Array(windows)
      let memory = before?.memory.slice(0, MEMORY) ?? new Float32Array(MEMORY)
      for (let index = 0; index < windows; index++) {
        between()
        const input = new Tensor('float32', sound.subarray(index * WINDOW, index * WINDOW + CONTEXT + WINDOW), [1, CONTEXT + WINDOW])
        const result = await run({ input, state: new Tensor('float32', memory, [2, 1, 128]), sr: rate }, ['output', 'stateN'])
        likely[index] = numbersOf(result, 'output', model.spec).values[0] ?? 0
        memory = numbersOf(result, 'stateN', model.spec).values.slice()
        if (!Number.isFinite(likely[index])) throw damaged(model.spec, 'what it says is no number')
      }
      const heard = windows * WINDOW
      const kept = new Float32Array(MEMORY + CONTEXT)
      kept.set(memory)
      kept.set(sound.subarray(heard, heard + CONTEXT), MEMORY)
      return { likely, state: { memory: kept, tail: sound.slice(heard + CONTEXT) } }
    },
    close: async () => session.release(),
  }
}
