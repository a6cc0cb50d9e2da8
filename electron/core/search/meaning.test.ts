import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { SceneId, VideoId } from '../../contract/ids.ts'
import { shared } from '../../../native/onnx/test-models.ts'
import { passagesOf } from '../pipeline/passages/passages.ts'
import { hasStandIns, standIns } from '../pipeline/test-models.ts'
import type { Embedder } from '../ports.ts'
import type { Library } from '../store/database.ts'
import { segmentsOf } from '../store/speech.ts'
import { testLibrary } from '../store/test-library.ts'
import { coverVideo, deleteVectors } from '../store/vector-covers.ts'
import { putVector } from '../store/vectors.ts'
import { foundScenes } from '../store/word-index.ts'
import type { QueryEncoders } from './answering.ts'
import type { TestFilm } from './test-scenes.ts'
import { addFilm, ask, reasons, spans } from './test-scenes.ts'

const captionFile = path.join(shared, 'media', 'pictures', 'flickr8k', 'captions.json')
const UNJUDGED = 'Found by meaning alone, good or not: it is not known yet what is usual in this library.'
const never = new AbortController().signal
const SCENES = 20

/** Three films of twenty scenes; in each scene somebody says what is in a picture. */
function filmsOfCaptions(): { films: TestFilm[], others: string[] } {
  const all = z.record(z.string(), z.array(z.string())).parse(JSON.parse(readFileSync(captionFile, 'utf8')))
  const names = Object.keys(all).sort().slice(0, 3 * SCENES)
  const said = (at: number, which: number): string => all[names[at] ?? '']?.[which] ?? ''
  const films = [0, 1, 2].map((film): TestFilm => ({
    title: `Film ${film + 1}`,
    scenes: Array.from({ length: SCENES }, (_, at) => ({ from: at * 10, to: at * 10 + 8 })),
    cues: Array.from({ length: SCENES }, (_, at) => ({ from: at * 10 + 2, to: at * 10 + 6, text: said(film * SCENES + at, 0) })),
  }))
  return { films, others: names.map((_, at) => said(at, 1)) }
}

const hasAll = existsSync(captionFile) && hasStandIns
const { models, chosen, removed, close } = standIns({ text: ['words', 'other-words'] })
const asked: string[] = []

/** The models, which write down whom they were asked as. */
function watched(one: Embedder | null): Embedder | null {
  return one === null ? null : { ...one, embed: (batch, signal) => {
    asked.push(one.id)
    return one.embed(batch, signal)
  } }
}
const encoders: QueryEncoders = {
  pictures: async () => null, text: async () => watched(await models.text()), embedderOf: async (name) => watched(await models.embedderOf(name)),
}

let library: Library
let films: { id: VideoId, scenes: SceneId[] }[]
let others: string[]

/** What the stage would store of a video. */
async function look(at: number, name: string): Promise<void> {
  const model = await models.embedderOf(name)
  const { id, scenes } = films[at]!
  const spansOf = [...foundScenes(library.db, scenes).values()].map(({ id: scene, start, end }) => ({ id: scene, from: start, to: end }))
  for (const [sceneId, passages] of passagesOf(spansOf, segmentsOf(library.db, id))) {
    const vectors = await model!.embed({ of: 'passages', texts: passages.map(({ text }) => text) }, never)
    for (const [part, { atSeconds }] of passages.entries()) putVector(library.db, { sceneId, model: name, modality: 'text', part, atSeconds, vector: vectors[part]! })
  }
  coverVideo(library.db, id, { stage: 'text-vectors', model: name, version: 1, nowMs: name === 'words' ? 1 : 2 })
}

