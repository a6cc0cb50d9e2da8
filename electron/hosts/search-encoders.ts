import { encoderProtocol } from '../contract/search-worker.ts'
import type { WorkingModel, WorkingModels } from '../contract/search-worker.ts'
import { AppError, toErrorShape } from '../core/errors.ts'
import type { Embedder, SearchedModels } from '../core/ports.ts'
import type { Service } from '../rpc/server.ts'

/** What the thread that searches asks of the models. */
export function encoderService(models: SearchedModels): Service<typeof encoderProtocol> {
  const named = async (model: string): Promise<Embedder> => {
    const found = await models.embedderOf(model)
    if (found !== null) return found
    throw new AppError('MODEL_MISSING', { message: `The model ${model} is not installed any more.`, hint: 'Settings > Models shows what is there.' })
  }
  return {
    protocol: encoderProtocol,
    handlers: {
      named: async ({ model }) => ({ isInstalled: await models.embedderOf(model) !== null }),
      embed: async ({ model, text }, { signal }) => {
        const [vector] = await (await named(model)).embed({ of: 'queries', texts: [text] }, signal)
        if (vector === undefined) throw new AppError('INTERNAL', { message: `The model ${model} gave no vector.` })
        return { vector }
      },
    },
    subscribe: () => () => undefined,
  }
}

async function working(asked: Promise<Embedder | null>): Promise<WorkingModel> {
  try {
    return { model: (await asked)?.id ?? null }
  } catch (error) {
    if (error instanceof AppError) return { error: toErrorShape(error, 'the models') }
    throw error
  }
}

/**
 * Which models work now. It goes along with each question: asking back takes a round through an engine that may be busy with an import, and an
 * answer that is kept may be wrong.
 */
export async function workingModels(models: SearchedModels): Promise<WorkingModels> {
  const [edition, picture, text] = await Promise.all([models.edition(), working(models.pictures()), working(models.text())])
  return { edition, picture, text }
}
