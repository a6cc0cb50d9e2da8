import { z } from 'zod'
import { AppError } from '../errors.ts'
import type { EmbedBatch, Embedder } from '../ports.ts'
import { saysNothing } from '../says-nothing.ts'
import type { Row, VectorRow } from './rows.ts'
import type { Chunk, StageInput, StoredScene } from './stage.ts'

/** Parts a chunk, about: some seconds of work, so that is what a crash may cost. A text is a small part of the work of a picture. */
const PARTS_A_CHUNK = { picture: 24, text: 96 }
/** Of scenes in which there is nothing. */
const SCENES_A_CHUNK = 200

const Position = z.object({ model: z.string(), afterPts: z.number() })

/** Start of the last scene that is done; null to begin at the beginning, as another model does. */
function readPosition(resumeFrom: string | null, model: string): number | null {
  if (resumeFrom === null) return null
  const position = Position.parse(JSON.parse(resumeFrom))
  return position.model === model ? position.afterPts : null
}

/** One vector for each item. Throws MODEL_DAMAGED where the model does not give what it promises, before any of it is stored. */
async function embedded(model: Embedder, batch: EmbedBatch, signal: AbortSignal): Promise<Float32Array[]> {
  const asked = batch.of === 'pictures' ? batch.files.length : batch.texts.length
  if (asked === 0) return []
  const vectors = await model.embed(batch, signal)
  const damaged = (message: string): AppError => new AppError('MODEL_DAMAGED', { message, hint: 'Install it again, or choose another one.' })
  if (vectors.length !== asked) throw damaged(`The model ${model.id} gave ${vectors.length} vectors for ${asked} ${batch.of}.`)
  const wrong = vectors.find(({ length }) => length !== model.dimensions)
  if (wrong !== undefined) throw damaged(`The model ${model.id} gives vectors of ${wrong.length} numbers, and should give ${model.dimensions}.`)
  return vectors
}

/** A picture or a passage of a scene: what is turned into a vector, and where it is. */
export type VectorPart = Pick<VectorRow, 'sceneId' | 'part' | 'atSeconds'> & { item: string }

export interface VectorWork {
  model: Embedder
  modality: VectorRow['modality']
  scenes: readonly StoredScene[]
  partsOf: (scene: StoredScene) => VectorPart[]
  batchOf: (items: string[]) => EmbedBatch
}

/** The same, with null for a picture that can not be read: one that a power cut has left half written is no reason to go without the others, nor any fault of the video. */
async function embeddedWhereReadable(items: string[], { model, batchOf }: Pick<VectorWork, 'model' | 'batchOf'>, signal: AbortSignal): Promise<(Float32Array | null)[]> {
  try {
    return await embedded(model, batchOf(items), signal)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'UNREADABLE') throw error
    if (items.length === 1) return [null]
    const vectors: (Float32Array | null)[] = []
    for (const item of items) vectors.push(...await embeddedWhereReadable([item], { model, batchOf }, signal))
    return vectors
  }
}

interface Portion { scenes: StoredScene[], parts: VectorPart[] }

/** Scenes for a chunk each. */
function* portions(scenes: readonly StoredScene[], { partsOf, modality }: VectorWork): Generator<Portion> {
  let open: Portion = { scenes: [], parts: [] }
  for (const scene of scenes) {
    open.scenes.push(scene)
    open.parts.push(...partsOf(scene))
    if (open.parts.length < PARTS_A_CHUNK[modality] && open.scenes.length < SCENES_A_CHUNK) continue
    yield open
    open = { scenes: [], parts: [] }
  }
  if (open.scenes.length > 0) yield open
}

/** The vectors of the parts of scenes, chunk by chunk. A chunk replaces all that the model has said of its scenes before. */
export async function* vectorChunks(work: VectorWork, input: StageInput, signal: AbortSignal): AsyncGenerator<Chunk> {
  const { model, modality, scenes: all } = work
  const afterPts = readPosition(input.resumeFrom, model.id)
  const due = all.filter(({ startPts }) => afterPts === null || startPts > afterPts)
  let from = afterPts === null ? Number.MIN_SAFE_INTEGER : afterPts + 1
  let done = all.length - due.length
  let unreadable = 0
  for (const { scenes, parts } of portions(due, work)) {
    signal.throwIfAborted()
    const vectors = await embeddedWhereReadable(parts.map(({ item }) => item), work, signal)
    unreadable += vectors.filter((vector) => vector === null).length
    const rows = parts.flatMap(({ sceneId, part, atSeconds }, at): Row[] => {
      const vector = vectors[at]
      return vector === undefined || vector === null || saysNothing(vector) ? [] : [{ kind: 'vector', sceneId, model: model.id, modality, part, atSeconds, vector }]
    })
    done += scenes.length
    const last = scenes.at(-1)?.startPts ?? from
    const to = done === all.length ? Number.MAX_SAFE_INTEGER : last + 1
    yield { rows, replaces: { from, to }, position: JSON.stringify({ model: model.id, afterPts: last }), progress: done / all.length, ...unreadable === 0 ? {} : { note: `pictures left out that can not be read: ${String(unreadable)}` } }
    from = to
  }
}
