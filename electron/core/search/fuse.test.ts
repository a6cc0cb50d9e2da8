import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SceneId } from '../../contract/ids.ts'
import type { Library } from '../store/database.ts'
import { testLibrary } from '../store/test-library.ts'
import { putVector } from '../store/vectors.ts'
import type { QueryEncoder, QueryEncoders } from './answering.ts'
import { fuse, rankPoints, wordPoints } from './fuse.ts'
import { addFilm, ask, spans } from './test-scenes.ts'

const encoded: string[] = []
const pictures: QueryEncoder = {
  id: 'tiny',
  embed: async (batch) => (batch.of === 'queries' ? batch.texts : []).map((text) => {
    encoded.push(text)
    return Float32Array.from(text.includes('boat') ? [1, 0] : [0.6, 0.8])
  }),
}
const encoders: QueryEncoders = { pictures: async () => pictures, text: async () => null, embedderOf: async () => null }

const lines = ['a boat leaves the harbour', 'the old fisherman mends his nets on the quay', 'rain', 'a boat and another boat', 'rain on the quay']
const films = ['Morning', 'Noon', 'Boat trip']

async function filled(titles: readonly string[]): Promise<Library> {
  const made = await testLibrary()
  for (const title of titles) {
    const { scenes } = addFilm(made, {
      title, scenes: lines.map((_, at) => ({ from: at * 40, to: at * 40 + 10 })), cues: lines.map((text, at) => ({ from: at * 40 + 1, to: at * 40 + 9, text })),
    })
    for (const [at, sceneId] of scenes.entries()) {
      const angle = (at + title.length) % 5 / 5
      putVector(made.db, { sceneId, model: 'tiny', modality: 'picture', part: 0, atSeconds: at * 40 + 5, vector: Float32Array.from([Math.cos(angle), Math.sin(angle)]) })
    }
  }
  return made
}

let library: Library
beforeAll(async () => { library = await filled(films) })
afterAll(() => { library.close() })

const queries = ['boat', 'rain quay', 'boat THEN<90s rain', 'boat OR color:blue', 'longer:5s in:noon', '"the quay"', 'seen:boat rain', '(boat THEN<90s rain) THEN<90s quay', '-boat', 'old fisherman who sells nets', 'title:boat', 'seen:boat OR seen:rain']

describe('points', () => {
  it('of lists are added, each by its weight', () => {
    const [a, b] = [1 as SceneId, 2 as SceneId]
    const fused = fuse([
      { name: 'said', weight: 2, found: [{ id: a, strength: 3 }, { id: b, strength: 1 }] }, { name: 'seen', weight: 1, found: [{ id: b, strength: 4 }] }, { name: 'title', weight: 0, found: [{ id: b, strength: 9 }] },
    ])
    expect(fused).toEqual([{ id: a, score: 6, parts: { said: 6 } }, { id: b, score: 6, parts: { said: 2, seen: 4 } }])
  })

  it('of words grow with how rare they are and with how many of them are there; a weaker form is less than any word', () => {
    expect(wordPoints({ bm25: Math.LN2 * 3, covered: 1, isWeak: false })).toBeCloseTo(4, 10)
    expect(wordPoints({ bm25: Math.LN2 * 3, covered: 0.5, isWeak: false })).toBeCloseTo(2, 10)
    expect(wordPoints({ bm25: 1000, covered: 1, isWeak: true })).toBeLessThan(wordPoints({ bm25: 0, covered: 1, isWeak: false }))
    expect([1, 2, 4].map((rank) => rankPoints(rank, 7))).toEqual([3, 2, 1])
  })

  it.each(queries)('of the reasons are the score of the hit: %s', async (query) => {
    const { hits } = await ask(library, query, { encoders })
    expect(hits.length).toBeGreaterThan(0)
    for (const { score, reasons } of hits) expect(reasons.reduce((sum, reason) => sum + reason.score, 0)).toBeCloseTo(score, 9)
  })
})

describe('a weight', () => {
  it('of 0 leaves a list out, which is not even asked', async () => {
    encoded.length = 0
    const { hits } = await ask(library, 'boat', { encoders, weights: { seen: 0 } })
    expect(encoded).toEqual([])
    expect(new Set(hits.flatMap(({ reasons }) => reasons.map(({ kind }) => kind)))).toEqual(new Set(['said', 'title']))
    const seen = await ask(library, 'boat', { encoders, weights: { said: 0, title: 0 } })
    expect(new Set(seen.hits.flatMap(({ reasons }) => reasons.filter(({ score }) => score > 0).map(({ kind }) => kind)))).toEqual(new Set(['seen']))
  })

  it('of 0 does not take away what is asked for by name', async () => {
    expect(spans(await ask(library, 'seen:boat', { encoders, weights: { seen: 0 } }))).toEqual(spans(await ask(library, 'seen:boat', { encoders })))
    expect(spans(await ask(library, 'said:boat', { weights: { said: 0 } }))).toEqual(spans(await ask(library, 'said:boat')))
  })

  it('multiplies the points of its list', async () => {
    const scoreOf = async (weight: number): Promise<number> => (await ask(library, 'said:fisherman', { weights: { said: weight } })).hits[0]?.score ?? 0
    expect(await scoreOf(3)).toBeCloseTo(3 * await scoreOf(1), 9)
  })
})

describe('the order', () => {
  it('is the same in a library that was filled in another order', async () => {
    const other = await filled([...films].reverse())
    await fc.assert(fc.asyncProperty(fc.constantFrom(...queries), async (query) => {
      const [one, two] = [await ask(library, query, { encoders }), await ask(other, query, { encoders })]
      expect(spans(two)).toEqual(spans(one))
      expect(two.hits.map(({ score }) => score.toFixed(9))).toEqual(one.hits.map(({ score }) => score.toFixed(9)))
    }), { numRuns: 30 })
    other.close()
  })
})

describe('a long question', () => {
  it('finds what has most of its words by what they are worth, and marks them', async () => {
    const { hits, nothingGood } = await ask(library, 'old fisherman who sells nets')
    expect(nothingGood).toBe(false)
    expect(hits[0]?.reasons[0]?.text).toContain('«old» «fisherman»')
    expect((await ask(library, 'the zebra crossing beside an old volcano')).nothingGood).toBe(true)
  })
})
