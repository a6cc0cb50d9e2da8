import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { SearchAnswer, SearchInput } from '../../contract/search.ts'
import { SearchInput as Input } from '../../contract/search.ts'
import type { Library } from '../store/database.ts'
import { testLibrary } from '../store/test-library.ts'
import type { KeptSearches } from './pages.ts'
import { keptSearches } from './pages.ts'
import { searchScenes } from './search-scenes.ts'
import type { TestFilm } from './test-scenes.ts'
import { addFilm, toolsFor } from './test-scenes.ts'

let library: Library
beforeEach(async () => { library = await testLibrary() })
afterEach(() => { library.close() })

/** Scenes of five seconds with a gap between each two, so that none are joined. */
function film(title: string, lines: readonly string[]): TestFilm {
  return { title, scenes: lines.map((_, at) => ({ from: at * 10, to: at * 10 + 5 })), cues: lines.map((text, at) => ({ from: at * 10, to: at * 10 + 5, text })) }
}

function search(input: Partial<SearchInput> & { query: string }, kept?: KeptSearches): Promise<SearchAnswer> {
  return searchScenes(Input.parse(input), { ...toolsFor(library), ...kept === undefined ? {} : { kept } }, AbortSignal.timeout(60_000))
}

const named = ({ hits }: SearchAnswer): string[] => hits.map(({ title, start }) => `${title} ${start}`)

/** All pages one after the other, with what happens between them. */
async function pages(input: Partial<SearchInput> & { query: string }, { kept, between }: { kept?: KeptSearches, between?: (page: number) => void } = {}): Promise<string[]> {
  const found: string[] = []
  let after: string | null = null
  for (let page = 0; page < 500; page++) {
    const answer: SearchAnswer = await search({ ...input, after }, kept)
    found.push(...named(answer))
    after = answer.more
    if (after === null) return found
    between?.(page)
  }
  throw new Error('the pages do not end')
}

const words = ['ship', 'storm', 'night', 'anchor', 'gull']
const line = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 5 }).map((some) => some.join(' '))

