import { ptsToSeconds } from '../../facts.ts'
import { passagesOf } from '../passages/passages.ts'
import type { Chunk, Stage, StageInput, StageTools } from '../stage.ts'
import { lacksModel, probedVideo, StageSkipped } from '../stage.ts'
import { vectorChunks } from '../vector-chunks.ts'

async function* run(input: StageInput, tools: StageTools, signal: AbortSignal): AsyncGenerator<Chunk> {
  signal.throwIfAborted()
  const { media: { picture } } = probedVideo(input)
  const segments = tools.storedSegments()
  if (segments.length === 0) throw new StageSkipped('nothing is said')
  const model = await tools.models.text()
  if (model === null) throw lacksModel('no text model: what is said is found by its own words only')
  const scenes = tools.storedScenes()
  const passages = passagesOf(scenes.map(({ id, startPts, endPts }) => ({ id, from: ptsToSeconds(picture, startPts), to: ptsToSeconds(picture, endPts) })), segments)
  yield* vectorChunks({
    model,
    modality: 'text',
    scenes,
    partsOf: ({ id }) => (passages.get(id) ?? []).map(({ atSeconds, text }, part) => ({ sceneId: id, part, atSeconds, item: text })),
    batchOf: (texts) => ({ of: 'passages', texts }),
  }, input, signal)
}

/** One vector of each passage of what is said, by the text model that is chosen. Skipped with a note where there is none, and where nothing is said. */
export const textVectors: Stage = { name: 'text-vectors', version: 1, needs: ['probe', 'scan', 'speech', 'transcription'], resource: 'inference', run }
