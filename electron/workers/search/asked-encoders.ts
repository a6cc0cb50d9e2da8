import { encoderProtocol } from '../../contract/search-worker.ts'
import type { Modality } from '../../core/store/vector-index.ts'
import type { QueryEncoder, QueryEncoders } from '../../core/search/answering.ts'
import { AppError } from '../../core/errors.ts'
import { createClient } from '../../rpc/client.ts'
import type { Channel } from '../../rpc/wire.ts'

/** The models of the engine, asked over a channel. */
export function askedEncoders(channel: Channel): QueryEncoders {
  const client = createClient(encoderProtocol, channel)
  const encoder = (model: string): QueryEncoder => ({
    id: model,
    embed: async (batch, signal) => {
      if (batch.of !== 'queries') throw new AppError('INTERNAL', { message: 'A search asks for the vectors of queries only.' })
      return (await client.call('embed', { model, texts: batch.texts }, signal)).vectors
    },
  })
  const chosen = async (modality: Modality): Promise<QueryEncoder | null> => {
    const { model } = await client.call('chosen', { modality })
    return model === null ? null : encoder(model)
  }
  return {
    pictures: () => chosen('picture'),
    text: () => chosen('text'),
    embedderOf: async (model) => (await client.call('named', { model })).isInstalled ? encoder(model) : null,
  }
}
