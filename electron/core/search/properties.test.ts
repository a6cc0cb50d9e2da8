import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SearchInput } from '../../contract/search.ts'
import type { SearchHit } from '../../contract/search.ts'
import type { Library } from '../store/database.ts'
import { testLibrary } from '../store/test-library.ts'
import { searchScenes } from './search-scenes.ts'
import { addFilm, toolsFor } from './test-scenes.ts'
import { anyText } from './test-queries.ts'

let library: Library
const lines = ['space and the webb telescope', 'the space flight of nasa', 'a cafe in the garden', 'zebras e-mail the goal', 'l’avion lands in space', '東京タワーは高い', 'мой йод', 'the rocket launches', 'goal and penalty', 'Raumschifffahrt', 'webb again']

beforeAll(async () => {
  library = await testLibrary()
  const colours = ['blue', 'teal', 'grey', 'red'] as const
  for (const title of ['nasa one', 'my trip, 2019', 'three']) {
    addFilm(library, {
      title, recordedAt: title === 'three' ? '2024-05-31T10:00:00Z' : '2017-05-31T10:00:00Z',
      // Scenes with nothing between them, and apart.
      scenes: lines.map((_, at) => ({ from: at * 10, to: at * 10 + (at % 3 === 0 ? 6 : 10), motion: at / 100, brightness: at / 11, colours: [{ name: colours[at % 4] ?? 'blue', share: 0.5 }] })),
      cues: lines.map((text, at) => ({ from: at * 10 + 1, to: at * 10 + 5, text: title === 'three' ? lines[(at + 4) % lines.length] ?? text : text, language: at % 2 === 0 ? 'en' : 'de' })),
    })
  }
})
afterAll(() => { library.close() })

async function hits(query: string): Promise<SearchHit[]> {
  const input = SearchInput.parse({ query, limit: 1000, perVideo: null })
  return (await searchScenes(input, toolsFor(library), AbortSignal.timeout(60_000))).hits
}

// Neighbouring scenes of one hit are shown as one: what counts is which scenes it spans.
const isCovered = (hit: SearchHit, by: readonly SearchHit[]): boolean =>
  by.some((other) => other.videoId === hit.videoId && other.start <= hit.start + 0.001 && other.end >= hit.end - 0.001)

/** The scenes that a query matches, each by itself. */
async function scenesOf(query: string): Promise<Set<string>> {
  const all = await hits('-xyzzyx')
  const found = await hits(query)
  return new Set(all.filter((scene) => isCovered(scene, found)).map(({ videoId, start }) => `${videoId}@${start}`))
}

const leaf = fc.constantFrom('space', 'webb', 'telescope ', 'cafe', '東京', 'йод', 'zebra ', 'schiff ', 'telescpoe ', '"space flight"', 'e-mail', 'said:the', 'title:nasa', 'color:blue', 'color:blue,teal', 'in:nasa', 'lang:de', 'motion:calm', 'after:2018', 'longer:7s')
const query = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, fc.tuple(tie('any'), fc.constantFrom(' ', ' AND ', ' OR ', ' -'), tie('any')).map(([a, between, b]) => `(${a})${between}(${b})`)),
})).any
const filter = fc.constantFrom('color:blue', 'color:red,teal', 'in:nasa', 'lang:de', 'motion:calm', 'bright:dark', 'after:2018', 'before:2018', 'longer:7s', 'shorter:7s', '-color:red')
const runs = { numRuns: 60 }

function isWithin(inner: ReadonlySet<string>, outer: ReadonlySet<string>): boolean {
  return [...inner].every((scene) => outer.has(scene))
}

