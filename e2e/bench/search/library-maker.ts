import type { SceneId, VideoId } from '../../../electron/contract/ids.ts'
import type { WriteDatabase } from '../../../electron/core/ports.ts'
import { openLibrary } from '../../../electron/core/store/database.ts'
import type { Library } from '../../../electron/core/store/database.ts'
import { indexedText, wordsOf } from '../../../electron/core/store/index-text.ts'
import { addScene } from '../../../electron/core/store/scenes.ts'
import { addSegment } from '../../../electron/core/store/speech.ts'
import { addTag } from '../../../electron/core/store/tags.ts'
import { testClock, testMedia } from '../../../electron/core/store/test-library.ts'
import { coverVideo } from '../../../electron/core/store/vector-covers.ts'
import { repairVectorIndexes } from '../../../electron/core/store/vector-index.ts'
import { toBlob } from '../../../electron/core/store/vectors.ts'
import { addVideo, setFacts } from '../../../electron/core/store/videos.ts'
import { addWords } from '../../../electron/core/store/vocabulary.ts'
import { sqlite } from '../../../native/sqlite/open.ts'
import { SCENES_A_VIDEO, syntheticVideo } from './synthetic-videos.ts'
import type { SyntheticScene, SyntheticVideo } from './synthetic-videos.ts'
import type { SyntheticVectors } from './synthetic-vectors.ts'
import { DIMENSIONS } from './synthetic-vectors.ts'

/** Names the synthetic vectors in the library. */
export const PICTURE_MODEL = 'bench/pictures'

// Of the fewest commits that leave the log short.
const VIDEOS_A_TRANSACTION = 8

export interface Making { sentences: readonly string[], vectors: SyntheticVectors }

/** The row of a video that was probed. */
export function addSyntheticVideo(db: WriteDatabase, number: number, video: SyntheticVideo): VideoId {
  const path = `/videos/${Math.floor(number / 100)}/${number}.mp4`
  const id = addVideo(db, { path, identity: `bench-${number}`, sizeBytes: 1e9, modifiedMs: 1, title: video.title, wantsFirstLook: false, addedMs: number })
  setFacts(db, id, { ...testMedia, durationSeconds: video.scenes.at(-1)?.end ?? 0, recordedAt: video.recordedAt })
  return id
}

/** The scene with its tags and what is said in it. */
export function addSyntheticScene(db: WriteDatabase, { id, language }: { id: VideoId, language: string }, scene: SyntheticScene): SceneId {
  const pts = (seconds: number): number => Math.round(seconds * 1000) + testMedia.picture.startPts
  const sceneId = addScene(db, id, {
    startPts: pts(scene.start), endPts: pts(scene.end), keyframePts: pts((scene.start + scene.end) / 2),
    motion: scene.motion, brightness: scene.brightness, colours: scene.colours,
  })
  for (const tag of scene.tags) addTag(db, id, { sceneId, ...tag })
  if (scene.said !== null) {
    const { text, words } = scene.said
    addSegment(db, id, { source: 'model:bench', language, startSeconds: words[0]!.start, endSeconds: words.at(-1)!.end, text, words })
  }
  return sceneId
}

function addWhole(db: WriteDatabase, number: number, { sentences, vectors, sceneCount }: Making & { sceneCount: number }): void {
  const video = syntheticVideo(number, sentences, sceneCount)
  const id = addSyntheticVideo(db, number, video)
  const title = indexedText(video.title)
  const texts = [title]
  for (const [at, scene] of video.scenes.entries()) {
    const sceneId = addSyntheticScene(db, { id, language: video.language }, scene)
    // By themselves: the product's own functions for these look up what is known here, which takes longer than all the rest.
    const said = indexedText(scene.said?.text ?? '')
    texts.push(said)
    db.run('INSERT INTO scene_words (rowid, said, title) VALUES (@sceneId, @said, @title)', { sceneId, said, title })
    db.run(`INSERT INTO vector (scene_id, model, modality, part, at_seconds, dimensions, data) VALUES (@sceneId, @model, 'picture', 0, @at, @dimensions, @data)`, {
      sceneId, model: PICTURE_MODEL, at: (scene.start + scene.end) / 2, dimensions: DIMENSIONS, data: toBlob(vectors.ofScene(number, at)),
    })
  }
  addWords(db, wordsOf(texts))
  coverVideo(db, id, { stage: 'picture-vectors', model: PICTURE_MODEL, version: 2, nowMs: 1 })
}

function fill({ db, trimLog }: Library, sceneCount: number, making: Making): void {
  const videos = Math.ceil(sceneCount / SCENES_A_VIDEO)
  for (let first = 0; first < videos; first += VIDEOS_A_TRANSACTION) {
    db.transaction(() => {
      for (let number = first; number < Math.min(videos, first + VIDEOS_A_TRANSACTION); number++) {
        addWhole(db, number, { ...making, sceneCount: Math.min(SCENES_A_VIDEO, sceneCount - number * SCENES_A_VIDEO) })
      }
    })
    trimLog()
  }
}

/** Makes a library of so many scenes in a folder; gives the seconds that took. */
export async function makeLibrary(folder: string, sceneCount: number, making: Making): Promise<number> {
  const begun = performance.now()
  const library = await openLibrary(folder, sqlite, testClock)
  try {
    library.db.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -200000')
    fill(library, sceneCount, making)
    // What the start of the work does with vectors that came without their index.
    repairVectorIndexes(library.db)
  } finally {
    library.close()
  }
  return (performance.now() - begun) / 1000
}
