import { z } from 'zod'
import { AppError } from '../../errors.ts'
import type { Chunk, Stage, StageInput, StageTools } from '../stage.ts'
import { StageSkipped } from '../stage.ts'
import type { Row } from '../rows.ts'

/** Scenes a chunk: some seconds of work, so that is what a crash may cost. */
const SCENES_A_CHUNK = 16

const Position = z.object({ model: z.string(), afterPts: z.number().nullable() })

function readPosition(resumeFrom: string | null, model: string): number | null {
  if (resumeFrom === null) return null
  const position = Position.parse(JSON.parse(resumeFrom))
  return position.model === model ? position.afterPts : null // another model begins at the beginning
}

/** A model that can not be opened is no fault of the video's: it goes without, as where there is no model. */
async function orSkip<Value>(asked: Promise<Value>): Promise<Value> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof AppError && error.code === 'MODEL_MISSING') throw new StageSkipped(error.message)
    throw error
  }
}

async function* run(input: StageInput, tools: StageTools, signal: AbortSignal): AsyncGenerator<Chunk> {
  const model = await tools.models.pictures()
  if (model === null) throw new StageSkipped('no picture model: scenes are found by what is said and by their colours')
  const afterPts = readPosition(input.resumeFrom, model.id)
  const all = tools.storedScenes()
  const due = all.filter(({ startPts }) => afterPts === null || startPts > afterPts)
  for (let first = 0; first < due.length; first += SCENES_A_CHUNK) {
    const scenes = due.slice(first, first + SCENES_A_CHUNK)
    const rows: Row[] = []
    for (const { id, keyframePath } of scenes) {
      signal.throwIfAborted()
      if (keyframePath === null) continue
      const [vector] = await orSkip(model.embed({ of: 'pictures', files: [keyframePath] }, signal))
      if (vector === undefined) throw new AppError('INTERNAL', { message: `The picture model gave nothing for ${keyframePath}.` })
      rows.push({ kind: 'vector', sceneId: id, model: model.id, modality: 'picture', part: 0, atSeconds: 0, vector })
    }
    const last = scenes.at(-1)?.startPts ?? null
    yield { rows, replaces: null, position: JSON.stringify({ model: model.id, afterPts: last }), progress: (all.length - due.length + first + scenes.length) / all.length }
  }
}

/** One vector of each scene's key frame, by the picture model that is installed. Skipped with a note where there is none. */
export const pictureVectors: Stage = { name: 'picture-vectors', version: 1, needs: ['probe', 'scan'], resource: 'inference', run }
