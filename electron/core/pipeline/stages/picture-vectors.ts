import { ptsToSeconds } from '../../facts.ts'
import type { Chunk, Stage, StageInput, StageTools } from '../stage.ts'
import { lacksModel, probedVideo } from '../stage.ts'
import { vectorChunks } from '../vector-chunks.ts'

async function* run(input: StageInput, tools: StageTools, signal: AbortSignal): AsyncGenerator<Chunk> {
  signal.throwIfAborted()
  const { media: { picture } } = probedVideo(input)
  const model = await tools.models.pictures()
  if (model === null) throw lacksModel('no picture model: scenes are found by what is said and by their colours')
  yield* vectorChunks({
    model,
    modality: 'picture',
    scenes: tools.storedScenes(),
    partsOf: ({ id, frames }) => frames.map(({ pts, path }, part) => ({ sceneId: id, part, atSeconds: ptsToSeconds(picture, pts), item: path })),
    batchOf: (files) => ({ of: 'pictures', files }),
  }, input, signal)
}

/** One vector of each picture of a scene, by the picture model that is chosen. Skipped with a note where there is none. */
export const pictureVectors: Stage = { name: 'picture-vectors', version: 2, needs: ['probe', 'scan'], resource: 'inference', run }
