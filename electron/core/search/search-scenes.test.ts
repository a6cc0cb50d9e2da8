import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import type { Library } from '../store/database.ts'
import { testLibrary } from '../store/test-library.ts'
import { addFilm, ask, reasons, searchAll, spans } from './test-scenes.ts'

let library: Library
const nasa = { id: 0, scenes: [0] }

// The captions of nasa_13013.mp4 in the shared media, with their times.
const webb = [
  { from: 0.21, to: 4.26, text: 'NAR: This is the optical and science segment of the Webb' },
  { from: 4.26, to: 8.35, text: 'space telescope in one of the largest cleanrooms in the world' },
  { from: 8.35, to: 12.47, text: 'at NASA’s Goddard Space Flight Center in Greenbelt, Maryland.' },
  { from: 12.47, to: 16.57, text: 'This half of the observatory element successfully' },
]

beforeAll(async () => {
  library = await testLibrary()
  Object.assign(nasa, addFilm(library, {
    title: 'nasa_13013', recordedAt: '2018-05-23T10:00:00Z', cues: webb,
    scenes: [
      { from: 0, to: 4.5, motion: 0.3, brightness: 0.2, colours: [{ name: 'blue', share: 0.5 }] },
      { from: 4.5, to: 9, motion: 0.002, brightness: 0.7, colours: [{ name: 'white', share: 0.6 }] },
      { from: 9, to: 17, motion: 0.02, brightness: 0.5, colours: [{ name: 'grey', share: 0.4 }, { name: 'blue', share: 0.2 }] },
    ],
  }))
  addFilm(library, {
    title: 'Café im Garten', recordedAt: '2024-05-31T09:00:00+02:00',
    cues: [
      { from: 1, to: 4, text: 'Das Café ist sehr schön', language: 'de' },
      { from: 11, to: 14, text: 'launching rockets is not for the garden', language: 'en-GB' },
    ],
    scenes: [{ from: 0, to: 10, brightness: 0.9, colours: [{ name: 'green', share: 0.7 }] }, { from: 10, to: 15, brightness: 0.9 }],
  })
  addFilm(library, {
    title: '旅行', cues: [{ from: 0, to: 5, text: '東京タワーは高い', language: 'ja' }, { from: 20, to: 25, text: '고양이가 집에 있다', language: 'ko' }],
    scenes: [{ from: 0, to: 10 }, { from: 20, to: 30 }],
  })
})

afterAll(() => { library.close() })


describe('a word', () => {
  it('is found where it is said, with the second and the words around it', async () => {
    const answer = await ask(library, 'telescope')
    expect(spans(answer)).toEqual(['nasa_13013 4.5-9'])
    expect(reasons(answer)).toEqual(['said 4.66: «telescope» in one of the largest cleanrooms …'])
    expect(answer).toMatchObject({ nothingGood: false, nearest: [], notes: [] })
    expect(answer.hits[0]).toMatchObject({ sceneId: nasa.scenes[1], videoId: nasa.id, path: '/videos/nasa_13013.mp4', keyframe: `artifacts/${nasa.id}/keyframe-7250.webp` })
  })

  it('is found while it is being typed', async () => {
    for (const typed of ['te', 'teles', 'telescop']) expect(spans(await ask(library, typed)), typed).toEqual(['nasa_13013 4.5-9'])
    expect(spans(await ask(library, 'tel '))).toEqual([])
  })

  it('is found without its accents, and with others', async () => {
    for (const typed of ['schon', 'SCHÖN', 'schôn']) expect(spans(await ask(library, typed)), typed).toEqual(['Café im Garten 0-10'])
  })

  it('is found in another English form', async () => {
    expect(reasons(await ask(library, 'launches'))).toEqual(['said 11: «launching» rockets is not for the garden'])
    expect(spans(await ask(library, '"launches"'))).toEqual([])
  })

  it('is found in spite of a misspelling, which is said', async () => {
    const answer = await ask(library, 'teloscope')
    expect(spans(answer)).toEqual(['nasa_13013 4.5-9'])
    expect(answer.notes).toEqual(['Nothing has "teloscope" in it: searched for "telescope".'])
  })

  it.each([
    ['東京', 'said 0: «東京»タワーは高い'], ['タワー', 'said 0: 東京«タワー»は高い'], ['高', 'said 0: 東京タワーは«高»い'], ['"東京タワー"', 'said 0: «東京タワー»は高い'],
    ['고양이', 'said 20: «고양이»가 집에 있다'], ['집', 'said 22.5: 고양이가 «집»에 있다'],
  ])('is found in a script without spaces: %s', async (typed, expected) => {
    expect(reasons(await ask(library, typed))).toEqual([expected])
  })

  it('is found in the title, and one scene stands for the video', async () => {
    const answer = await ask(library, 'nasa_13013')
    expect(spans(answer)).toEqual(['nasa_13013 0-4.5'])
    expect(reasons(answer)).toEqual(['title: «nasa_13013»'])
    expect(spans(await ask(library, 'title:nasa in:nasa'))).toEqual(['nasa_13013 0-4.5', 'nasa_13013 4.5-9', 'nasa_13013 9-17'])
    expect(spans(await ask(library, 'said:garten'))).toEqual([])
  })
})

