import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import type { Library } from '../store/database.ts'
import { testLibrary } from '../store/test-library.ts'
import { addTag } from '../store/tags.ts'
import { coverVideo } from '../store/vector-covers.ts'
import { forgetUsual } from '../store/usual.ts'
import { putVector } from '../store/vectors.ts'
import type { QueryEncoder, QueryEncoders } from './answering.ts'
import { addFilm, ask, reasons, setBar, spans } from './test-scenes.ts'

const MODEL = 'tiny'
const seen = { model: MODEL, modality: 'picture' } as const
// Three things a picture can show, one dimension each.
const [dog, car, sea] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
const looks: Record<string, number[]> = { dog, 'a red car': car, sea, 'dog sea': [0.6, 0, 0.8], walk: [0, 0.6, 0.8] }

const encoded: string[] = []
const encoder: QueryEncoder = {
  id: MODEL,
  embed: async (batch) => (batch.of === 'queries' ? batch.texts : []).map((text) => {
    encoded.push(text)
    return Float32Array.from(looks[text] ?? [0, 0, -1])
  }),
}
const encoders: QueryEncoders = { pictures: async () => encoder, text: async () => null, embedderOf: async () => null }

let library: Library

beforeAll(async () => {
  library = await testLibrary()
  const { scenes } = addFilm(library, {
    title: 'Summer',
    scenes: [
      { from: 0, to: 10, colours: [{ name: 'blue', share: 0.8 }] }, { from: 20, to: 30 },
      { from: 40, to: 50, colours: [{ name: 'red', share: 0.4 }] }, { from: 60, to: 70 },
    ],
    cues: [{ from: 21, to: 25, text: 'what a good dog' }, { from: 61, to: 65, text: 'time for a walk' }],
  })
  const vectors = [[0.6, 0, 0.8], [0.8, 0.6, 0], [0, 1, 0], [0, 0, 1]]
  for (const [at, sceneId] of scenes.entries()) putVector(library.db, { sceneId, model: MODEL, modality: 'picture', part: 0, atSeconds: at * 20 + 5, vector: Float32Array.from(vectors[at] ?? []) })
})

afterAll(() => { library.close() })

