import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SceneId } from '../../contract/ids.ts'
import type { SearchAnswer } from '../../contract/search.ts'
import type { Library } from '../store/database.ts'
import { testClock, testLibrary } from '../store/test-library.ts'
import { coverVideo } from '../store/vector-covers.ts'
import { putVector } from '../store/vectors.ts'
import { similarScenes } from './similar.ts'
import { storedVectors } from './stored-vectors.ts'
import type { TestScene } from './test-scenes.ts'
import { addFilm, spans } from './test-scenes.ts'

let library: Library
beforeEach(async () => { library = await testLibrary() })
afterEach(() => { library.close() })

const like = async (scene: SceneId | undefined, limit = 20): Promise<SearchAnswer> =>
  similarScenes({ like: { from: { kind: 'scene', scene: scene as SceneId }, seenBy: [], notes: [] }, limit }, { database: library.db, clock: testClock, vectors: storedVectors(library.db) }, new AbortController().signal)

const look = (from: number, colour: string, brightness = 0.5): TestScene => ({ from, to: from + 2, brightness, colours: [{ name: colour, share: 0.6 }, { name: 'grey', share: 0.2 }] })

describe('scenes like a scene', () => {
  it('look like it: another lake, not the desert, and neither itself nor the scenes beside it', async () => {
    const lake = addFilm(library, { title: 'Lake', scenes: [look(0, 'teal'), look(2, 'teal'), look(4, 'teal'), look(6, 'teal')], cues: [] })
    addFilm(library, { title: 'Pond', scenes: [look(0, 'teal', 0.55), look(2, 'teal', 0.9)], cues: [] })
    addFilm(library, { title: 'Desert', scenes: [look(0, 'orange')], cues: [] })
    const answer = await like(lake.scenes[0])
    expect(spans(answer)).toEqual(['Lake 4-6', 'Lake 6-8', 'Pond 0-2'])
    expect(answer.nothingGood).toBe(false)
    expect(answer.hits[0]?.reasons).toEqual([expect.objectContaining({ kind: 'colour', text: 'colours alike: teal 60 %, grey 20 %' })])
  })

  it('say what it says: the rarest words count, those that everybody says do not', async () => {
    const cue = (text: string): { from: number, to: number, text: string } => ({ from: 0, to: 2, text })
    for (const name of ['A', 'B', 'C', 'D', 'E', 'F']) addFilm(library, { title: name, scenes: [look(0, 'orange', 0.1)], cues: [cue('and there we really talked about money')] })
    const one = addFilm(library, { title: 'Stars', scenes: [look(0, 'black', 0.9)], cues: [cue('there is the telescope')] })
    addFilm(library, { title: 'Night', scenes: [look(0, 'blue', 0.5)], cues: [cue('we built a telescope there')] })
    const answer = await like(one.scenes[0])
    expect(spans(answer)).toEqual(['Night 0-2'])
    const [reason] = answer.hits[0]?.reasons ?? []
    expect(reason).toMatchObject({ kind: 'said', text: 'we built a «telescope» there' })
    expect(reason?.at).toBeCloseTo(0.7, 1)
  })

  it('are those a picture model finds alike, where one has seen it', async () => {
    const vector = (x: number, y: number): Float32Array => new Float32Array([x, y])
    const film = addFilm(library, { title: 'Film', scenes: [look(0, 'teal'), look(2, 'teal'), look(4, 'red'), look(6, 'teal')], cues: [] })
    for (const [at, id] of film.scenes.entries()) putVector(library.db, { sceneId: id, model: 'm', modality: 'picture', part: 0, atSeconds: at * 2, vector: at === 3 ? vector(0, 1) : vector(1, at / 100) })
    const answer = await like(film.scenes[0])
    expect(spans(answer)).toEqual(['Film 4-6'])
    expect(answer.hits[0]?.reasons[0]?.text).toBe('looks alike (1.00)')
  })

  it('are those of which any picture is like any of its own, by the model that has seen most videos', async () => {
    const film = addFilm(library, { title: 'Film', scenes: [look(0, 'teal'), look(10, 'red'), look(20, 'teal')], cues: [] })
    const [one, like1, other] = film.scenes as [SceneId, SceneId, SceneId]
    const put = (sceneId: SceneId, model: string, ...vectors: number[][]): void => {
      for (const [part, vector] of vectors.entries()) putVector(library.db, { sceneId, model, modality: 'picture', part, atSeconds: part, vector: Float32Array.from(vector) })
    }
    put(one, 'm', [1, 0, 0], [0, 1, 0])
    put(like1, 'm', [0, 0, 1], [0, 0.9, 0.44])
    put(other, 'm', [0.6, 0, 0.8])
    // Half of a switch: what this one has seen so far would hide the others.
    put(one, 'a-new-one', [1, 0])
    coverVideo(library.db, film.id, { stage: 'picture-vectors', model: 'm', version: 2, nowMs: 1 })
    const answer = await like(one)
    expect([spans(answer), answer.nearest]).toEqual([['Film 10-12'], []])
    expect(answer.hits[0]?.reasons[0]?.text).toBe('looks alike (0.90)')
  })

  it('come at most five from one video', async () => {
    const film = addFilm(library, { title: 'Long', scenes: Array.from({ length: 9 }, (_, at) => look(at * 2, 'teal')), cues: [] })
    expect((await like(film.scenes[0])).hits).toHaveLength(5)
  })

  it('may not be there: then it is said, with what comes nearest apart', async () => {
    const film = addFilm(library, { title: 'Alone', scenes: [look(0, 'teal')], cues: [] })
    addFilm(library, { title: 'Other', scenes: [{ from: 0, to: 2, brightness: 0.52, colours: [{ name: 'teal', share: 0.3 }, { name: 'red', share: 0.5 }] }], cues: [] })
    const answer = await like(film.scenes[0])
    expect(answer).toMatchObject({ nothingGood: true, hits: [] })
    expect(answer.nearest.map(({ title }) => title)).toEqual(['Other'])
    await expect(like(999 as SceneId)).rejects.toMatchObject({ code: 'NOTHING_TO_DO' })
  })
})