describe('several words', () => {
  it('are all in the hit', async () => {
    const answer = await ask(library, 'largest world')
    expect(spans(answer)).toEqual(['nasa_13013 4.5-9'])
    expect(reasons(answer)).toEqual(['said 6.18: telescope in one of the «largest» cleanrooms in the «world» at NASA’s'])
  })

  it('are found on both sides of a cut', async () => {
    const answer = await ask(library, 'webb telescope')
    expect(spans(answer)).toEqual(['nasa_13013 0-9'])
    expect(reasons(answer)).toEqual(['said 3.91: … optical and science segment of the «Webb» space «telescope» in one of the largest cleanrooms …'])
    expect(spans(await ask(library, '"webb space telescope"'))).toEqual(['nasa_13013 0-9'])
  })

  it('between quotation marks stand side by side', async () => {
    const answer = await ask(library, '"space flight"')
    expect(spans(answer)).toEqual(['nasa_13013 9-17'])
    expect(reasons(answer)).toEqual(['said 9.52: Goddard «Space Flight» Center in Greenbelt, Maryland. This half …'])
    expect(spans(await ask(library, '"flight space"'))).toEqual([])
  })

  it('that are never together are nothing good, and what has some of them stands apart', async () => {
    const answer = await ask(library, 'optical zebra')
    expect(answer).toMatchObject({ hits: [], nothingGood: true, notes: ['Nothing has all of it: what comes nearest has some of it.'] })
    expect(answer.nearest.map(({ title, reasons: [why] }) => [title, why?.text])).toEqual([['nasa_13013', 'NAR: This is the «optical» and science segment of the Webb …']])
    expect(await ask(library, 'zebra')).toMatchObject({ hits: [], nearest: [], nothingGood: true, notes: [] })
  })

  it('are excluded, joined and grouped', async () => {
    expect(spans(await ask(library, 'space -flight'))).toEqual(['nasa_13013 0-4.5'])
    expect(await searchAll(library, 'telescope OR garden')).toEqual(['Café im Garten 10-15', 'nasa_13013 4.5-9'])
    expect(await searchAll(library, '(telescope OR garden) -rockets')).toEqual(['nasa_13013 4.5-9'])
    expect(spans(await ask(library, 'science AND segment'))).toEqual(['nasa_13013 0-4.5'])
  })

  it('alone excluded list the rest', async () => {
    const answer = await ask(library, '-nasa -東京')
    expect(spans(answer)).toEqual(['Café im Garten 0-10', 'Café im Garten 10-15', '旅行 20-30'])
    expect(reasons(answer)).toEqual(['filter: has nothing of what was excluded'])
  })
})

