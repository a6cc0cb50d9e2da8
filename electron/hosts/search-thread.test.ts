import { getEventListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SearchInput } from '../contract/search.ts'
import type { SearchAnswer } from '../contract/search.ts'
import { AppError } from '../core/errors.ts'
import { numbersModel } from '../core/pipeline/test-switch.ts'
import type { Embedder, Searching } from '../core/ports.ts'
import { addFilm } from '../core/search/test-scenes.ts'
import type { Library } from '../core/store/database.ts'
import { coverVideo } from '../core/store/vector-covers.ts'
import { testLibrary } from '../core/store/test-library.ts'
import { putVector } from '../core/store/vectors.ts'
import { searchThreads } from './search-thread.ts'

const never = new AbortController().signal
const MODEL = 'small/int8'
const texts = ['the boat leaves the harbour', 'a dog runs after the ball', 'we eat bread']

let library: Library & { folder: string }
let model: Embedder | null
let edition: string
let embedded: { text: string, signal: AbortSignal }[]
let bugs: string[]
let searching: Searching

/** A text model that takes its time, and writes down what it was asked. */
function watched(waitMs: number): Embedder {
  const real = numbersModel(MODEL, { waitMs })
  return { ...real, embed: (batch, signal) => {
    if (batch.of === 'queries') embedded.push({ text: batch.texts.join(' + '), signal })
    return real.embed(batch, signal)
  } }
}

beforeEach(async () => {
  library = await testLibrary()
  model = watched(0)
  edition = '1'
  embedded = []
  bugs = []
  const film = addFilm(library, { title: 'Film', scenes: texts.map((_, at) => ({ from: at * 10, to: at * 10 + 9 })), cues: texts.map((text, at) => ({ from: at * 10 + 1, to: at * 10 + 8, text })) })
  const vectors = await numbersModel(MODEL).embed({ of: 'passages', texts }, never)
  for (const [at, vector] of vectors.entries()) putVector(library.db, { sceneId: film.scenes[at]!, model: MODEL, modality: 'text', part: 0, atSeconds: at * 10 + 1, vector })
  coverVideo(library.db, film.id, { stage: 'text-vectors', model: MODEL, version: 1, nowMs: 1 })
  const open = searchThreads(new URL('./test-search-worker.ts', import.meta.url), (text, cause) => { bugs.push(cause instanceof Error ? `${text}: ${cause.message}` : text) })
  searching = open({ folder: library.paths.folder, file: library.file }, {
    pictures: async () => null, text: async () => model, embedderOf: async (name) => model?.id === name ? model : null, edition: async () => edition,
  })
})
afterEach(async () => {
  await searching.close()
  library.close()
})

const search = (query: string, signal = never): Promise<SearchAnswer> => searching.query(SearchInput.parse({ query }), signal)
const begins = ({ hits }: SearchAnswer): number[] => hits.map(({ start }) => start)

describe('searching on a thread of its own', () => {
  test('finds what is said, and sees what was stored just now', async () => {
    expect(begins(await search('"boat leaves"'))).toEqual([0])
    addFilm(library, { title: 'Another', scenes: [{ from: 100, to: 110 }], cues: [{ from: 101, to: 102, text: 'the boat leaves again' }] })
    expect(begins(await search('"boat leaves"')).sort()).toEqual([0, 100])
  })

  test('asks the model once for a text, and again when the models have changed', async () => {
    await Promise.all([search('boat'), search('boat')])
    await search('boat')
    await search('dog')
    expect(embedded.map(({ text }) => text)).toEqual(['boat', 'dog'])
    edition = '2'
    await search('boat')
    expect(embedded.map(({ text }) => text)).toEqual(['boat', 'dog', 'boat'])
  })

  test('goes on with the words where the model was taken away in the middle of a search', async () => {
    model = { ...watched(0), embed: () => Promise.reject(new AppError('MODEL_MISSING', { message: 'It was taken away.' })) }
    const answer = await search('boat')
    expect(begins(answer)).toEqual([0])
    expect(answer.notes).toContain('It was taken away.')
    expect(bugs).toEqual([])
    model = null
    expect(begins(await search('bread'))).toEqual([20])
  })

  test('tells once of an error that nobody expects, and goes on', async () => {
    model = { ...watched(0), embed: () => Promise.reject(new Error('the model computes nonsense')) }
    await expect(search('boat')).rejects.toMatchObject({ code: 'INTERNAL' })
    expect(bugs).toEqual(['something went wrong in embed for a search: the model computes nonsense'])
    expect(begins(await search('"boat leaves"'))).toEqual([0])
  })

  test('rejects what waits when the thread dies, and starts another one for the next search', async () => {
    model = watched(60_000)
    for (const death of ['end yourself', 'fail']) {
      const waiting = search('boat')
      await expect.poll(() => embedded.length).toBe(1)
      const dying = search(death)
      await expect(waiting).rejects.toMatchObject({ code: 'INTERNAL', message: 'What searches stopped working.' })
      await expect(dying).rejects.toMatchObject({ code: 'INTERNAL', message: 'What searches stopped working.' })
      // Nobody waits for it any more.
      expect(embedded[0]!.signal.aborted).toBe(true)
      embedded = []
      expect(begins(await search('"boat leaves"'))).toEqual([0])
    }
    expect(bugs).toEqual(['the thread that searches ended with 3', 'the thread that searches died: nobody has caught this', 'the thread that searches ended with 1'])
  })

  test('says that it was stopped, and nothing else, when the thread dies after a cancel', async () => {
    model = watched(60_000)
    const stop = new AbortController()
    const waiting = search('boat', stop.signal)
    await expect.poll(() => embedded.length).toBe(1)
    const dying = search('end yourself')
    stop.abort(new AppError('CANCELLED', { message: 'Stopped.' }))
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' })
    await expect(dying).rejects.toMatchObject({ code: 'INTERNAL' })
    expect(getEventListeners(stop.signal, 'abort')).toEqual([])
  })

  test('ends when the library is closed: what waits is told so, and nothing is started again', async () => {
    model = watched(60_000)
    const waiting = search('boat')
    await expect.poll(() => embedded.length).toBe(1)
    const closed = searching.close()
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED', message: 'The library is being closed.' })
    await closed
    await expect(search('boat')).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(bugs).toEqual([])
  })

  test('of which 1,000 are cancelled at any moment leaves nothing behind, and the next is answered', async () => {
    model = watched(3)
    const running = Array.from({ length: 1000 }, async (_, at) => {
      const stop = new AbortController()
      await sleep(at % 50)
      const waiting = search(['boat', 'dog', `text ${at}`][at % 3]!, stop.signal)
      const moment = at % 20
      if (moment === 0) stop.abort()
      else setTimeout(() => { stop.abort() }, moment - 1)
      const [ended] = await Promise.allSettled([waiting])
      return { stop, ended: ended.status === 'fulfilled' ? 'answered' : 'stopped', listeners: getEventListeners(stop.signal, 'abort').length }
    })
    const ended = await Promise.all(running)
    expect(ended.filter(({ listeners }) => listeners > 0)).toEqual([])
    expect(ended.filter((one) => one.ended === 'stopped').length).toBeGreaterThan(500)
    // None is being computed any more.
    await expect.poll(() => embedded.flatMap(({ signal }) => getEventListeners(signal, 'abort'))).toEqual([])
    expect(begins(await search('"boat leaves"'))).toEqual([0])
    expect(bugs).toEqual([])
  })
})
