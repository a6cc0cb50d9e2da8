import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { SceneId, VideoId } from '../../../contract/ids.ts'
import { addScene, deleteScenesIn } from '../../store/scenes.ts'
import { indexWords } from '../../store/scene-words.ts'
import { addSegment, deleteSegmentsIn } from '../../store/speech.ts'
import { testClock, testLibrary, testVideo } from '../../store/test-library.ts'
import { scenesByTitle, scenesByWords } from '../../store/word-index.ts'
import type { KnownScenes } from './known-scenes.ts'
import { LiveVectors } from './live-vectors.ts'
import { rankedByWords } from './ranked-words.ts'
import { wordExpression } from './word-expression.ts'

// Words of the library: some begin like others, some are in nearly every scene.
const WORDS = ['a', 'dog', 'dogs', 'doghouse', 'cat', 'sea', 'seaside', 'tree', 'éclair', 'straße', '猫', 'москва']
const SCENES = 40

let library: Awaited<ReturnType<typeof testLibrary>>
let live: LiveVectors
const scenes: SceneId[] = []
const videos: VideoId[] = []

function say(video: VideoId, scene: number, text: string): void {
  deleteSegmentsIn(library.db, video, { from: scene, to: scene + 1, origin: null })
  addSegment(library.db, video, { source: 'model:x', language: null, startSeconds: scene + 0.1, endSeconds: scene + 0.9, text, words: [] })
  indexWords(library.db, video, { from: scene + 0.1, to: scene + 0.9 })
}

/** Texts without any two that are equal to a rank: each scene says another number of words. */
function textOf(seed: number): string {
  return Array.from({ length: 3 + seed % 17 }, (_, at) => WORDS[(seed * 7 + at * at * (1 + seed % 5)) % WORDS.length]).join(' ')
}

beforeAll(async () => {
  library = await testLibrary()
  library.db.transaction(() => {
    for (const [at, title] of ['a day at the sea', 'dogs and a dog', 'москва'].entries()) {
      const video = testVideo(library, title)
      videos.push(video)
      for (let scene = 0; scene < SCENES; scene++) {
        scenes.push(addScene(library.db, video, { startPts: 500 + scene * 1000, endPts: 1500 + scene * 1000, keyframePts: null, motion: 0, brightness: 0, colours: [] }))
      }
      for (let scene = 0; scene < SCENES; scene++) say(video, scene, textOf(at * SCENES + scene))
    }
  })
  live = new LiveVectors({ db: library.db, clock: testClock, failed: (error) => { throw error } })
  live.begin()
  await live.settled()
})
afterAll(() => {
  live.close()
  library.close()
})

async function known(): Promise<KnownScenes> {
  const found = await live.known(AbortSignal.timeout(10_000))
  if (found === null) throw new Error('the index is not ready')
  return found
}

type Ranks = { id: number, rank: number }[]

/** In the order of the ids where ranks are equal: that order is left open. */
function inOrder(found: Ranks | null): Ranks | null {
  return found?.map(({ id, rank }) => ({ id, rank: Number(rank.toPrecision(9)) })).sort((a, b) => a.rank - b.rank || a.id - b.id) ?? null
}

const all = { mask: null, perVideo: Infinity, limit: 1000 }
const said = async (match: string): Promise<Ranks | null> => inOrder(rankedByWords({ match, ...all }, await known())?.said ?? null)
const saidByLibrary = (match: string): Ranks | null => inOrder(scenesByWords(library.db, { match, by: 'said', condition: null, limit: 1000 }))

const word = fc.constantFrom(...WORDS.filter((one) => one !== '猫'), 'nowhere', 'strasse', 'eclair').map((one) => `"${one.replace('é', 'e').replace('ß', 'ss')}"`)
const term = fc.oneof(word, word.map((one) => `${one} *`), fc.tuple(word, word).map(([one, other]) => `(${one} OR ${other})`), word.map((one) => `({said} : (${one}))`))
const expression = fc.oneof(term, fc.tuple(term, term).map(([a, b]) => `(${a} AND ${b})`), fc.tuple(term, term).map(([a, b]) => `${a} OR ${b}`))