describe.skipIf(!hasAll)('what is said in other words (skipped without the shared models and captions)', () => {
  beforeAll(async () => {
    library = await testLibrary()
    const made = filmsOfCaptions()
    others = made.others
    films = made.films.map((film) => addFilm(library, film))
    for (const at of films.keys()) await look(at, 'words')
  })
  afterAll(async () => {
    library.close()
    await close()
  })

  const find = (query: string, weights: Parameters<typeof ask>[2] = {}) => ask(library, query, { encoders, ...weights })

  it('is found, with the words that were said and when', async () => {
    const answer = await find('alpine sport')
    expect(spans(answer)[0]).toBe('Film 3 180-188')
    expect(reasons(answer)).toEqual(['meaning 182: A man in yellow jumps with his skis .'])
    expect(answer.nothingGood).toBe(false)
    expect(answer.notes).toContain(UNJUDGED)
  })

  it('is found by another description of the same: of 60, 20 come first and 35 among the first three', async () => {
    const ranks = await Promise.all(others.map(async (text, at) => {
      const answer = await find(text, { weights: { said: 0, title: 0 } })
      return answer.hits.findIndex(({ videoId, start, end }) => videoId === films[Math.floor(at / SCENES)]!.id && start <= at % SCENES * 10 && end > at % SCENES * 10)
    }))
    expect([ranks.filter((rank) => rank === 0).length, ranks.filter((rank) => rank >= 0 && rank < 3).length]).toEqual([20, 35])
  })

  it('comes after what has the words themselves', async () => {
    const answer = await find('mountain')
    const kinds = answer.hits.map((hit) => hit.reasons.map(({ kind }) => kind).join(' and '))
    expect(kinds.slice(0, 4)).toEqual(['said and meaning', 'said and meaning', 'meaning', 'meaning'])
    expect(answer.notes).not.toContain(UNJUDGED)
  })

  it('comes after what has all the words only across a cut', async () => {
    const { id } = addFilm(library, { title: 'Cut', scenes: [{ from: 0, to: 4 }, { from: 4, to: 8 }], cues: [{ from: 1, to: 7, text: 'we took the kayak and then my dear old grandmother sang' }] })
    const answer = await find('kayak grandmother')
    expect(answer.hits[0]).toMatchObject({ videoId: id, start: 0, end: 8 })
    expect(answer.hits.length).toBeGreaterThan(1)
    library.db.run('DELETE FROM video WHERE id = @id', { id })
  })

  it('is not asked for by quotation marks, by said:, by seen: or where the person gives it no weight', async () => {
    asked.length = 0
    for (const query of ['"alpine sport"', 'said:alpine', 'seen:alpine', 'in:film', '-alpine']) await find(query)
    await find('alpine sport', { weights: { meaning: 0 } })
    expect(asked).toEqual([])
    expect((await find('"alpine sport"')).hits).toEqual([])
  })

  it('is looked for only where the filters let it be', async () => {
    const answer = await find('alpine sport in:"film 1"')
    expect(new Set(answer.hits.map(({ title }) => title))).toEqual(new Set(['Film 1']))
  })

  it('is served by the model before until the new one covers a video, by both meanwhile', async () => {
    const before = (await find('alpine sport')).hits
    const sceneIds = (hits: typeof before): number[] => hits.map(({ sceneId }) => sceneId).sort((a, b) => a - b)
    chosen.text = 'other-words'
    asked.length = 0
    expect((await find('alpine sport')).hits).toEqual(before)
    expect(asked).toEqual(['words'])
    await look(0, 'other-words')
    asked.length = 0
    const between = await find('alpine sport')
    expect(asked).toEqual(['other-words', 'words'])
    // The same numbers under another name: each is found once, whoever found it.
    for (const id of sceneIds(before)) expect(sceneIds(between.hits)).toContain(id)
    expect(new Set(sceneIds(between.hits)).size).toBe(between.hits.length)
    for (const at of [1, 2]) await look(at, 'other-words')
    asked.length = 0
    expect((await find('alpine sport')).hits).toEqual(before)
    expect(asked).toEqual(['other-words'])
  })

  it('that only a model has read which is not installed any more can not be asked, and that is said', async () => {
    chosen.text = 'words'
    removed.add('other-words')
    expect((await find('alpine sport')).notes).toContain(UNJUDGED)
    for (const at of [0, 1]) library.db.run(`DELETE FROM vector_cover WHERE video_id = @id AND model = 'words'`, { id: films[at]!.id })
    expect((await find('alpine sport')).notes).toContain('2 videos were read by a text model that is not installed any more.')
    chosen.text = null
    removed.add('words')
    expect(await find('alpine sport')).toMatchObject({ hits: [], notes: expect.arrayContaining(['3 videos were read by a text model that is not installed any more.']) as unknown })
    for (const { id } of films) deleteVectors(library.db, id, 'text')
    expect((await find('alpine sport')).notes.filter((note) => note.includes('text model'))).toEqual([])
  })
})
