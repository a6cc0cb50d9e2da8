import type { QueryEncoders } from '../../../electron/core/search/answering.ts'
import { AppError } from '../../../electron/core/errors.ts'
import { PICTURE_MODEL } from './library-maker.ts'
import type { SyntheticVectors } from './synthetic-vectors.ts'

const never = async (): Promise<null> => null

/** Nobody has installed a model. */
export const noModels: QueryEncoders = { pictures: never, text: never, embedderOf: never }

function numberOf(text: string): number {
  let number = 7
  for (const character of text) number = (Math.imul(number, 31) + character.charCodeAt(0)) >>> 0
  return number
}

/** In the place of a picture model: gives each text a synthetic vector of its own, at once. */
export function knownEncoder(vectors: SyntheticVectors): QueryEncoders {
  const encoder = {
    id: PICTURE_MODEL,
    embed: async (batch: { of: string, texts?: string[] }) => {
      if (batch.texts === undefined) throw new AppError('INTERNAL', { message: `The bench has no ${batch.of} to look at.` })
      return batch.texts.map((text) => vectors.ofQuestion(numberOf(text)))
    },
  }
  return { pictures: async () => encoder, text: never, embedderOf: async (model) => model === PICTURE_MODEL ? encoder : null }
}