describe('THEN', () => {
  it('finds one thing after another, from the first to the second', async () => {
    const answer = await ask(library, 'webb THEN goddard')
    expect(spans(answer)).toEqual(['nasa_13013 3.91-9.52'])
    expect(reasons(answer)).toEqual([
      'said 3.91: … optical and science segment of the «Webb» space',
      'said 8.97: «Goddard» Space Flight Center in Greenbelt, Maryland. …',
    ])
  })

  it('keeps to its order and its seconds', async () => {
    expect(spans(await ask(library, 'goddard THEN webb'))).toEqual([])
    expect(spans(await ask(library, 'webb THEN<4s goddard'))).toEqual([])
    expect(spans(await ask(library, 'webb THEN<5s goddard'))).toEqual(['nasa_13013 3.91-9.52'])
    expect(spans(await ask(library, 'webb THEN rockets'))).toEqual([])
  })

  it('works within one scene, with looks, with filters and several times', async () => {
    expect(spans(await ask(library, 'goddard THEN maryland'))).toEqual(['nasa_13013 8.97-12.47'])
    expect(spans(await ask(library, 'color:white THEN color:grey'))).toEqual(['nasa_13013 4.5-17'])
    expect(spans(await ask(library, '(webb THEN goddard) color:blue'))).toEqual(['nasa_13013 3.91-9.52'])
    expect(spans(await ask(library, '(webb THEN goddard) color:green'))).toEqual([])
    expect(spans(await ask(library, 'webb THEN telescope THEN goddard'))).toEqual(['nasa_13013 3.91-9.52'])
  })
})

describe('a filter', () => {
  it.each([
    ['color:blue', ['nasa_13013 0-4.5', 'nasa_13013 9-17'], 'colour: blue 50 %'],
    ['colour:gray', ['nasa_13013 9-17'], 'colour: grey 40 %'],
    ['in:NASA motion:fast', ['nasa_13013 0-4.5'], 'filter: in:NASA | filter: motion:fast (motion 0.300)'],
    ['motion:still', ['nasa_13013 4.5-9'], 'filter: motion:still (motion 0.002)'],
    ['bright:dark', ['nasa_13013 0-4.5'], 'filter: bright:dark (brightness 0.200)'],
    ['bright:>0.8', ['Café im Garten 0-10', 'Café im Garten 10-15'], 'filter: bright:>0.8 (brightness 0.900)'],
    ['lang:de', ['Café im Garten 0-10'], 'filter: lang:de'],
    ['lang:german', ['Café im Garten 0-10'], 'filter: lang:german'],
    ['lang:en in:cafe', ['Café im Garten 10-15'], 'filter: lang:en | filter: in:cafe'],
    ['after:2024-05-31', ['Café im Garten 0-10', 'Café im Garten 10-15'], 'filter: after:2024-05-31'],
    ['before:2018-06 longer:6s', ['nasa_13013 9-17'], 'filter: before:2018-06 | filter: longer:6s (8.0 s)'],
    ['shorter:4.6s', ['nasa_13013 0-4.5', 'nasa_13013 4.5-9'], 'filter: shorter:4.6s (4.5 s)'],
    ['-color:blue in:nasa', ['nasa_13013 4.5-9'], 'filter: in:nasa'],
    ['color:green OR color:white', ['Café im Garten 0-10', 'nasa_13013 4.5-9'], 'colour: green 70 %'],
  ])('%s lists scenes in order', async (query, expected, why) => {
    const answer = await ask(library, query)
    expect(spans(answer)).toEqual(expected)
    expect(reasons(answer).join(' | ')).toBe(why)
    expect(answer.notes).toEqual([])
  })

  it('is a reason only for a scene that it lets through', async () => {
    const answer = await ask(library, 'goddard OR in:cafe')
    const filters = answer.hits.map(({ title, reasons: why }) => [title, why.filter(({ kind }) => kind === 'filter').map(({ text }) => text)])
    expect(filters[0]).toEqual(['nasa_13013', []])
    expect(filters.slice(1)).toEqual([['Café im Garten', ['in:cafe']]])
  })

  it('names a video by its id too', async () => {
    expect(spans(await ask(library, `in:${nasa.id} telescope`))).toEqual(['nasa_13013 4.5-9'])
  })

  it('narrows words, and says both', async () => {
    const answer = await ask(library, 'space color:grey')
    expect(spans(answer)).toEqual(['nasa_13013 9-17'])
    expect(reasons(answer)).toEqual(['said 9.52: Goddard «Space» Flight Center in Greenbelt, Maryland. This …', 'colour: grey 40 %'])
  })

  it('that no video has is said', async () => {
    expect(await ask(library, 'telescope in:nowhere')).toMatchObject({ hits: [], nothingGood: true, notes: ['No video has "nowhere" in its title or path.'] })
  })

  it('that needs a picture model is left out without one, and said', async () => {
    const note = 'seen: needs a picture model and pictures it has looked at: "dog" was left out.'
    expect(await ask(library, 'seen:dog')).toMatchObject({ hits: [], nothingGood: true, notes: [note] })
    const both = await ask(library, 'seen:dog telescope')
    expect(spans(both)).toEqual(['nasa_13013 4.5-9'])
    expect(both.notes).toEqual([note])
  })
})

