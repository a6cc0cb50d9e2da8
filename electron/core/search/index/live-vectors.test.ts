import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sqlite } from '../../../../native/sqlite/open.ts'
import type { SceneId, VideoId } from '../../../contract/ids.ts'
import { openLibrary, openLibraryForReading } from '../../store/database.ts'
import { beforeRemoval, layAside, putBack } from '../../store/removed-videos.ts'
import { deleteScenesIn } from '../../store/scenes.ts'
import { testClock, testLibrary, testVideo } from '../../store/test-library.ts'
import { deleteVectorsOf } from '../../store/vector-covers.ts'
import { putVector } from '../../store/vectors.ts'
import { deleteVideo, video } from '../../store/videos.ts'
import type { VectorQuery } from '../vector-search.ts'
import type { LiveVectors } from './live-vectors.ts'
import { addVector, KIND, putScene, readyVectors } from './test-vectors.ts'

let library: Awaited<ReturnType<typeof testLibrary>>
let live: LiveVectors
let videos: VideoId[]
let scenes: SceneId[]
const signal = new AbortController().signal

/** A picture whose vector stands at an angle. */
const at = (degrees: number): Float32Array => new Float32Array([Math.cos(degrees * Math.PI / 180), Math.sin(degrees * Math.PI / 180), 0])

const put = (sceneId: SceneId, degrees: number, part = 0): void => {
  putVector(library.db, { ...KIND, sceneId, part, atSeconds: part * 2, vector: at(degrees) })
}

const ask = (degrees: number, asked: Partial<VectorQuery> = {}) => live.nearest({ ...KIND, vector: at(degrees), limit: 10, condition: null, ...asked }, signal)

/** Which scenes, by the order in which they were made. */
const near = async (degrees: number, asked: Partial<VectorQuery> = {}): Promise<number[]> => (await ask(degrees, asked)).map(({ sceneId }) => scenes.indexOf(sceneId))

/** The library can not answer by itself: what is found is found by the index in memory. */
const withoutTables = (): void => {
  library.db.exec('DROP TRIGGER IF EXISTS vec_1_add; DROP TRIGGER IF EXISTS vec_1_remove; DROP TABLE IF EXISTS vec_1; DELETE FROM vector_index')
}

beforeEach(async () => {
  library = await testLibrary()
  videos = [testVideo(library, 'A'), testVideo(library, 'B')]
  scenes = videos.flatMap((id) => [0, 1000].map((start) => putScene(library, id, { start, endPts: start + 500 + start })))
  for (const [n, sceneId] of scenes.entries()) put(sceneId, n * 30) // 0, 30, 60, 90 degrees
  live = await readyVectors(library.db)
})
afterEach(() => {
  live.close()
  library.close()
})

describe('the index in memory', () => {
  it('gives the nearest scenes first, the older one of equals, with the cosine as likeness', async () => {
    expect((await ask(65, { limit: 3 })).map(({ sceneId, similarity }) => [scenes.indexOf(sceneId), Number(similarity.toFixed(3))])).toEqual([[2, 0.996], [3, 0.906], [1, 0.819]])
    expect(await near(15)).toEqual([0, 1, 2, 3])
  })

  it('counts the nearest part of a scene, and says at what second it is', async () => {
    for (let part = 1; part <= 600; part++) put(scenes[0]!, 50 + part / 20, part)
    await live.settled()
    expect(await near(80, { limit: 3 })).toEqual([0, 3, 2])
    expect(await ask(80, { limit: 1 })).toMatchObject([{ sceneId: scenes[0], atSeconds: 1200, similarity: 1 }])
  })

  it('takes in the first of very many changes for a question, and the rest soon after it', async () => {
    withoutTables()
    const many = Array.from({ length: 300 }, (_, n) => putScene(library, videos[0]!, { start: 10_000 + n }))
    for (const sceneId of many) put(sceneId, 200)
    const question = { limit: 500 }
    expect((await ask(200, question)).length).toBeLessThan(many.length)
    await live.settled()
    expect((await ask(200, question)).map(({ sceneId }) => sceneId).slice(0, many.length)).toEqual(many)
  })

  it('gives the library time to answer until it is ready', async () => {
    live.close()
    expect(await near(65, { limit: 2 })).toEqual([2, 3])
  })

  it('looks at scenes that fulfil a condition only', async () => {
    const seconds = { kind: 'duration', from: 1, to: 2 } as const
    expect(await near(0, { limit: 1, condition: seconds })).toEqual([1])
    expect(await near(0, { condition: { kind: 'videos', ids: [videos[1]!] } })).toEqual([2, 3])
    expect(await near(0, { condition: { kind: 'all', parts: [seconds, { kind: 'not', part: { kind: 'videos', ids: [videos[0]!] } }] } })).toEqual([3])
  })

  it('finds nothing near what points nowhere, and nothing that points nowhere', async () => {
    putVector(library.db, { ...KIND, sceneId: scenes[1]!, part: 0, atSeconds: 0, vector: new Float32Array(3) })
    addVector(library, scenes[2]!, { vector: new Float32Array([NaN, 1, 0]), part: 9 })
    expect(await near(50)).toEqual([2, 3, 0])
    expect(await ask(0, { vector: new Float32Array(3) })).toEqual([])
    expect(await ask(0, { vector: new Float32Array([NaN, 0, 0]) })).toEqual([])
    expect(await ask(0, { vector: new Float32Array(5).fill(1) })).toEqual([])
    expect(await ask(0, { model: 'another' })).toEqual([])
  })

  it('stops when the signal does', async () => {
    const stopped = new AbortController()
    const going = live.nearest({ ...KIND, vector: at(0), limit: 10, condition: null }, stopped.signal)
    stopped.abort()
    await expect(going).rejects.toThrow('abort')
    expect(await near(0, { limit: 1 })).toEqual([0])
  })
})