describe('pictures', () => {
  it('are found by how they look, the nearest first, with the time of the picture', async () => {
    const answer = await ask(library, 'seen:"a red car"', { encoders })
    expect(spans(answer)[0]).toBe('Summer 40-50')
    expect(reasons(answer)).toEqual(['seen 45: looks like "a red car"'])
    expect(answer.notes).toEqual(['Found by looks alone, good or not: it is not known yet what is usual in this library.'])
  })

  it('are not found by a text that they point away from, however few there are', async () => {
    expect(spans(await ask(library, 'xylophone', { encoders }))).toEqual(['Summer 20-30', 'Summer 40-50'])
  })

  it('do not come between the words of a THEN in a video that says them', async () => {
    // The scene from 40 to 50 looks like a walk, and comes after the dog is spoken of.
    const answer = await ask(library, 'dog THEN<60s walk', { encoders })
    expect(spans(answer)).toEqual(['Summer 24-65'])
  })

  it('are asked for in the whole sentence: models were taught with the small words too', async () => {
    encoded.length = 0
    await ask(library, 'a dog in the sea', { encoders })
    expect(encoded).toEqual(['a dog in the sea'])
  })

  it('are not found by words that the model has never heard', async () => {
    const answer = await ask(library, 'observatory', { encoders: { ...encoders, pictures: async () => ({ id: MODEL, embed: async () => [new Float32Array(3)] }) } })
    expect(answer).toMatchObject({ hits: [], nothingGood: true })
  })

  it('are several of a scene that moves: the nearest one counts, with its own time', async () => {
    const { id, scenes: [scene] } = addFilm(library, { title: 'Trip', scenes: [{ from: 0, to: 30 }], cues: [] })
    for (const [part, vector] of [[0, 0.8, 0.6], [0.8, 0, 0.6]].entries()) {
      putVector(library.db, { sceneId: scene!, model: MODEL, modality: 'picture', part, atSeconds: 4 + part * 20, vector: Float32Array.from(vector) })
    }
    const trip = async (query: string): Promise<unknown> => (await ask(library, `seen:${query} in:trip`, { encoders })).hits.map(({ reasons: [first] }) => [first?.text, first?.at])
    expect(await trip('"a red car"')).toEqual([['looks like "a red car"', 4]])
    expect(await trip('dog')).toEqual([['looks like "dog"', 24]])
    library.db.run('DELETE FROM video WHERE id = @id', { id })
  })

  it('of a model that can not be used are left out, and the words still answer', async () => {
    const broken: QueryEncoders = { ...encoders, pictures: async () => ({ id: MODEL, embed: async () => { throw new AppError('MODEL_MISSING', { message: 'The model tiny can not be opened.' }) } }) }
    const answer = await ask(library, 'dog', { encoders: broken })
    expect(spans(answer)).toEqual(['Summer 20-30'])
    expect(answer.notes).toEqual(['The model tiny can not be opened.'])
  })

  it('that only a model has seen which is not installed any more can not be asked, and that is said', async () => {
    const { id } = addFilm(library, { title: 'Old', scenes: [{ from: 0, to: 30 }], cues: [] })
    coverVideo(library.db, id, { stage: 'picture-vectors', model: 'gone', version: 2, nowMs: 1 })
    expect((await ask(library, 'seen:dog', { encoders })).notes).toContain('1 video was looked at by a model that is not installed any more.')
    expect((await ask(library, '"dog"', { encoders })).notes).toEqual([])
    library.db.run('DELETE FROM video WHERE id = @id', { id })
  })

  it('are left out below the bar of their model, and nothing good is said to be that', async () => {
    setBar(library, seen, { bar: 0.7, dimensions: 3 })
    const answer = await ask(library, 'seen:dog', { encoders })
    expect(spans(answer)).toEqual(['Summer 20-30'])
    expect(reasons(answer)).toEqual(['seen 25: looks like "dog"'])
    expect(answer).toMatchObject({ nothingGood: false, nearest: [], notes: [] })
    const nothing = await ask(library, 'seen:ship', { encoders })
    expect(nothing).toMatchObject({ hits: [], nothingGood: true, notes: [] })
    expect(nothing.nearest.map(({ start, reasons: [reason] }) => [start, reason?.text, reason?.chance])).toEqual([
      [20, 'looks like "ship"', 1], [40, 'looks like "ship"', 1],
    ])
    forgetUsual(library.db, seen)
  })

  it('are fused with what is said: both together come first', async () => {
    const answer = await ask(library, 'dog', { encoders })
    expect(spans(answer)[0]).toBe('Summer 20-30')
    expect(reasons(answer)).toEqual(['said 24: what a good «dog»', 'seen 25: looks like "dog"'])
    const points = answer.hits[0]?.reasons.map(({ score }) => Number(score.toFixed(2)))
    // The words: 1 + BM25 / ln 2. Of the four pictures it is the first: log2 (4 + 1).
    expect(points).toEqual([2.92, 2.32])
    expect(answer.hits[0]?.score).toBeCloseTo(5.24, 2)
    // The second of the pictures.
    expect(answer.hits[1]).toMatchObject({ start: 0, score: Math.log2(5 / 2) })
  })

  it('count as much as the person lets them', async () => {
    const answer = await ask(library, 'walk', { encoders, weights: { seen: 0 } })
    expect(spans(answer)).toEqual(['Summer 60-70'])
  })

  it('are narrowed by filters before the nearest are taken', async () => {
    const answer = await ask(library, 'seen:dog color:red', { encoders })
    expect(spans(answer)).toEqual(['Summer 40-50'])
    expect(reasons(answer)).toEqual(['seen 45: looks like "dog"', 'colour: red 40 %'])
  })

  it('are found by their tags, whole or by a word of them', async () => {
    const { id, scenes } = addFilm(library, { title: 'Tagged', scenes: [{ from: 0, to: 3 }, { from: 10, to: 13 }], cues: [] })
    for (const [at, label] of ['wedding cake', 'cakewalk'].entries()) addTag(library.db, id, { sceneId: scenes[at]!, label, score: 4 })
    for (const query of ['tag:cake', 'tag:"wedding cake"', 'tag:Wedding', 'in:tagged -tag:cakewalk']) expect(spans(await ask(library, query)), query).toEqual(['Tagged 0-3'])
    expect(reasons(await ask(library, 'tag:cake'))).toEqual(['tag: wedding cake (4.0 above usual)'])
    library.db.run('DELETE FROM video WHERE id = @id', { id })
  })

  it('are not asked for by quotation marks, by said: or by filters', async () => {
    encoded.length = 0
    for (const query of ['"dog"', 'said:dog', 'color:red', '-dog']) await ask(library, query, { encoders })
    expect(encoded).toEqual([])
    expect(spans(await ask(library, '"dog"', { encoders }))).toEqual(['Summer 20-30'])
  })

  it('come after one another', async () => {
    setBar(library, seen, { bar: 0.7, dimensions: 3 })
    expect(spans(await ask(library, 'seen:dog THEN seen:"a red car"', { encoders }))).toEqual(['Summer 20-50'])
    expect(spans(await ask(library, 'said:dog THEN<40s said:walk', { encoders }))).toEqual(['Summer 24-65'])
    setBar(library, seen, { bar: 0.99, dimensions: 3 })
    expect(spans(await ask(library, 'said:dog THEN walk', { encoders }))).toEqual([])
    forgetUsual(library.db, seen)
  })

  it('come after one another by the best of each, not by those that stand closest', async () => {
    const { id, scenes } = addFilm(library, { title: 'Walks', scenes: [0, 10, 20, 30].map((from) => ({ from, to: from + 10 })), cues: [] })
    // A dog, something a little like a dog, something a little like a car, a car.
    const vectors = [[1, 0, 0], [0.3, 0, 0.954], [0, 0.3, 0.954], [0, 1, 0]]
    for (const [at, sceneId] of scenes.entries()) putVector(library.db, { sceneId, model: MODEL, modality: 'picture', part: 0, atSeconds: at * 10 + 5, vector: Float32Array.from(vectors[at] ?? []) })
    expect(spans(await ask(library, 'seen:dog THEN<60s seen:"a red car" in:walks', { encoders }))[0]).toBe('Walks 0-40')
    const close = spans(await ask(library, 'seen:dog THEN<5s seen:"a red car" in:walks', { encoders }))
    expect(close.sort()).toEqual(['Walks 0-20', 'Walks 10-30', 'Walks 20-40'])
    library.db.run('DELETE FROM video WHERE id = @id', { id })
  })

  it('can not be excluded by what they look like, and that is said', async () => {
    for (const query of ['dog -seen:sea', '-seen:sea']) expect((await ask(library, query, { encoders })).notes, query).toContain('-seen: can not be told from what is a little like it, and was left out.')
  })
})
