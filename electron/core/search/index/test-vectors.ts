import type { VideoId } from '../../../contract/ids.ts'
import { SceneId } from '../../../contract/ids.ts'
import type { ReadDatabase } from '../../ports.ts'
import type { Library } from '../../store/database.ts'
import { addScene } from '../../store/scenes.ts'
import type { NewScene } from '../../store/scenes.ts'
import { testClock } from '../../store/test-library.ts'
import { toBlob } from '../../store/vectors.ts'
import { LiveVectors } from './live-vectors.ts'

export const KIND = { model: 'm', modality: 'picture' } as const

/** Numbers from 0 to 1, the same ones each time. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) >>> 0) / 2 ** 32
  }
}

/** A number of the normal distribution (Box and Muller). */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

export function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array): number => x.reduce((sum, value, at) => sum + value * y[at]!, 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}

/** Adds a scene that starts at a tick. */
export function putScene(library: Library, video: VideoId, { start, ...of }: Partial<NewScene> & { start: number }): SceneId {
  return SceneId.parse(addScene(library.db, video, { startPts: start, endPts: start + 1, keyframePts: null, motion: 0, brightness: 0, colours: [], ...of }))
}

/** Adds a vector as it is stored, without a vec0 table. */
export function addVector(library: Library, sceneId: SceneId, { vector, part = 0 }: { vector: Float32Array, part?: number }): void {
  library.db.run(`INSERT INTO vector (scene_id, model, modality, part, at_seconds, dimensions, data) VALUES (@sceneId, 'm', 'picture', @part, @at, @dimensions, @data)`, {
    sceneId, part, at: part * 2, dimensions: vector.length, data: toBlob(vector),
  })
}

/** An index in memory that is ready. */
export async function readyVectors(db: ReadDatabase): Promise<LiveVectors> {
  const live = new LiveVectors({ db, clock: testClock, failed: (error) => { throw error } })
  live.begin()
  await live.settled()
  return live
}
