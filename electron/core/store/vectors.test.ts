import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sqlite } from '../../../native/sqlite/open.ts'
import type { SceneId, VideoId } from '../../contract/ids.ts'
import { openLibraryForReading } from './database.ts'
import { addScene } from './scenes.ts'
import { testClock, testLibrary, testVideo } from './test-library.ts'
import { nearestScenes, putVector, repairVectorIndexes, vectorCount } from './vectors.ts'
import { deleteVideo } from './videos.ts'

const KIND = { model: `anna's model`, modality: 'picture' } as const
let library: Awaited<ReturnType<typeof testLibrary>>
let videos: VideoId[]
let scenes: SceneId[]

/** A picture whose vector stands at an angle. */
const at = (degrees: number): Float32Array => new Float32Array([Math.cos(degrees * Math.PI / 180), Math.sin(degrees * Math.PI / 180), 0])

beforeEach(async () => {
  library = await testLibrary()
  videos = [testVideo(library, 'A'), testVideo(library, 'B')]
  scenes = videos.flatMap((id) => [0, 1].map((n) => addScene(library.db, id, { startPts: n, endPts: n + 1, keyframePts: null, motion: 0, brightness: 0, colours: [] })))
  for (const [n, sceneId] of scenes.entries()) putVector(library.db, { ...KIND, sceneId, vector: at(n * 30) }) // 0, 30, 60, 90 degrees
})
afterEach(() => { library.close() })

const nearest = (degrees: number, limit = 10, only: VideoId[] | null = null) =>
  nearestScenes(library.db, { ...KIND, vector: at(degrees), limit, videos: only }).map(({ sceneId, similarity }) => [scenes.indexOf(sceneId), Number(similarity.toFixed(3))])

describe('the vectors of scenes', () => {
  it('give the nearest first, with the cosine as likeness', () => {
    expect(nearest(65, 3)).toEqual([[2, 0.996], [3, 0.906], [1, 0.819]])
    expect(nearest(0, 1)).toEqual([[0, 1]])
  })

  it('are looked for only in the videos that are asked for, before the limit', () => {
    expect(nearest(90, 2, [videos[0]!])).toEqual([[1, 0.5], [0, 0]])
    expect(nearest(90, 2, [])).toEqual([])
  })

  it('are replaced by a newer one of the same kind, and kinds stay apart', () => {
    putVector(library.db, { ...KIND, sceneId: scenes[0]!, vector: at(90) })
    putVector(library.db, { ...KIND, modality: 'text', sceneId: scenes[0]!, vector: at(0) })
    expect(nearest(90, 3)).toEqual([[0, 1], [3, 1], [2, 0.866]])
    expect([vectorCount(library.db, KIND), vectorCount(library.db, { ...KIND, modality: 'text' })]).toEqual([4, 1])
  })

  it('go with their video, from the index too', () => {
    deleteVideo(library.db, videos[0]!)
    expect(nearest(0)).toEqual([[2, 0.5], [3, 0]])
    expect(repairVectorIndexes(library.db)).toBe(0)
  })

  it('are not stored when the transaction fails', () => {
    expect(() => library.db.transaction(() => {
      putVector(library.db, { ...KIND, sceneId: scenes[0]!, vector: at(45) })
      throw new Error('no')
    })).toThrow('no')
    expect(nearest(0, 1)).toEqual([[0, 1]])
  })

  it('of another length than those before are refused', () => {
    expect(() => { putVector(library.db, { ...KIND, sceneId: scenes[0]!, vector: new Float32Array(5) }) }).toThrow('gave 5 numbers for picture and 3 before')
    expect(nearestScenes(library.db, { ...KIND, vector: new Float32Array(5), limit: 1, videos: null })).toEqual([])
  })

  it('are compared one by one where there is no index, to the same result', () => {
    const [all, some] = [nearest(70), nearest(70, 2, [videos[1]!])]
    library.db.exec('DROP TRIGGER vec_1_add; DROP TRIGGER vec_1_remove; DROP TABLE vec_1; DELETE FROM vector_index')
    expect([nearest(70), nearest(70, 2, [videos[1]!])]).toEqual([all, some])
  })

  it.each([
    ['lost rows', 'DELETE FROM vec_1 WHERE scene_id < 3'],
    ['is gone', 'DROP TABLE vec_1'],
  ])('get their index built anew when it %s', (_what, damage) => {
    const before = nearest(10)
    library.db.exec(damage)
    expect(repairVectorIndexes(library.db)).toBe(1)
    expect(nearest(10)).toEqual(before)
    expect(library.db.all('SELECT id FROM vector_index', z.object({ id: z.number() }))).toHaveLength(1)
    putVector(library.db, { ...KIND, sceneId: scenes[3]!, vector: at(10) })
    expect(nearest(10, 1)).toEqual([[3, 1]])
  })

  it('can be searched by a reader', async () => {
    const reader = await openLibraryForReading(library.paths.folder, sqlite, testClock)
    expect(nearestScenes(reader.db, { ...KIND, vector: at(60), limit: 1, videos: null })).toMatchObject([{ sceneId: scenes[2] }])
    reader.close()
  })
})
