import type { Embedder } from '../../electron/core/ports.ts'
import type { InstalledModel } from '../../electron/core/models/model-spec.ts'
import type { Block, Setting } from './block.ts'
import { directPictureModel } from './direct/picture-model.ts'
import type { CaptionedPicture } from './pictures-with-captions.ts'
import { flickr8k } from './pictures-with-captions.ts'
import { firstRight } from './ranks.ts'
import { searchBox } from './search-box.ts'
import type { Vectors } from './same-results.ts'
import { compareRecall, directPlaces, leastAlike, productPlaces, recallLine } from './same-results.ts'
import { vectorLibrary } from './vector-library.ts'

/** As many as the stage that makes vectors asks for at a time, about. */
const AT_A_TIME = 16

async function byProduct(model: Embedder, pictures: readonly CaptionedPicture[], signal: AbortSignal): Promise<Vectors> {
  const items: Float32Array[] = []
  const questions: Float32Array[] = []
  for (let first = 0; first < pictures.length; first += AT_A_TIME) {
    const some = pictures.slice(first, first + AT_A_TIME)
    items.push(...await model.embed({ of: 'pictures', files: some.map(({ file }) => file) }, signal))
    questions.push(...await model.embed({ of: 'queries', texts: some.flatMap(({ captions }) => captions) }, signal))
  }
  return { items, questions }
}

async function byDirectScript(model: InstalledModel, pictures: readonly CaptionedPicture[], signal: AbortSignal): Promise<Vectors> {
  const direct = await directPictureModel(model)
  const made: Vectors = { items: [], questions: [] }
  for (const { file, captions } of pictures) {
    signal.throwIfAborted()
    made.items.push(await direct.picture(file))
    for (const caption of captions) made.questions.push(await direct.text(caption))
  }
  await direct.close()
  return made
}

/** The first caption of each picture typed into the search box: where its picture comes. */
async function asTyped(items: readonly Float32Array[], pictures: readonly CaptionedPicture[], setting: Setting): Promise<Record<'seen' | 'plain', (number | null)[]>> {
  const model = await setting.models.pictures()
  const box = await searchBox(items, model!.id, setting)
  const places: Record<'seen' | 'plain', (number | null)[]> = { seen: [], plain: [] }
  for (const [picture, { captions: [caption = ''] }] of pictures.entries()) {
    for (const [how, query] of [['seen', `seen:"${caption.replaceAll('"', '')}"`], ['plain', caption]] as const) {
      places[how].push(firstRight((await box.found(query)).places, (place) => place === picture))
    }
  }
  await box.close()
  return places
}

/** Each caption as a query for its picture among all pictures, through the product and through a script over the same ONNX files. */
export const textToPicture: Block = {
  name: 'text-to-picture',
  title: 'Text to picture',
  run: async (setting) => {
    const { models, installed, print, signal } = setting
    const [model, files, pictures] = [await models.pictures(), await installed('pictures'), flickr8k()]
    if (model === null || files === null) return { skipped: 'no picture model' }
    if (pictures.length === 0) return { skipped: 'the shared pictures are not here' }
    const owner = pictures.flatMap(({ captions }, picture) => captions.map(() => picture))
    print(`  model ${model.id}, ${pictures.length} pictures of Flickr8k, ${owner.length} captions as queries`)
    const isRight = (question: number, item: number): boolean => owner[question] === item
    const product = await byProduct(model, pictures, signal)
    const library = await vectorLibrary(product.items, { model: model.id, modality: 'picture' })
    const places = productPlaces(product.questions, library.nearest, isRight)
    library.close()
    const direct = await byDirectScript(files, pictures, signal)
    const expected = directPlaces(direct, isRight)
    print(`  the least cosine between the vectors of both: pictures ${leastAlike(product.items, direct.items).toFixed(6)}, texts ${leastAlike(product.questions, direct.questions).toFixed(6)}`)
    const isSame = compareRecall(places, expected, print)
    const typed = await asTyped(product.items, pictures, setting)
    print(`  the first captions of the ${pictures.length} pictures in the search box, as seen:"...":`)
    const isSameTyped = compareRecall(typed.seen, expected.filter((_, question) => owner[question] !== owner[question - 1]), print)
    print(`  the same as plain words (the small ones are not looked for): ${recallLine(typed.plain)}`)
    return isSame && isSameTyped ? 'passed' : 'failed'
  },
}
