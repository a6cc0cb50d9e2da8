import type { SearchAnswer, SearchWeights } from '../../../electron/contract/search.ts'
import { SceneId } from '../../../electron/contract/ids.ts'
import { SearchInput } from '../../../electron/contract/search.ts'
import type { QueryEncoders } from '../../../electron/core/search/answering.ts'
import type { SearchTools } from '../../../electron/core/search/asked-search.ts'
import { learnUsual } from '../../../electron/core/pipeline/usual/learn.ts'
import { searchScenes } from '../../../electron/core/search/search-scenes.ts'
import { storedVectors } from '../../../electron/core/search/stored-vectors.ts'
import { indexWords } from '../../../electron/core/store/scene-words.ts'
import { addScene } from '../../../electron/core/store/scenes.ts'
import { addSegment } from '../../../electron/core/store/speech.ts'
import { testClock, testLibrary, testVideo } from '../../../electron/core/store/test-library.ts'
import type { Modality } from '../../../electron/core/store/vector-index.ts'
import { putVector } from '../../../electron/core/store/vectors.ts'
import type { Embedder } from '../../../electron/core/ports.ts'
import type { KnownScene } from './known-scenes.ts'

/** The two models, each of which computes everything once. */
export interface KnownModels {
  encoders: QueryEncoders
  /** Those that are there. */
  all: { model: Embedder, modality: Modality }[]
  /** The vector of a picture file; null without a model. */
  picture(file: string): Promise<{ model: string, vector: Float32Array } | null>
  /** The vector of something said; null without a model. */
  passage(text: string): Promise<{ model: string, vector: Float32Array } | null>
}

/** Asks a model for each thing once, however often it is asked for. */
function once(ask: (one: string) => Promise<Float32Array>): (one: string) => Promise<Float32Array> {
  const known = new Map<string, Promise<Float32Array>>()
  return (one) => {
    const found = known.get(one) ?? ask(one)
    known.set(one, found)
    return found
  }
}

export function knownModels(models: { pictures: Embedder | null, text: Embedder | null }, signal: AbortSignal): KnownModels {
  const of = (model: Embedder | null, what: 'pictures' | 'passages' | 'queries'): ((one: string) => Promise<Float32Array>) => once(async (one) => {
    const batch = what === 'pictures' ? { of: what, files: [one] } : { of: what, texts: [one] }
    const [vector] = await model!.embed(batch, signal)
    return vector!
  })
  const encoder = (model: Embedder | null): Embedder | null => {
    const query = of(model, 'queries')
    return model && { ...model, id: model.id, dimensions: model.dimensions, embed: async (batch) => batch.of === 'queries' ? Promise.all(batch.texts.map(query)) : [] }
  }
  const [pictures, text, picture, passage] = [encoder(models.pictures), encoder(models.text), of(models.pictures, 'pictures'), of(models.text, 'passages')]
  return {
    all: [...pictures === null ? [] : [{ model: pictures, modality: 'picture' as const }], ...text === null ? [] : [{ model: text, modality: 'text' as const }]],
    encoders: { pictures: async () => pictures, text: async () => text, embedderOf: async () => null },
    picture: async (file) => pictures && { model: pictures.id, vector: await picture(file) },
    passage: async (said) => text && { model: text.id, vector: await passage(said) },
  }
}

/** A library of known scenes, each a video of its own, searched as the product does it. */
export interface SearchLibrary {
  ask(query: string, asked: { weights: SearchWeights, limit: number }): Promise<SearchAnswer>
  close(): void
}

const START_PTS = 500
const END_PTS = 10_500
const MIDDLE = 5

/** With ids of its own: other videos were there before. */
export async function searchLibrary(scenes: readonly KnownScene[], models: KnownModels, signal: AbortSignal): Promise<SearchLibrary> {
  const library = await testLibrary()
  const { db } = library
  const vectors = await Promise.all(scenes.map(async ({ said, picture }) => ({
    picture: picture === null ? null : await models.picture(picture), text: said === null ? null : await models.passage(said),
  })))
  db.transaction(() => {
    for (const [at, { name, said }] of scenes.entries()) {
      const video = testVideo(library, name)
      if (said !== null) addSegment(db, video, { source: 'embedded:0', language: 'en', startSeconds: 0, endSeconds: 10, text: said, words: [] })
      const sceneId = SceneId.parse(addScene(db, video, { startPts: START_PTS, endPts: END_PTS, keyframePts: START_PTS, motion: 0, brightness: 0.5, colours: [] }))
      indexWords(db, video, null)
      for (const modality of ['picture', 'text'] satisfies Modality[]) {
        const made = vectors[at]?.[modality]
        if (made) putVector(db, { sceneId, ...made, modality, part: 0, atSeconds: MIDDLE })
      }
    }
  })
  for (const one of models.all) await learnUsual(db, one, signal)
  const tools: SearchTools = { database: db, clock: testClock, encoders: models.encoders, vectors: storedVectors(db) }
  return {
    ask: (query, { weights, limit }) => searchScenes(SearchInput.parse({ query, weights, limit }), tools, signal),
    close: library.close,
  }
}
