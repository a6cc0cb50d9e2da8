import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SceneId, VideoId } from '../../contract/ids.ts'
import type { KnownExample } from '../../contract/search-example.ts'
import type { SearchAnswer } from '../../contract/search.ts'
import type { Library } from '../store/database.ts'
import { testClock, testLibrary } from '../store/test-library.ts'
import { coverVideo } from '../store/vector-covers.ts'
import { putVector } from '../store/vectors.ts'
import { similarScenes } from './similar.ts'
import { storedVectors } from './stored-vectors.ts'
import { addFilm, spans } from './test-scenes.ts'

let library: Library
beforeEach(async () => { library = await testLibrary() })
afterEach(() => { library.close() })

/** A direction; those of angles near to each other are alike. */
const at = (angle: number): Float32Array => new Float32Array([Math.cos(angle), Math.sin(angle)])

/** Scenes of two seconds, each seen at an angle by each of the models. */
function film(title: string, angles: readonly number[], models: readonly string[] = ['m']): { id: VideoId, scenes: SceneId[] } {
  const colours = [{ name: 'teal', share: 0.9 }]
  const added = addFilm(library, { title, scenes: angles.map((_, index) => ({ from: index * 2, to: index * 2 + 2, colours })), cues: [] })
  for (const model of models) {
    for (const [index, angle] of angles.entries()) putVector(library.db, { sceneId: added.scenes[index]!, model, modality: 'picture', part: 0, atSeconds: index * 2, vector: at(angle) })
    coverVideo(library.db, added.id, { stage: 'picture-vectors', model, version: 1, nowMs: 1 })
  }
  return added
}

const seen = (vector: Float32Array | null, model = 'm', videos: VideoId[] | null = null): KnownExample['seenBy'][number] => ({ model, videos, vector })
const like = async (from: KnownExample['from'], seenBy: KnownExample['seenBy'], limit = 20): Promise<SearchAnswer> =>
  similarScenes({ like: { from, seenBy, notes: [] }, limit }, { database: library.db, clock: testClock, vectors: storedVectors(library.db) }, new AbortController().signal)

describe('scenes like a moment of a video', () => {
  it('are those like the picture there, not the scene that it lies in nor those beside it', async () => {
    const { id } = film('Film', [0, 0, 0, 0.1, 1.5])
    expect(spans(await like({ kind: 'moment', video: id, atSeconds: 2.5 }, [seen(at(0))]))).toEqual(['Film 6-8'])
    // Its first moment is a scene's own, its last the next one's.
    expect(spans(await like({ kind: 'moment', video: id, atSeconds: 6 }, [seen(at(0))]))).toEqual(['Film 0-2', 'Film 2-4'])
    expect(spans(await like({ kind: 'moment', video: id, atSeconds: 5.999 }, [seen(at(0))]))).toEqual(['Film 0-2'])
    // After the end the last scene is there.
    expect(spans(await like({ kind: 'moment', video: id, atSeconds: 1000 }, [seen(at(0))]))).toEqual(['Film 0-2', 'Film 2-4', 'Film 4-6'])
  })

  it('are those like what is stored of the scene there, where the picture can not be had', async () => {
    const { id } = film('Film', [1.5, 0, 1.5, 0, 0.01])
    expect(spans(await like({ kind: 'moment', video: id, atSeconds: 3 }, [seen(null)]))).toEqual(['Film 6-8', 'Film 8-10'])
    // Nor is the model needed any more.
    expect(spans(await like({ kind: 'moment', video: id, atSeconds: 3 }, []))).toEqual(['Film 6-8', 'Film 8-10'])
  })

  it('are those of the same colours where no model has seen any, which is said', async () => {
    const { id } = film('Film', [0, 0, 0, 0], [])
    const answer = await like({ kind: 'moment', video: id, atSeconds: 1 }, [])
    expect([spans(answer), answer.notes]).toEqual([['Film 4-6', 'Film 6-8'], ['Compared by colours, brightness and motion: no picture model has seen this scene.']])
    expect(answer.hits[0]?.reasons[0]?.kind).toBe('colour')
  })

  it('can not be told where nothing of the video is known', async () => {
    await expect(like({ kind: 'moment', video: 99 as VideoId, atSeconds: 1 }, [])).rejects.toMatchObject({ code: 'NOTHING_TO_DO' })
  })
})

describe('scenes like a picture', () => {
  it('are those that look like it, of any video', async () => {
    film('One', [0, 1.5])
    film('Two', [1.4, 0.1])
    const answer = await like({ kind: 'picture' }, [seen(at(0))])
    expect(spans(answer)).toEqual(['One 0-2', 'Two 2-4'])
    expect(answer.hits.map(({ reasons: [reason] }) => reason)).toMatchObject([{ kind: 'seen', text: 'looks alike (1.00)', at: 0 }, { kind: 'seen', text: 'looks alike (1.00)', at: 2 }])
  })

  it('are not hidden by a long video that looks like it throughout', async () => {
    film('Long', Array.from({ length: 230 }, () => 0))
    film('Short', [0.2])
    film('Shorter', [0.3])
    expect(spans(await like({ kind: 'picture' }, [seen(at(0))])).map((span) => span.split(' ')[0])).toEqual(['Long', 'Long', 'Long', 'Long', 'Long', 'Short', 'Shorter'])
  })

  it('are found by each model among its own videos, by turns, while one takes the place of another', async () => {
    const old = film('Old', [0.3, 0.4], ['old'])
    const fresh = film('New', [0, 0.2], ['old', 'new'])
    const seenBy = [seen(at(0), 'new', [fresh.id]), seen(at(0.3), 'old', [old.id])]
    expect(spans(await like({ kind: 'picture' }, seenBy))).toEqual(['New 0-2', 'Old 0-2', 'New 2-4', 'Old 2-4'])
    // A scene that only the one before has seen is compared with all that it has seen.
    expect(spans(await like({ kind: 'scene', scene: old.scenes[0]! }, [seen(null, 'new', [fresh.id]), seen(null, 'old', [old.id])]))).toEqual(['New 2-4', 'New 0-2'])
  })

  it('stand apart where nothing comes near, and what could not be done is said', async () => {
    film('Film', [1.2])
    const answer = await similarScenes({ like: { from: { kind: 'picture' }, seenBy: [seen(at(0))], notes: ['A note.'] }, limit: 5 }, { database: library.db, clock: testClock, vectors: storedVectors(library.db) }, new AbortController().signal)
    expect(answer).toMatchObject({ nothingGood: true, hits: [], notes: ['A note.'] })
    expect(answer.nearest.map(({ title }) => title)).toEqual(['Film'])
  })
})