describe('pages', () => {
  it('are together the one long answer, whatever their length, kept or not', async () => {
    await fc.assert(fc.asyncProperty(
      fc.array(fc.array(line, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 }), fc.constantFrom('ship', 'ship OR storm', 'ship THEN night', 'longer:1s', '-gull', 'ship OR longer:1s'),
      fc.record({ limit: fc.integer({ min: 1, max: 7 }), perVideo: fc.constantFrom(null, 1, 2) }), async (films, query, { limit, perVideo }) => {
        const own = await testLibrary()
        const [before, after] = [library, own]
        library = after
        for (const [at, lines] of films.entries()) addFilm(library, film(`Film ${at}`, lines))
        const whole = named(await search({ query, perVideo, limit: 1000 }))
        expect(new Set(whole).size).toBe(whole.length)
        expect(await pages({ query, perVideo, limit }, { kept: keptSearches() })).toEqual(whole)
        expect(await pages({ query, perVideo, limit })).toEqual(whole)
        library = before
        own.close()
      }), { numRuns: 25 })
  })

  it('go deeper than the first look into the lists, and each is the beginning of a longer one', async () => {
    const lines = Array.from({ length: 400 }, (_, at) => `ship ${'sea '.repeat(at % 7)}${at % 3 === 0 ? 'ship' : ''}`)
    addFilm(library, film('Long', lines))
    addFilm(library, film('Other', ['ship ahoy']))
    const all = await pages({ query: 'ship', perVideo: null, limit: 90 }, { kept: keptSearches() })
    expect([all.length, new Set(all).size]).toEqual([401, 401])
    for (const limit of [1, 150, 300, 301, 400]) expect(named(await search({ query: 'ship', perVideo: null, limit }))).toEqual(all.slice(0, limit))
    // One video has most of it, and what the other has is found all the same.
    expect(named(await search({ query: 'ship', perVideo: 2 }))).toHaveLength(3)
  })

  it.each([['ship'], ['longer:1s'], ['ship THEN storm']])('go on where they were when something is imported between them: %s', async (query) => {
    for (const name of ['B', 'D', 'F']) addFilm(library, film(name, ['ship', 'storm', 'ship', 'storm']))
    const before = named(await search({ query, limit: 1000 }))
    const during = await pages({ query, limit: 2 }, { kept: keptSearches(), between: (page) => { if (page < 3) addFilm(library, film(`${'ACE'[page] ?? ''}${page}`, ['ship', 'storm'])) } })
    expect(new Set(during).size).toBe(during.length)
    expect(during.filter((hit) => before.includes(hit))).toEqual(before)
    if (query !== 'longer:1s') expect(during).toEqual(before)
  })

  it('leave out what was removed between them, and are full all the same', async () => {
    const ids = ['A', 'B', 'C', 'D'].map((name) => addFilm(library, film(name, ['ship', 'ship'])).id)
    const kept = keptSearches()
    const first = await search({ query: 'ship', limit: 2 }, kept)
    expect(named(first)).toEqual(['A 0', 'A 10'])
    library.db.run('DELETE FROM video WHERE id IN (@first, @next)', { first: ids[0] ?? 0, next: ids[1] ?? 0 })
    for (const where of [kept, undefined]) expect(named(await search({ query: 'ship', limit: 2, after: first.more }, where))).toEqual(['C 0', 'C 10'])
  })

  it('go on after what was shown last when the search is not kept any more', async () => {
    for (const name of ['A', 'B', 'C', 'D']) addFilm(library, film(name, ['ship', 'ship']))
    const kept = keptSearches({ searches: 1, findings: 100 })
    const first = await search({ query: 'ship', limit: 3 }, kept)
    await search({ query: 'ship OR storm', limit: 3 }, kept)
    addFilm(library, film('AA', ['ship ship ship']))
    expect(named(await search({ query: 'ship', limit: 3, after: first.more }, kept))).toEqual(['B 10', 'C 0', 'C 10'])
  })

  it('of another search or of no search at all begin at the beginning, which is said', async () => {
    for (const name of ['A', 'B']) addFilm(library, film(name, ['ship', 'storm']))
    const { more } = await search({ query: 'ship', limit: 1 }, keptSearches())
    for (const after of [more, 'nonsense', '', Buffer.from('{}').toString('base64url')]) {
      const answer = await search({ query: 'storm', after })
      expect(named(answer)).toEqual(['A 10', 'B 10'])
      expect(answer.notes).toEqual(['The place to go on from is not known here: this is the first page.'])
    }
  })
})

describe('kept searches', () => {
  it('are few, and the last one is always there', async () => {
    for (const name of ['A', 'B', 'C']) addFilm(library, film(name, ['ship', 'storm', 'night']))
    const kept = keptSearches({ searches: 2, findings: 5 })
    const asked: (string | null)[] = []
    for (const query of ['ship', 'storm', 'ship OR storm OR night']) asked.push((await search({ query, limit: 1 }, kept)).more)
    const Kept = z.object({ kept: z.string() })
    const ids = asked.map((more) => Kept.parse(JSON.parse(Buffer.from(more ?? '', 'base64url').toString())).kept)
    expect(ids.map((id) => kept.find(id) !== undefined)).toEqual([false, false, true])
  })
})

describe('neighbours', () => {
  it('are joined up to half a minute, the same whatever the order in which they were stored', async () => {
    const scenes = Array.from({ length: 8 }, (_, at) => ({ from: at * 6, to: at * 6 + 6 }))
    const cues = scenes.map(({ from, to }, at) => ({ from, to, text: `ship ${'and '.repeat(at)}` }))
    addFilm(library, { title: 'Forwards', scenes, cues })
    addFilm(library, { title: 'Backwards', scenes: scenes.toReversed(), cues })
    const { hits } = await search({ query: 'ship', perVideo: null })
    const spans = (title: string): string[] => hits.filter((hit) => hit.title === title).map(({ start, end }) => `${start}-${end}`)
    expect(spans('Forwards')).toEqual(['0-30', '30-48'])
    expect(spans('Backwards')).toEqual(spans('Forwards'))
  })
})
