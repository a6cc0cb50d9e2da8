import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Library } from '../store/database.ts'
import { testLibrary } from '../store/test-library.ts'
import { coverVideo } from '../store/vector-covers.ts'
import { putVector } from '../store/vectors.ts'
import { addFilm } from './test-scenes.ts'
import { chanceAmong, normalTail, usualBetweenPictures } from './usual-pictures.ts'

/** Evenly spread as a normal distribution is, by its quantiles. */
const spreadLike = (middle: number, spread: number): Float32Array => {
  const zOf = (tail: number): number => {
    let [low, high] = [-6, 6]
    while (high - low > 1e-9) [low, high] = normalTail((low + high) / 2) > tail ? [(low + high) / 2, high] : [low, (low + high) / 2]
    return low
  }
  return Float32Array.from({ length: 999 }, (_, at) => Math.tanh(middle + spread * zOf(1 - (at + 1) / 1000)))
}

describe('how unusual a likeness is', () => {
  it('rests on the tail of the normal distribution, as tables have it', () => {
    for (const [z, tail] of [[0, 0.5], [1, 0.158655254], [-1, 0.841344746], [1.959963985, 0.025], [3.090232306, 0.001], [6, 9.865876450e-10]] as const) {
      expect(normalTail(z) / tail).toBeCloseTo(1, 6)
    }
  })

  it('is how likely any of the videos is as near by chance', () => {
    const of1 = chanceAmong(spreadLike(0.1, 0.15), 1)
    expect([of1(Math.tanh(0.1)), of1(Math.tanh(0.25)), of1(Math.tanh(0.1 + 0.15 * 3.09))].map((chance) => Number(chance.toFixed(2)))).toEqual([0.5, 0.16, 0])
    const of1000 = chanceAmong(spreadLike(0.1, 0.15), 1000)
    // 1 - (1 - 0.001)^1000
    expect(of1000(Math.tanh(0.1 + 0.15 * 3.0902))).toBeCloseTo(0.63, 1)
    expect([of1000(1), of1000(-1)]).toEqual([0.001, 1])
  })

  it('is not moved by some videos that are truly alike', () => {
    const usual = spreadLike(0.1, 0.15)
    const some = Float32Array.from([...usual, ...Array.from({ length: 10 }, () => 0.98)])
    expect([chanceAmong(usual, 30)(0.65), chanceAmong(some, 30)(0.65)].map((chance) => chance < 0.002)).toEqual([true, true])
  })
})

describe('what is usual in a library', () => {
  let library: Library
  beforeEach(async () => { library = await testLibrary() })
  afterEach(() => { library.close() })

  /** Videos that look the same throughout, each at its own angle. */
  const addVideos = (angles: readonly number[]): void => {
    for (const angle of angles) {
      const { id, scenes } = addFilm(library, { title: `at ${angle}`, scenes: [{ from: 0, to: 1 }, { from: 1, to: 2 }], cues: [] })
      for (const sceneId of scenes) putVector(library.db, { sceneId, model: 'm', modality: 'picture', part: 0, atSeconds: 0, vector: new Float32Array([Math.cos(angle), Math.sin(angle)]) })
      coverVideo(library.db, id, { stage: 'picture-vectors', model: 'm', version: 1, nowMs: 1 })
    }
  }

  it('nobody can say with a few videos, and it is learned again when there are more', () => {
    addVideos(Array.from({ length: 19 }, (_, at) => at))
    expect(usualBetweenPictures(library.db, 'm')).toBeNull()
    addVideos([0.5, 1.5])
    const chance = usualBetweenPictures(library.db, 'm')
    expect(chance?.(0.1)).toBeGreaterThan(0.9)
    expect(usualBetweenPictures(library.db, 'm')).toBe(chance)
    expect(usualBetweenPictures(library.db, 'another')).toBeNull()
  })
})
