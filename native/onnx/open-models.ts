import { AppError } from '../../electron/core/errors.ts'
import type { InstalledModel } from '../../electron/core/models/model-spec.ts'
import type { PictureSide } from './picture-side.ts'
import { openPictureSide } from './picture-side.ts'
import type { SessionPool } from './session-pool.ts'
import { sessionPool } from './session-pool.ts'
import type { TextSide } from './text-side.ts'
import { openTextSide } from './text-side.ts'
import type { VoiceSide } from './voice-side.ts'
import { openVoiceSide } from './voice-side.ts'

/** All that is open in the worker. The two halves of a picture model are opened each for itself: a search needs no pictures. */
export interface OpenModels {
  pictures: SessionPool<PictureSide>
  texts: SessionPool<TextSide>
  voices: SessionPool<VoiceSide>
  /** Closes what nobody used since then, milliseconds of `performance.now()`; true when nothing is left. */
  sweep(sinceMs: number): Promise<boolean>
  /** Closes everything of a folder. */
  release(folder: string): Promise<void>
}

/** Models are opened at their first use. `warn` is told of one that does not work as it did at its install. */
export function openModels(threads: number, warn: (text: string) => void): OpenModels {
  // What computed at the install may be gone today, as a graphics driver is after an update: then the processor does it.
  const orByProcessor = <Opened>(open: (model: InstalledModel, threads: number) => Promise<Opened>) => async (model: InstalledModel): Promise<Opened> => {
    try {
      return await open(model, threads)
    } catch (error) {
      if (model.provider === 'cpu' || !(error instanceof AppError) || error.code !== 'MODEL_DAMAGED') throw error
      const opened = await open({ ...model, provider: 'cpu' }, threads)
      warn(`${model.spec.id} is computed by the processor: ${error.message}`)
      return opened
    }
  }
  const pictures = sessionPool(orByProcessor(openPictureSide))
  const texts = sessionPool(orByProcessor(openTextSide))
  const voices = sessionPool(orByProcessor(openVoiceSide))
  const all = [pictures, texts, voices]
  return {
    pictures, texts, voices,
    sweep: async (sinceMs) => {
      await Promise.all(all.map((pool) => pool.sweep(sinceMs)))
      return all.every((pool) => pool.count() === 0)
    },
    release: async (folder) => { await Promise.all(all.map((pool) => pool.release(folder))) },
  }
}
