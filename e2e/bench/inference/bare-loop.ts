import path from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import type { InstalledModel } from '../../../electron/core/models/model-spec.ts'
import { forbidTelemetry } from '../../../native/onnx/no-telemetry.ts'
import { readPictureRecipe } from '../../../native/onnx/picture-config.ts'
import { pictureFilter, readPixels } from '../../../native/onnx/picture-pixels.ts'

/** The least that can be done for a picture: the same preprocessing and the same file in a session, on this thread, and nothing around them. */
export interface BareLoop {
  run(files: readonly string[]): Promise<void>
  close(): Promise<void>
}

export async function bareLoop(model: InstalledModel): Promise<BareLoop> {
  const prepare = pictureFilter(await readPictureRecipe(model))
  forbidTelemetry()
  const session = await InferenceSession.create(path.join(model.folder, model.variant.roles.vision!), { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 4 })
  const [input, output] = [session.inputNames[0]!, session.outputNames[0]!]
  let spare: Float32Array | undefined
  return {
    run: async (files) => {
      for (const file of files) {
        const { values, width, height } = prepare(await readPixels(file), spare)
        await session.run({ [input]: new Tensor('float32', values, [1, 3, height, width]) }, [output])
        spare = values
      }
    },
    close: async () => session.release(),
  }
}
