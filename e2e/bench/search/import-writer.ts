import { openLibrary } from '../../../electron/core/store/database.ts'
import { indexWords } from '../../../electron/core/store/scene-words.ts'
import { testClock } from '../../../electron/core/store/test-library.ts'
import { coverVideo } from '../../../electron/core/store/vector-covers.ts'
import { putVector } from '../../../electron/core/store/vectors.ts'
import { sqlite } from '../../../native/sqlite/open.ts'
import { addSyntheticScene, addSyntheticVideo, PICTURE_MODEL } from './library-maker.ts'
import { realSentences } from './real-sentences.ts'
import { syntheticVectors } from './synthetic-vectors.ts'
import { syntheticVideo } from './synthetic-videos.ts'

// Of numbers that no video of the library has.
const FIRST_VIDEO = 1_000_000
// As a stage stores them: some at a time.
const SCENES_A_CHUNK = 24

/** Imports videos at full speed, as the runner stores them, until the process is ended. Says "begun" with the first chunk. */
export async function importForever(folder: string, seed: number): Promise<never> {
  const { db, trimLog } = await openLibrary(folder, sqlite, testClock)
  const [sentences, vectors] = [realSentences(), syntheticVectors(seed)]
  for (let number = FIRST_VIDEO; ; number++) {
    const video = syntheticVideo(number, sentences)
    const id = db.transaction(() => addSyntheticVideo(db, number, video))
    for (let first = 0; first < video.scenes.length; first += SCENES_A_CHUNK) {
      const scenes = video.scenes.slice(first, first + SCENES_A_CHUNK)
      db.transaction(() => {
        for (const [at, scene] of scenes.entries()) {
          const sceneId = addSyntheticScene(db, { id, language: video.language }, scene)
          putVector(db, { sceneId, model: PICTURE_MODEL, modality: 'picture', part: 0, atSeconds: scene.start, vector: vectors.ofScene(number, first + at) })
        }
        indexWords(db, id, { from: scenes[0]!.start, to: scenes.at(-1)!.end })
      })
      trimLog()
      if (number === FIRST_VIDEO && first === 0) process.stdout.write('begun\n')
    }
    db.transaction(() => { coverVideo(db, id, { stage: 'picture-vectors', model: PICTURE_MODEL, version: 2, nowMs: 1 }) })
  }
}
