import { encoderProtocol } from '../../contract/search-worker.ts'
import type { WorkingModel, WorkingModels } from '../../contract/search-worker.ts'
import type { QueryEncoder, QueryEncoders } from '../../core/search/answering.ts'
import { AppError } from '../../core/errors.ts'
import { asAppError } from '../../rpc/as-app-error.ts'
import { createClient } from '../../rpc/client.ts'
import type { Channel } from '../../rpc/wire.ts'
import { queryVectors } from './query-vectors.ts'

/** The models of the engine for one question, asked over a channel. */
export type EncodersFor = (models: WorkingModels) => QueryEncoders

async function throwingAppErrors<Value>(asked: Promise<Value>): Promise<Value> {
  try {
    return await asked
  } catch (error) {
    throw asAppError(error)
  }
}

/** The models of the engine. What they have computed of a text is remembered from question to question. */
export function askedEncoders(channel: Channel): EncodersFor {
  const client = createClient(encoderProtocol, channel)
  const vectors = queryVectors(async ({ model, text }, signal) => (await throwingAppErrors(client.call('embed', { model, text }, signal))).vector)
  return ({ edition, picture, text }) => {
    const encoder = (model: string): QueryEncoder => ({
      id: model,
      embed: async (batch, signal) => {
        if (batch.of !== 'queries') throw new AppError('INTERNAL', { message: 'A search asks for the vectors of queries only.' })
        return Promise.all(batch.texts.map((one) => vectors.of({ edition, model, text: one }, signal)))
      },
    })
    const chosen = (working: WorkingModel): QueryEncoder | null => {
      if ('error' in working) throw new AppError(working.error.code, working.error)
      return working.model === null ? null : encoder(working.model)
    }
    return {
      pictures: async () => chosen(picture),
      text: async () => chosen(text),
      embedderOf: async (model) => (await throwingAppErrors(client.call('named', { model }))).isInstalled ? encoder(model) : null,
    }
  }
}
