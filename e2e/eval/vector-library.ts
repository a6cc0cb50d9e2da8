import { SceneId } from '../../electron/contract/ids.ts'
import { addScene } from '../../electron/core/store/scenes.ts'
import { testLibrary, testVideo } from '../../electron/core/store/test-library.ts'
import { nearestScenes, putVector } from '../../electron/core/store/vectors.ts'
import type { Modality } from '../../electron/core/store/vector-index.ts'

/** Vectors in a library of their own: stored, indexed and asked for as the app does it. */
export interface VectorLibrary {
  /** The places of the nearest vectors, nearest first. */
  nearest(query: Float32Array, count: number): number[]
  close(): void
}

/** One scene for each vector, all of one video. */
export async function vectorLibrary(vectors: readonly Float32Array[], kind: { model: string, modality: Modality }): Promise<VectorLibrary> {
  const library = await testLibrary()
  const { db } = library
  const video = testVideo(library, 'Measured')
  const places = new Map<SceneId, number>()
  db.transaction(() => {
    for (const [place, vector] of vectors.entries()) {
      const span = { startPts: place * 1000, endPts: (place + 1) * 1000, keyframePts: place * 1000 }
      const sceneId = SceneId.parse(addScene(db, video, { ...span, motion: 0, brightness: 0.5, colours: [] }))
      putVector(db, { ...kind, sceneId, part: 0, atSeconds: place, vector })
      places.set(sceneId, place)
    }
  })
  return {
    nearest: (query, count) => nearestScenes(db, { ...kind, vector: query, limit: count, videos: null }).map(({ sceneId }) => places.get(sceneId)!),
    close: library.close,
  }
}
