import { z } from 'zod'
import { AppError } from '../errors.ts'
import type { EmbedBatch, Embedder } from '../ports.ts'
import { saysNothing } from '../says-nothing.ts'
import type { Row, VectorRow } from './rows.ts'
import type { Chunk, StageInput, StoredScene } from './stage.ts'

/** Scenes a chunk: some seconds of work, so that is what a crash may cost. */
const SCENES_A_CHUNK = 16

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

/** The vectors of the parts of scenes, chunk by chunk. A chunk replaces all that the model has said of its scenes before. */
export async function* vectorChunks({ model, modality, scenes: all, partsOf, batchOf }: VectorWork, input: StageInput, signal: AbortSignal): AsyncGenerator<Chunk> {
  const afterPts = readPosition(input.resumeFrom, model.id)
  const due = all.filter(({ startPts }) => afterPts === null || startPts > afterPts)
  let from = afterPts === null ? Number.MIN_SAFE_INTEGER : afterPts + 1
  for (let first = 0; first < due.length; first += SCENES_A_CHUNK) {
    signal.throwIfAborted()
    const scenes = due.slice(first, first + SCENES_A_CHUNK)
    const parts = scenes.flatMap(partsOf)
    const vectors = await embedded(model, batchOf(parts.map(({ item }) => item)), signal)
    const rows = parts.flatMap(({ sceneId, part, atSeconds }, at): Row[] => {
      const vector = vectors[at]
      return vector === undefined || saysNothing(vector) ? [] : [{ kind: 'vector', sceneId, model: model.id, modality, part, atSeconds, vector }]
    })
    const to = due[first + SCENES_A_CHUNK]?.startPts ?? Number.MAX_SAFE_INTEGER
    const position = JSON.stringify({ model: model.id, afterPts: scenes.at(-1)?.startPts ?? from })
    yield { rows, replaces: { from, to }, position, progress: (all.length - due.length + first + scenes.length) / all.length }
    from = to
  }
}