describe('any search', () => {
  it('stops when it is asked to', async () => {
    const stopped = new AppError('CANCELLED', { message: 'Stopped.' })
    await expect(ask(library, 'telescope', { signal: AbortSignal.abort(stopped) })).rejects.toBe(stopped)
    const controller = new AbortController()
    const searching = ask(library, 'telescope', { signal: controller.signal })
    controller.abort(stopped)
    await expect(searching).rejects.toBe(stopped)
  })

  it('says the same twice, and a shorter list is the beginning of a longer one', async () => {
    const all = await ask(library, 'in OR the OR space')
    expect(spans(await ask(library, 'in OR the OR space'))).toEqual(spans(all))
    expect(spans(await ask(library, 'in OR the OR space', { limit: 2 }))).toEqual(spans(all).slice(0, 2))
  })

  it('obeys weights', async () => {
    expect(spans(await ask(library, 'cafe', { weights: { said: 0 } }))).toEqual(['Café im Garten 0-10'])
    expect(reasons(await ask(library, 'cafe', { weights: { title: 3 } }))[0]).toBe('title: «Café» im Garten')
  })

  const word = fc.constantFrom('space', 'webb', 'telescope', 'in', 'cafe', '東京', 'zebra', '"space flight"', 'color:blue', 'in:nasa', 'lang:de', 'motion:calm', 'said:the', 'title:nasa')
  const syntax = fc.constantFrom('AND', 'OR', 'THEN', 'THEN<3s', '-', '(', ')', '"', 'said:', '*', '^', 'NEAR(', '{said}:', "'", ';--', ':', '\u0000')

  it('has an answer for any text, and every hit has a reason', async () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.array(fc.oneof(word, syntax), { maxLength: 12 }).map((parts) => parts.join(' ')), fc.array(fc.oneof(word, syntax), { maxLength: 8 }).map((parts) => parts.join('')))
    await fc.assert(fc.asyncProperty(text, async (query) => {
      const answer = await ask(library, query)
      expect(answer.query).toBe(query)
      expect(answer.nothingGood).toBe(answer.hits.length === 0)
      for (const { reasons: why, start, end } of [...answer.hits, ...answer.nearest]) {
        expect(why.length).toBeGreaterThan(0)
        expect(end).toBeGreaterThan(start)
      }
    }), { numRuns: 200 })
  })

  it('narrows with AND, excludes with -, and never finds more with a filter', async () => {
    await fc.assert(fc.asyncProperty(word, word, async (a, b) => {
      const [onlyA, both, without] = [await scenesOf(a), await scenesOf(`(${a}) AND (${b})`), await scenesOf(`(${a}) -(${b})`)]
      for (const id of both) expect(onlyA).toContain(id)
      for (const id of without) expect(both).not.toContain(id)
      expect(new Set([...both, ...without])).toEqual(new Set(onlyA))
    }), { numRuns: 50 })
  })
})

/** All scenes that are part of a hit. */
async function scenesOf(query: string): Promise<number[]> {
  const everything = await ask(library, '-zebra')
  const { hits } = await ask(library, `(${query}) (in:1 OR in:2 OR in:3)`)
  return everything.hits.filter((scene) => hits.some((hit) => hit.videoId === scene.videoId && hit.start <= scene.start && hit.end >= scene.end)).map(({ sceneId }) => sceneId)
}