describe('what was stored a moment ago is known to the index in memory', () => {
  const tilted = (): void => { scenes.push(putScene(library, videos[1]!, { start: 9000 })) }

  it.each<[string, () => void, number[]]>([
    ['a new scene', () => { tilted(); put(scenes[4]!, 45) }, [4, 1, 2, 0, 3]],
    ['a vector in the place of another one', () => { put(scenes[3]!, 45) }, [3, 1, 2, 0]],
    ['a vector that is gone', () => { library.db.run('DELETE FROM vector WHERE scene_id = @id', { id: scenes[1]! }) }, [2, 0, 3]],
    ['a vector that is changed where it is', () => { library.db.run('UPDATE vector SET scene_id = @to WHERE scene_id = @id', { id: scenes[3]!, to: scenes[2]! }) }, []],
    ['a video that is gone', () => { deleteVideo(library.db, videos[0]!) }, [2, 3]],
    ['scenes that were replaced', () => {
      deleteScenesIn(library.db, videos[0]!, { from: 0, to: 5000 })
      tilted()
      put(scenes[4]!, 50)
    }, [4, 2, 3]],
    ['a video that was taken out and put back', () => {
      library.db.transaction(() => layAside(library.db, beforeRemoval(library.db, video(library.db, videos[0]!)!), 5))
      library.db.transaction(() => putBack(library.db, videos[0]!))
    }, [1, 2, 0, 3]],
    ['all vectors of the model, gone', () => { deleteVectorsOf(library.db, 'm') }, []],
    ['more than is noted', () => {
      library.db.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 70000) INSERT INTO search_change (what, row_id) SELECT 'scene', 1 FROM n`)
      put(scenes[0]!, 45)
    }, [0, 1, 2, 3]],
  ])('%s', async (what, change, found) => {
    if (what === 'a vector that is changed where it is') library.db.run('DELETE FROM vector WHERE scene_id = @id', { id: scenes[2]! })
    expect((await near(44)).length).toBeGreaterThan(2)
    change()
    const before = await near(44)
    withoutTables()
    await live.settled()
    expect(await near(44)).toEqual(before)
    if (found.length > 0) expect(before).toEqual(found)
  })

  it('also what another process has stored', async () => {
    const reader = await openLibraryForReading(library.paths.folder, sqlite, testClock)
    const theirs = await readyVectors(reader.db)
    const other = await openLibrary(library.paths.folder, sqlite, testClock)
    scenes.push(putScene(other, videos[0]!, { start: 3000 }))
    addVector(other, scenes[4]!, { vector: at(45) })
    other.close()
    expect((await theirs.nearest({ ...KIND, vector: at(45), limit: 1, condition: null }, signal)).map(({ sceneId }) => sceneId)).toEqual([scenes[4]])
    theirs.close()
    reader.close()
  })

  it('also of a model that came later, beside the first one', async () => {
    putVector(library.db, { ...KIND, model: 'new', sceneId: scenes[2]!, part: 0, atSeconds: 0, vector: new Float32Array([1, 0]) })
    const asked = { model: 'new', vector: new Float32Array([1, 1]) }
    expect(await near(0, asked)).toEqual([2])
    await live.settled()
    expect(await near(0, asked)).toEqual([2])
    expect(await near(0)).toEqual([0, 1, 2, 3])
  })

  it('also what changes while it gets ready', async () => {
    live.close()
    library.db.transaction(() => {
      for (let n = 0; n < 3000; n++) addVector(library, putScene(library, videos[0]!, { start: 20_000 + n }), { vector: at(n / 100) })
    })
    const ready = readyVectors(library.db)
    put(scenes[1]!, 180)
    deleteVideo(library.db, videos[1]!)
    live = await ready
    expect(await near(180, { limit: 1 })).toEqual([1])
    expect(await near(90, { condition: { kind: 'videos', ids: [videos[1]!] } })).toEqual([])
  })
})
