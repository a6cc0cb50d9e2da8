import { mkdir, symlink } from 'node:fs/promises'
import path from 'node:path'
import { SceneId } from '../../electron/contract/ids.ts'
import type { VideoId } from '../../electron/contract/ids.ts'
import { SearchInput } from '../../electron/contract/search.ts'
import type { SearchAnswer } from '../../electron/contract/search.ts'
import { createApp } from '../../electron/core/app.ts'
import { pictureVectors } from '../../electron/core/pipeline/stages/picture-vectors.ts'
import { openLibrary } from '../../electron/core/store/database.ts'
import { libraryPaths } from '../../electron/core/store/folder.ts'
import { addScene } from '../../electron/core/store/scenes.ts'
import { testClock, testVideo } from '../../electron/core/store/test-library.ts'
import { coverVideo } from '../../electron/core/store/vector-covers.ts'
import { putVector } from '../../electron/core/store/vectors.ts'
import { realTools } from '../../electron/hosts/real-tools.ts'
import { sqlite } from '../../native/sqlite/open.ts'
import type { Setting } from './block.ts'

/** A library of still pictures that is searched as a person does it: through the call behind the search box. */
export interface SearchBox {
  /** Places of pictures, the best first, of all that is shown. */
  found(query: string): Promise<{ places: number[], nothingGood: boolean }>
  close(): Promise<void>
}

/** One video of one scene for each picture, with titles that no query has a word of, looked at by the model. */
export async function searchBox(vectors: readonly Float32Array[], model: string, { folder, modelsFolder, signal }: Setting): Promise<SearchBox> {
  const own = path.join(folder, 'search-box')
  await mkdir(own, { recursive: true })
  await symlink(modelsFolder, libraryPaths(own).models, 'junction')
  const library = await openLibrary(own, sqlite, testClock)
  const { db } = library
  const places = new Map<VideoId, number>()
  db.transaction(() => {
    for (const [place, vector] of vectors.entries()) {
      const video = testVideo(library, `x${String(place).padStart(5, '0')}x`)
      places.set(video, place)
      const sceneId = SceneId.parse(addScene(db, video, { startPts: 500, endPts: 10_500, keyframePts: 5500, motion: 0, brightness: 0.5, colours: [] }))
      putVector(db, { sceneId, model, modality: 'picture', part: 0, atSeconds: 5, vector })
      coverVideo(db, video, { stage: 'picture-vectors', model, version: pictureVectors.version, nowMs: 1 })
    }
  })
  library.close()
  const app = await createApp({ folder: own, access: 'read', tools: realTools(own) })
  const shown = ({ hits, nearest }: SearchAnswer): number[] => [...hits, ...nearest].map(({ videoId }) => places.get(videoId)!)
  return {
    found: async (query) => {
      const answer = await app.handlers['search.query'](SearchInput.parse({ query, limit: 10 }), { signal })
      return { places: shown(answer), nothingGood: answer.nothingGood }
    },
    close: app.close,
  }
}