describe('scenes by their words, from memory', () => {
  it('are those of the word index, with the same ranks', async () => {
    await fc.assert(fc.asyncProperty(expression, async (match) => { expect(await said(match)).toEqual(saidByLibrary(match)) }), { numRuns: 300 })
  })

  it('are those of the word index also where something is excluded: it loses a part of some ranks then', async () => {
    const denied = fc.tuple(expression, term).map(([wanted, denied]) => `((${wanted}) NOT (${denied}))`)
    const ids = (found: Ranks | null): number[] | undefined => found?.map(({ id }) => id).sort((a, b) => a - b)
    await fc.assert(fc.asyncProperty(denied, async (match) => { expect(ids(await said(match))).toEqual(ids(saidByLibrary(match))) }), { numRuns: 200 })
  })

  it('by their title too, of each video the first few', async () => {
    const match = '("dog" OR "a" *)'
    const byLibrary = scenesByTitle(library.db, { match: `(${match}) AND ({title} : (${match}))`, condition: null, limit: 1000, perVideo: 3 })
    expect(byLibrary).toHaveLength(6)
    expect(inOrder(rankedByWords({ match, ...all, perVideo: 3 }, await known())?.title ?? null)).toEqual(inOrder(byLibrary))
  })

  it('are only those of the mask, and the best of them', async () => {
    const { scenes: columns, words } = await known()
    const mask = new Uint8Array(columns.size)
    for (const id of scenes.slice(5, 50)) mask[columns.placeOf(id) ?? 0] = 1
    const found = rankedByWords({ match: '"dog"', mask, perVideo: Infinity, limit: 4 }, { scenes: columns, words })?.said ?? null
    const among = new Set<number>(scenes.slice(5, 50))
    const byLibrary = scenesByWords(library.db, { match: '"dog"', by: 'said', condition: null, limit: 1000 }).filter(({ id }) => among.has(id)).slice(0, 4)
    expect(found).toHaveLength(4)
    expect(inOrder(found)?.map(({ rank }) => rank)).toEqual(inOrder(byLibrary)?.map(({ rank }) => rank))
  })

  it('follow what is said anew and what goes, without a word of before', async () => {
    const [first, second] = videos
    if (first === undefined || second === undefined) throw new Error('there are no videos')
    library.db.transaction(() => { say(first, 3, 'a lighthouse and a lighthouse') })
    expect((await said('"lighthouse"'))?.map(({ id }) => id)).toEqual([scenes[3]])
    expect(await said('"dog"')).toEqual(saidByLibrary('"dog"'))
    library.db.transaction(() => { deleteScenesIn(library.db, second, { from: 0, to: 20_000 }) })
    library.db.transaction(() => { say(first, 3, 'nothing of it') })
    expect(await said('"lighthouse"')).toEqual([])
    expect(await said('"dog" OR "cat"')).toEqual(saidByLibrary('"dog" OR "cat"'))
  })
})

describe('an expression', () => {
  it('is read as FTS5 reads it', () => {
    const plain = (text: string): unknown => ({ kind: 'word', word: text, isPrefix: false, columns: ['said', 'title'] })
    expect(wordExpression('"a" OR "b" AND "c" NOT "d"')).toEqual({
      kind: 'or', left: plain('a'), right: { kind: 'and', left: plain('b'), right: { kind: 'not', left: plain('c'), right: plain('d') } },
    })
    expect(wordExpression('({title} : ("a" *))')).toEqual({ kind: 'word', word: 'a', isPrefix: true, columns: ['title'] })
  })

  it('over words side by side is left to the word index', () => {
    expect(wordExpression('("black dog")')).toBeNull()
    expect(wordExpression('NEAR("a" "b")')).toBeNull()
    expect(wordExpression('""')).toBeNull()
  })
})
