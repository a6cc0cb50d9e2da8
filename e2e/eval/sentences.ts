import type { InstalledModel } from '../../electron/core/models/model-spec.ts'
import type { Embedder } from '../../electron/core/ports.ts'
import type { Block } from './block.ts'
import { directTextModel } from './direct/text-model.ts'
import { flickr8k } from './pictures-with-captions.ts'
import type { Vectors } from './same-results.ts'
import { compareRecall, directPlaces, leastAlike, productPlaces } from './same-results.ts'
import { vectorLibrary } from './vector-library.ts'

interface Texts { queries: string[], passages: string[] }

async function byProduct(model: Embedder, { queries, passages }: Texts, signal: AbortSignal): Promise<Vectors> {
  return { questions: await model.embed({ of: 'queries', texts: queries }, signal), items: await model.embed({ of: 'passages', texts: passages }, signal) }
}

async function byDirectScript(model: InstalledModel, { queries, passages }: Texts, signal: AbortSignal): Promise<Vectors> {
  const direct = await directTextModel(model)
  const made: Vectors = { questions: [], items: [] }
  for (const text of queries) made.questions.push(await direct.text(text, 'query'))
  for (const text of passages) {
    signal.throwIfAborted()
    made.items.push(await direct.text(text, 'passage'))
  }
  await direct.close()
  return made
}

/** The first caption of each picture as a query, the four others of all pictures as passages: is one of the same picture found? */
export const sentences: Block = {
  name: 'sentences',
  title: 'Sentence to sentence',
  run: async ({ models, installed, print, signal }) => {
    const [model, files, pictures] = [await models.text(), await installed('text'), flickr8k()]
    if (model === null || files === null) return { skipped: 'no text model' }
    if (pictures.length === 0) return { skipped: 'the shared captions are not here' }
    const texts: Texts = { queries: pictures.map(({ captions }) => captions[0]!), passages: pictures.flatMap(({ captions }) => captions.slice(1)) }
    const owner = pictures.flatMap(({ captions }, picture) => captions.slice(1).map(() => picture))
    print(`  model ${model.id}, ${texts.queries.length} captions as queries, ${texts.passages.length} others as passages; right is any of the same picture`)
    const isRight = (question: number, item: number): boolean => owner[item] === question
    const product = await byProduct(model, texts, signal)
    const library = await vectorLibrary(product.items, { model: model.id, modality: 'text' })
    const places = productPlaces(product.questions, library.nearest, isRight)
    library.close()
    const direct = await byDirectScript(files, texts, signal)
    print(`  the least cosine between the vectors of both: queries ${leastAlike(product.questions, direct.questions).toFixed(6)}, passages ${leastAlike(product.items, direct.items).toFixed(6)}`)
    return compareRecall(places, directPlaces(direct, isRight), print) ? 'passed' : 'failed'
  },
}
