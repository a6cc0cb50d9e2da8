import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SceneId } from '../../contract/ids.ts'
import type { Library } from '../store/database.ts'
import { testLibrary } from '../store/test-library.ts'
import { putUsual } from '../store/usual.ts'
import type { Modality } from '../store/vector-index.ts'
import { usualWay } from '../usual/way.ts'
import type { Answering } from './answering.ts'
import { goodScenes } from './look-around.ts'
import type { NearScene } from './nearest.ts'

const answering = (id: string): Answering => ({ models: [{ encoder: { id, embed: async () => [] }, videos: null }], unanswered: 0 })
const nobody: Answering = { models: [], unanswered: 0 }
const both = { picture: answering('looks'), text: answering('reads') }

const near = (...chances: (number | null)[]): Map<string, NearScene[]> =>
  new Map([['a lake', chances.map((chance, at) => ({ sceneId: SceneId.parse(at + 1), part: 0, atSeconds: 0, similarity: 0.2, chance, surprise: chance === null ? null : -Math.log2(chance) }))]])

describe('what is near enough', () => {
  let library: Library
  beforeEach(async () => { library = await testLibrary() })
  afterEach(() => { library.close() })

  const learned = (model: string, modality: Modality, vectors: number): void => {
    putUsual(library.db, { model, modality }, { way: usualWay, usual: { vectors, texts: new Float32Array(2), library: new Float32Array(2), best: new Float32Array(4) } })
  }
  const good = (pictures: Map<string, NearScene[]>, passages: Map<string, NearScene[]>, asked: Record<Modality, Answering> = both): unknown => {
    const found = goodScenes({ pictures, passages }, asked, library.db)
    return [found.pictures, found.passages].map((texts) => [...texts.values()].flatMap((scenes) => scenes.map(({ chance }) => chance)))
  }

  it('is what one unrelated question of twenty finds, where only pictures are asked', () => {
    learned('looks', 'picture', 100)
    learned('reads', 'text', 100)
    expect(good(near(0.01, 0.05, 0.051), new Map(), { picture: both.picture, text: nobody })).toEqual([[0.01, 0.05], []])
  })

  it('is shared by pictures and passages, in the proportion of how many there are of each', () => {
    learned('looks', 'picture', 100)
    learned('reads', 'text', 100)
    expect(good(near(0.025, 0.026), near(0.025, 0.026))).toEqual([[0.025], [0.025]])
    learned('looks', 'picture', 400)
    expect(good(near(0.04, 0.041), near(0.01, 0.011))).toEqual([[0.04], [0.01]])
  })

  it('leaves something to a few passages between very many pictures', () => {
    learned('looks', 'picture', 1_000_000)
    learned('reads', 'text', 1)
    expect(good(near(0.049), near(0.001, 0.002))).toEqual([[0.049], [0.001]])
  })

  it('is the same whatever a filter leaves: fewer passages let no more pictures through', () => {
    learned('looks', 'picture', 100)
    learned('reads', 'text', 100)
    expect(good(near(0.04), near())).toEqual([[], []])
    expect(good(near(0.04), new Map())).toEqual([[], []])
  })

  it('is everything while nobody can judge it', () => {
    expect(good(near(null), near(null))).toEqual([[null], [null]])
  })
})
