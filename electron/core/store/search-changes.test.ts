import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SceneId } from '../../contract/ids.ts'
import type { VideoId } from '../../contract/ids.ts'
import { beforeRemoval, layAside, putBack } from './removed-videos.ts'
import { addScene } from './scenes.ts'
import { newestSearchChange, searchChangesAfter } from './search-changes.ts'
import { testLibrary, testVideo } from './test-library.ts'
import { putVector } from './vectors.ts'
import { deleteVideo, setPaused, video } from './videos.ts'

let library: Awaited<ReturnType<typeof testLibrary>>
let film: VideoId
let scene: SceneId
let place: number

const put = (): void => { putVector(library.db, { model: 'm', modality: 'picture', sceneId: scene, part: 0, atSeconds: 0, vector: new Float32Array([1, 0]) }) }

/** What was noted since the last time. */
const noted = () => {
  const found = searchChangesAfter(library.db, place, 1000)!
  place = found.place
  return Object.fromEntries(Object.entries(found.rows).map(([what, ids]) => [what, [...ids]]))
}

beforeEach(async () => {
  library = await testLibrary()
  film = testVideo(library)
  scene = SceneId.parse(addScene(library.db, film, { startPts: 0, endPts: 5, keyframePts: null, motion: 0, brightness: 0, colours: [] }))
  put()
  place = newestSearchChange(library.db)
})
afterEach(() => { library.close() })

describe('the changes that an index in memory follows', () => {
  it('are the vectors, scenes and videos that came', () => {
    place = 0
    expect(noted()).toEqual({ video: [film], scene: [scene], vector: [1] })
    expect(noted()).toEqual({ video: [], scene: [], vector: [] })
  })

  it('name a vector that took the number of one that went', () => {
    put()
    expect(noted()).toEqual({ video: [], scene: [], vector: [1] })
  })

  it('name all that goes with a video, and all that comes back with it', () => {
    const all = { video: [film], scene: [scene], vector: [1] }
    library.db.transaction(() => layAside(library.db, beforeRemoval(library.db, video(library.db, film)!), 5))
    expect(noted()).toEqual(all)
    library.db.transaction(() => putBack(library.db, film))
    expect(noted()).toEqual(all)
    deleteVideo(library.db, film)
    expect(noted()).toEqual(all)
  })

  it('are none where only the work on a video changed', () => {
    setPaused(library.db, film, true)
    expect(noted()).toEqual({ video: [], scene: [], vector: [] })
  })

  it('are kept for a while only: who is further behind is told so', () => {
    const before = place
    library.db.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 70000) INSERT INTO search_change (what, row_id) SELECT 'scene', 1 FROM n`)
    expect(searchChangesAfter(library.db, before, 10)).toBe(null)
    expect(searchChangesAfter(library.db, newestSearchChange(library.db), 10)?.rows.scene.size).toBe(0)
    expect(searchChangesAfter(library.db, newestSearchChange(library.db) - 3, 10)?.place).toBe(newestSearchChange(library.db))
  })
})
