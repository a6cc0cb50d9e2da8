import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sqlite } from '../../../native/sqlite/open.ts'
import type { SceneId, VideoId } from '../../contract/ids.ts'
import { openLibraryForReading } from './database.ts'
import { addScene } from './scenes.ts'
import { testClock, testLibrary, testVideo } from './test-library.ts'
import { repairVectorIndexes } from './vector-index.ts'
import { nearestScenes, putVector, toBlob, vectorCount } from './vectors.ts'
import { deleteVideo } from './videos.ts'

const KIND = { model: `anna's model`, modality: 'picture' } as const
let library: Awaited<ReturnType<typeof testLibrary>>
let videos: VideoId[]
let scenes: SceneId[]

/** A picture whose vector stands at an angle. */
const at = (degrees: number): Float32Array => new Float32Array([Math.cos(degrees * Math.PI / 180), Math.sin(degrees * Math.PI / 180), 0])

const put = (sceneId: SceneId, vector: Float32Array, part = 0): void => { putVector(library.db, { ...KIND, sceneId, part, atSeconds: part * 2, vector }) }

beforeEach(async () => {
  library = await testLibrary()
  videos = [testVideo(library, 'A'), testVideo(library, 'B')]
  scenes = videos.flatMap((id) => [0, 1].map((n) => addScene(library.db, id, { startPts: n, endPts: n + 1, keyframePts: null, motion: 0, brightness: 0, colours: [] })))
  for (const [n, sceneId] of scenes.entries()) put(sceneId, at(n * 30)) // 0, 30, 60, 90 degrees
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
    put(scenes[0]!, at(90))
    putVector(library.db, { ...KIND, modality: 'text', sceneId: scenes[0]!, part: 0, atSeconds: 0, vector: at(0) })
    expect(nearest(90, 3)).toEqual([[0, 1], [3, 1], [2, 0.866]])
    expect([vectorCount(library.db, KIND), vectorCount(library.db, { ...KIND, modality: 'text' })]).toEqual([4, 1])
  })

  it('are several of one scene: the nearest part of it counts, with its time, and other scenes are not pushed out', () => {
    for (let part = 1; part <= 40; part++) put(scenes[0]!, at(part + 50), part)
    expect(nearest(80, 3)).toEqual([[0, 1], [3, 0.985], [2, 0.94]])
    const [first] = nearestScenes(library.db, { ...KIND, vector: at(80), limit: 1, videos: null })
    expect(first).toMatchObject({ sceneId: scenes[0], atSeconds: 60 })
  })

  it('go with their video, from the index too', () => {
    deleteVideo(library.db, videos[0]!)
    expect(nearest(0)).toEqual([[2, 0.5], [3, 0]])
    expect(repairVectorIndexes(library.db)).toBe(0)
  })

  it('are not stored when the transaction fails', () => {
    expect(() => library.db.transaction(() => {
      put(scenes[0]!, at(45))
      throw new Error('no')
    })).toThrow('no')
    expect(nearest(0, 1)).toEqual([[0, 1]])
  })

  it('of another length than those before are refused', () => {
    const refused = `The model anna's model gives vectors of 5 numbers for pictures, and gave 3 before.`
    expect(() => { put(scenes[0]!, new Float32Array(5)) }).toThrow(refused)
    library.db.exec('DELETE FROM vector_index')
    expect(() => { put(scenes[0]!, new Float32Array(5)) }).toThrow(refused)
    repairVectorIndexes(library.db)
    expect(nearestScenes(library.db, { ...KIND, vector: new Float32Array(5), limit: 1, videos: null })).toEqual([])
  })

  it('are compared one by one where there is no index, to the same result', () => {
    const [all, some] = [nearest(70), nearest(70, 2, [videos[1]!])]
    library.db.exec('DROP TRIGGER vec_1_add; DROP TRIGGER vec_1_remove; DROP TABLE vec_1; DELETE FROM vector_index')
    expect([nearest(70), nearest(70, 2, [videos[1]!])]).toEqual([all, some])
  })

  it.each([
    ['lost rows', 'DELETE FROM vec_1 WHERE id < 3'],
    ['is gone', 'DROP TABLE vec_1'],
    ['lost the vectors of a chunk', 'DELETE FROM vec_1_vector_chunks00'],
    ['has a chunk that is cut off', `UPDATE vec_1_vector_chunks00 SET vectors = x'00'`],
    ['has other vectors than the rows', 'UPDATE vec_1_vector_chunks00 SET vectors = zeroblob(length(vectors))'],
    ['lost the table of its chunks', 'DROP TABLE vec_1_vector_chunks00'],
    ['was forgotten by a migration', 'DROP TRIGGER vec_1_add; DROP TRIGGER vec_1_remove; DELETE FROM vector_index'],
  ])('get their index built anew when it %s, and are compared one by one until then', (what, damage) => {
    const isSeen = what !== 'lost rows'
    const before = nearest(10)
    library.db.exec(damage)
    if (isSeen) expect(nearest(10)).toEqual(before)
    expect(repairVectorIndexes(library.db)).toBe(1)
    expect(nearest(10)).toEqual(before)
    expect(library.db.all('SELECT id FROM vector_index', z.object({ id: z.number() }))).toHaveLength(1)
    expect(library.db.all(`SELECT 1 AS id FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE vec_%'`, z.object({ id: z.number() }))).toHaveLength(1)
    put(scenes[3]!, at(10))
    expect(nearest(10, 1)).toEqual([[3, 1]])
  })

  it('are not stored where they point nowhere, and are not found where they were', () => {
    put(scenes[0]!, new Float32Array(3))
    put(scenes[1]!, new Float32Array([NaN, 1, 0]))
    expect(nearest(0)).toEqual([[2, 0.5], [3, 0]])
    for (const vector of [new Float32Array(3), new Float32Array([NaN, 1, 0])]) {
      library.db.run(`INSERT INTO vector (scene_id, model, modality, part, at_seconds, dimensions, data) VALUES (@scene, @model, 'picture', @part, 0, 3, @data)`, {
        scene: scenes[0]!, model: KIND.model, part: Number.isNaN(vector[0]) ? 1 : 0, data: toBlob(vector),
      })
    }
    expect(nearest(0, 1)).toEqual([[2, 0.5]])
    library.db.exec('DROP TRIGGER vec_1_add; DROP TRIGGER vec_1_remove; DROP TABLE vec_1; DELETE FROM vector_index')
    expect(nearest(0)).toEqual([[2, 0.5], [3, 0]])
  })

  it('can be searched by a reader', async () => {
    const reader = await openLibraryForReading(library.paths.folder, sqlite, testClock)
    expect(nearestScenes(reader.db, { ...KIND, vector: at(60), limit: 1, videos: null })).toMatchObject([{ sceneId: scenes[2] }])
    reader.close()
  })
})
