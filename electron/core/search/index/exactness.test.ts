import { afterEach, beforeEach, expect, it } from 'vitest'
import type { SceneId, VideoId } from '../../../contract/ids.ts'
import type { SceneCondition } from '../../store/scene-conditions.ts'
import { testLibrary, testVideo } from '../../store/test-library.ts'
import { deleteVideo } from '../../store/videos.ts'
import type { LiveVectors } from './live-vectors.ts'
import { addVector, cosine, KIND, normal, putScene, readyVectors, seeded } from './test-vectors.ts'

const DIMENSIONS = 100
const random = seeded(11)
const anyVector = (): Float32Array => Float32Array.from({ length: DIMENSIONS }, () => 1 + normal(random))

interface Made { scene: SceneId, video: VideoId, brightness: number, parts: Float32Array[] }

let library: Awaited<ReturnType<typeof testLibrary>>
let live: LiveVectors
let made: Made[]
const signal = new AbortController().signal

function addScenes(video: VideoId, from: number): Made[] {
  return library.db.transaction(() => Array.from({ length: 50 }, (_, n) => {
    const brightness = Math.floor(random() * 4) / 4
    const scene = putScene(library, video, { start: from + n, brightness })
    const parts = Array.from({ length: Math.floor(random() * 4) }, anyVector)
    for (const [part, vector] of parts.entries()) addVector(library, scene, { vector, part })
    return { scene, video, brightness, parts }
  }))
}

/** The best scenes, all vectors compared one by one. */
function bruteForce(query: Float32Array, limit: number, fits: (scene: Made) => boolean): [SceneId, number, number][] {
  return made.filter(fits).flatMap(({ scene, parts }) => {
    const best = parts.map((part, at) => ({ similarity: cosine(query, part), at })).sort((a, b) => b.similarity - a.similarity)[0]
    return best === undefined ? [] : [{ scene, ...best }]
  }).sort((a, b) => b.similarity - a.similarity).slice(0, limit).map(({ scene, similarity, at }) => [scene, at * 2, Number(similarity.toFixed(4))])
}

async function expectExact(): Promise<void> {
  const [first] = made
  const cases: [SceneCondition | null, (scene: Made) => boolean][] = [
    [null, () => true],
    [{ kind: 'brightness', from: 0.5, to: 0.5 }, ({ brightness }) => brightness === 0.5],
    [{ kind: 'videos', ids: [first!.video] }, ({ video }) => video === first!.video],
    [{ kind: 'scenes', ids: [first!.scene] }, ({ scene }) => scene === first!.scene],
    [{ kind: 'any', parts: [] }, () => false],
  ]
  for (const [condition, fits] of cases) {
    for (const limit of [1, 10, 1000]) {
      const vector = anyVector()
      const found = await live.nearest({ ...KIND, vector, limit, condition }, signal)
      expect(found.map(({ sceneId, atSeconds, similarity }) => [sceneId, atSeconds, Number(similarity.toFixed(4))])).toEqual(bruteForce(vector, limit, fits))
    }
  }
}

beforeEach(async () => {
  library = await testLibrary()
  made = [0, 1, 2].flatMap((n) => addScenes(testVideo(library, `Film ${n}`), 0))
  live = await readyVectors(library.db)
  await live.nearest({ ...KIND, vector: anyVector(), limit: 1, condition: null }, signal) // now it knows what is wanted
  await live.settled()
})
afterEach(() => {
  live.close()
  library.close()
})

it('the best scenes are exactly those of a comparison of all vectors, with their times, whatever the condition and however many', async () => {
  await expectExact()
})

it('they are so while videos come and go, and places are used again', async () => {
  for (let n = 0; n < 4; n++) {
    const gone = made[0]!.video
    deleteVideo(library.db, gone)
    made = [...made.filter(({ video }) => video !== gone), ...addScenes(testVideo(library, `New film ${n}`), 0)]
    await expectExact()
  }
})

it('a thousand searches that were called off leave nothing in the way of the next one', async () => {
  const called = Array.from({ length: 1000 }, async (_, n) => {
    const stop = new AbortController()
    const going = live.nearest({ ...KIND, vector: anyVector(), limit: 10, condition: null }, stop.signal).catch((error: unknown) => error)
    if (n % 2 === 0) await Promise.resolve()
    stop.abort()
    return going
  })
  for (const end of await Promise.all(called)) expect(end).toMatchObject({ name: 'AbortError' })
  await expectExact()
})

it('a scene of very many parts does not push the others out', async () => {
  const many = made[0]!
  const near = anyVector()
  library.db.transaction(() => {
    for (let n = 0; n < 20_000; n++) {
      addVector(library, many.scene, { vector: near.map((value) => value + 0.01 * random()), part: 10 + n })
    }
  })
  await live.settled()
  const found = await live.nearest({ ...KIND, vector: near, limit: 5, condition: null }, signal)
  expect(found.map(({ sceneId }) => sceneId)).toEqual([many.scene, ...bruteForce(near, 5, ({ scene }) => scene !== many.scene).map(([scene]) => scene)].slice(0, 5))
})
