import { Tensor } from 'onnxruntime-node'
import type { InferenceSession } from 'onnxruntime-node'
import type { InstalledModel } from '../../electron/core/models/model-spec.ts'
import { damaged } from './model-errors.ts'
import { readPictureRecipe } from './picture-config.ts'
import type { PictureInput } from './picture-pixels.ts'
import { pictureFilter, readPixels } from './picture-pixels.ts'
import { openRole, runner } from './session.ts'
import { numbersOf, unitVector, vectorOutput } from './vectors.ts'

/** Turns pictures into vectors of length 1, one by one: a batch gains nothing on a processor (measured, see ARCHITECTURE.md). */
export interface PictureSide {
  vector(picture: string | Uint8Array): Promise<Float32Array>
  close(): Promise<void>
}

/** Says before anything is computed that a graph takes pictures of another size than its configuration makes. */
function checkSize(session: InferenceSession, { width, height }: PictureInput, { spec }: InstalledModel): void {
  const input = session.inputMetadata[0]
  if (input?.isTensor !== true) return
  if (input.type !== 'float32') throw damaged(spec, `it takes pictures in ${input.type}, and only float32 is known here`)
  const [, , rows, columns] = input.shape
  if ((typeof rows === 'number' && rows !== height) || (typeof columns === 'number' && columns !== width)) {
    throw damaged(spec, `it takes pictures of ${columns}x${rows}, and its preprocessor_config.json makes ${width}x${height}`)
  }
}

/** Opens the half of a picture model that looks at pictures. */
export async function openPictureSide(model: InstalledModel, threads: number): Promise<PictureSide> {
  const prepare = pictureFilter(await readPictureRecipe(model))
  const session = await openRole(model, 'vision', threads)
  const run = runner(session, model.spec)
  const output = vectorOutput(session, 'ready', model.spec)
  const input = session.inputNames[0] ?? 'pixel_values'
  // Filled again for the next picture: a new array for each would be 600 kB of garbage a picture.
  let spare: Float32Array | undefined

  return {
    vector: async (picture) => {
      const pixels = await readPixels(picture)
      const prepared = prepare(pixels, spare)
      spare = undefined // while it is in use: another question may come between
      checkSize(session, prepared, model)
      const { values, width, height } = prepared
      const result = await run({ [input]: new Tensor('float32', values, [1, 3, height, width]) }, [output])
      spare = values
      return unitVector(numbersOf(result, output, model.spec).values, model.spec)
    },
    close: async () => session.release(),
  }
}
