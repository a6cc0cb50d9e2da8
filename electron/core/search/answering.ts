import type { VideoId } from '../../contract/ids.ts'
import { AppError } from '../errors.ts'
import type { Embedder, Models, ReadDatabase } from '../ports.ts'
import { coveringModels, coversBeside } from '../store/vector-covers.ts'
import type { Modality } from '../store/vector-index.ts'
import { hasVectors } from '../store/vectors.ts'
import { videoNames } from '../store/word-index.ts'

/** Turns the text of a query into a vector that others can be compared with. */
export type QueryEncoder = Pick<Embedder, 'id' | 'embed'>

/** The models that a search may ask; null where none is installed. */
export type QueryEncoders = {
  [Ask in keyof Pick<Models, 'pictures' | 'text' | 'embedderOf'>]: (...asked: Parameters<Models[Ask]>) => Promise<QueryEncoder | null>
}

/** Who answers a query: each model for its own videos, all of them when null. */
export interface Answering {
  models: { encoder: QueryEncoder, videos: VideoId[] | null }[]
  /** Videos that only models have looked at that are not here any more. */
  unanswered: number
}

async function installedBeside(encoders: QueryEncoders, models: readonly string[]): Promise<Map<string, QueryEncoder>> {
  const asked = await Promise.all(models.map(async (model) => [model, await encoders.embedderOf(model)] as const))
  return new Map(asked.flatMap(([model, encoder]) => encoder === null ? [] : [[model, encoder]]))
}

/** The videos that the chosen model does not cover and an installed one does, by that model. */
function videosOfOthers(covers: readonly { videoId: VideoId, model: string }[], installed: ReadonlyMap<string, QueryEncoder>): Map<string, VideoId[]> {
  const taken = new Set<VideoId>()
  const byModel = new Map<string, VideoId[]>()
  for (const { videoId, model } of covers) {
    if (taken.has(videoId) || !installed.has(model)) continue
    taken.add(videoId)
    const videos = byModel.get(model)
    if (videos === undefined) byModel.set(model, [videoId])
    else videos.push(videoId)
  }
  return byModel
}

function chosenFor(modality: Modality, encoders: QueryEncoders): Promise<QueryEncoder | null> {
  return modality === 'picture' ? encoders.pictures() : encoders.text()
}

/**
 * The models that answer: while a new one takes the place of another, each video is answered for by the new one once its vectors cover it,
 * and by the one before until then. Throws MODEL_MISSING and MODEL_DAMAGED of the chosen model.
 */
export async function whoAnswers(db: ReadDatabase, modality: Modality, encoders: QueryEncoders): Promise<Answering> {
  const chosen = await chosenFor(modality, encoders)
  const covering = coveringModels(db, modality)
  const isChosenThere = chosen !== null && hasVectors(db, { model: chosen.id, modality })
  const own: Answering['models'] = isChosenThere ? [{ encoder: chosen, videos: null }] : []
  if (covering.every((model) => model === chosen?.id)) return { models: own, unanswered: 0 }
  const covers = coversBeside(db, modality, chosen?.id ?? null)
  const installed = await installedBeside(encoders, covering.filter((model) => model !== chosen?.id))
  const others = videosOfOthers(covers, installed)
  const taken = new Set([...others.values()].flat())
  const rest = taken.size === 0 ? null : videoNames(db).map(({ id }) => id).filter((id) => !taken.has(id))
  return {
    models: [
      ...own.map(({ encoder }) => ({ encoder, videos: rest })),
      ...[...installed].flatMap(([model, encoder]) => others.has(model) ? [{ encoder, videos: others.get(model) ?? [] }] : []),
    ],
    unanswered: new Set(covers.map(({ videoId }) => videoId)).size - taken.size,
  }
}

/** A model that can not be used takes away what it would find, and nothing else: what it says goes into the notes. */
export async function orNote<Value>(asked: Promise<Value>, notes: string[], otherwise: Value): Promise<Value> {
  try {
    return await asked
  } catch (error) {
    if (!(error instanceof AppError) || (error.code !== 'MODEL_MISSING' && error.code !== 'MODEL_DAMAGED')) throw error
    if (!notes.includes(error.message)) notes.push(error.message)
    return otherwise
  }
}