describe('any query', () => {
  it('AND narrows, - shares nothing, and both together are the whole', async () => {
    await fc.assert(fc.asyncProperty(query, query, async (a, b) => {
      const [one, both, without] = [await scenesOf(`(${a})`), await scenesOf(`(${a}) AND (${b})`), await scenesOf(`(${a}) -(${b})`)]
      expect(isWithin(both, one)).toBe(true)
      expect(isWithin(without, one)).toBe(true)
    }), runs)
  })

  it('what a filter finds beside words is there also where the words are nowhere', async () => {
    const [one, without] = [await scenesOf('((telescope) -(space)) OR (in:nasa)'), await scenesOf('(((telescope) -(space)) OR (in:nasa)) -(space)')]
    expect(one).toEqual(await scenesOf('in:nasa'))
    expect(isWithin(without, one)).toBe(true)
  })

  it('a filter never adds a hit', async () => {
    await fc.assert(fc.asyncProperty(query, filter, async (a, narrower) => {
      const [one, narrowed] = [await hits(`(${a})`), await hits(`(${a}) ${narrower}`)]
      for (const hit of narrowed) expect(isCovered(hit, one), `${hit.title} ${hit.start}-${hit.end}`).toBe(true)
    }), runs)
  })

  it('what is excluded is in no hit', async () => {
    await fc.assert(fc.asyncProperty(leaf, async (a) => {
      const [one, others] = [await scenesOf(`(${a})`), await scenesOf(`-(${a})`)]
      expect([...others].filter((scene) => one.has(scene))).toEqual([])
    }), { numRuns: 20 })
  })

  it('THEN goes from one thing to another in one video, in order and within the time', async () => {
    await fc.assert(fc.asyncProperty(leaf, leaf, fc.constantFrom(2, 5, 12, 40), async (a, b, within) => {
      const [firsts, seconds] = [await hits(`(${a})`), await hits(`(${b})`)]
      for (const hit of await hits(`(${a}) THEN<${within}s (${b})`)) {
        expect(hit.end).toBeGreaterThan(hit.start)
        const [first, second] = [firsts, seconds].map((found) => found.filter((one) => one.videoId === hit.videoId && one.start < hit.end && one.end > hit.start))
        expect(first?.length, 'the first is there').toBeGreaterThan(0)
        expect(second?.length, 'the second is there').toBeGreaterThan(0)
        const times = hit.reasons.flatMap(({ at }) => at ?? [])
        expect(times.every((at) => at >= hit.start - 0.001 && at <= hit.end + 0.001)).toBe(true)
      }
    }), runs)
  })
})

// A search of this library takes a few milliseconds of work; the rest is for a machine that does other things in between.
const MOST_CPU_MS = 200

async function cpuMs(text: string): Promise<number> {
  const before = process.cpuUsage()
  await hits(text)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

describe('any text', () => {
  it.each([
    ['brackets', '('.repeat(2000)], ['brackets that close', ')'.repeat(2000)], ['minus signs', '-'.repeat(2000)], ['minus signs before brackets', '-('.repeat(1000)], ['quotation marks', '"'.repeat(2000)], ['quoted letters', '"a" '.repeat(500)],
    ['words', 'space webb telescope '.repeat(95)], ['misspelt words', Array.from({ length: 90 }, (_, at) => `telescpoeanywhere${String.fromCharCode(97 + at % 26)}`).join(' ')], ['filters', 'in:nasa '.repeat(250)], ['lists', `color:${'blue,'.repeat(390)}`],
    ['operators', 'AND OR THEN '.repeat(160)], ['a THEN after another', 'space THEN '.repeat(180)], ['names', 'a:'.repeat(1000)], ['commas', `tag:${','.repeat(1990)}`], ['what was not', '-space '.repeat(280)], ['alternatives', 'space OR webb OR '.repeat(110)],
    ['one long word', 'a'.repeat(2000)], ['one long run without spaces', '東'.repeat(2000)], ['marks', `e${'\u0301'.repeat(1999)}`], ['nested lists', 'said:('.repeat(330)], ['looks', 'seen:dog '.repeat(220)],
  ])('of %s takes no longer than others', async (_, text) => {
    // The first time includes what is compiled and read once.
    await hits(text)
    expect(await cpuMs(text)).toBeLessThan(MOST_CPU_MS)
  })

  it('is answered, soon', async () => {
    const slow: string[] = []
    await fc.assert(fc.asyncProperty(anyText, async (text) => {
      if (await cpuMs(text) >= MOST_CPU_MS && await cpuMs(text) >= MOST_CPU_MS) slow.push(text)
    }), { numRuns: 200 })
    expect(slow).toEqual([])
  })
})
