import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SceneId } from '../../../contract/ids.ts'
import { testLibrary, testVideo } from '../../store/test-library.ts'
import { addVector, KIND, normal, putScene, readyVectors, seeded } from './test-vectors.ts'
import { directionOf } from './bit-code.ts'
import type { LiveVectors } from './live-vectors.ts'

const DIMENSIONS = 768
let library: Awaited<ReturnType<typeof testLibrary>>
let live: LiveVectors
const signal = new AbortController().signal

beforeEach(async () => { library = await testLibrary() })
afterEach(() => {
  live.close()
  library.close()
})

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!
  return sum
}

describe('recall', () => {
  it('is at least 0.99 of the ten nearest among 20,000 vectors in clusters around a common mean, also of one scene in a hundred', async () => {
    const random = seeded(7)
    const normals = Float32Array.from({ length: 65_536 }, () => normal(random))
    const around = (centre: Float32Array, spread: number): Float32Array => centre.map((value) => value + spread * normals[Math.floor(random() * normals.length)]!)
    const mean = new Float32Array(DIMENSIONS).map(() => 2 * normal(random))
    const centres = Array.from({ length: 40 }, () => around(mean, 1))
    const video = testVideo(library)
    const vectors = new Map<SceneId, Float32Array>()
    library.db.transaction(() => {
      for (let at = 0; at < 20_000; at++) {
        const vector = around(centres[at % centres.length]!, 0.6)
        const scene = putScene(library, video, { start: at, brightness: at % 100 / 100 })
        addVector(library, scene, { vector })
        vectors.set(scene, directionOf(vector)!)
      }
    })
    live = await readyVectors(library.db)
    await live.nearest({ ...KIND, vector: mean, limit: 1, condition: null }, signal) // now it knows what is wanted
    await live.settled()
    const queries = centres.slice(0, 10).map((centre) => around(centre, 0.6))
    const found = { all: 0, few: 0 }
    for (const vector of queries) {
      const exact = [...vectors].map(([scene, one], at) => ({ scene, at, similarity: dot(directionOf(vector)!, one) })).sort((a, b) => b.similarity - a.similarity)
      const isThere = (among: typeof exact, hits: { sceneId: SceneId }[]) => among.slice(0, 10).filter(({ scene }) => hits.some(({ sceneId }) => sceneId === scene)).length
      found.all += isThere(exact, await live.nearest({ ...KIND, vector, limit: 10, condition: null }, signal))
      const condition = { kind: 'brightness', from: 0.05, to: 0.05 } as const
      found.few += isThere(exact.filter(({ at }) => at % 100 === 5), await live.nearest({ ...KIND, vector, limit: 10, condition }, signal))
    }
    expect(found.few).toBe(100)
    expect(found.all).toBeGreaterThanOrEqual(99)
  })
})
