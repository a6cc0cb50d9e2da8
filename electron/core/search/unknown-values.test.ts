import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Library } from '../store/database.ts'
import { addTag } from '../store/tags.ts'
import { testLibrary } from '../store/test-library.ts'
import { addFilm, ask, spans } from './test-scenes.ts'

let library: Library

beforeAll(async () => {
  library = await testLibrary()
  const cue = (from: number, text: string, language: string) => ({ from, to: from + 4, text, language })
  const { id, scenes } = addFilm(library, { title: 'Kitchen', scenes: [{ from: 0, to: 10 }, { from: 20, to: 30 }], cues: [cue(1, 'a hot dog', 'en-GB'), cue(21, 'ein Kuchen', 'de')] })
  const [first, second] = scenes
  if (first === undefined || second === undefined) throw new Error('there are two scenes')
  for (const label of ['hot dog', 'wedding cake', 'beach']) addTag(library.db, id, { sceneId: first, label, score: 1 })
  addTag(library.db, id, { sceneId: second, label: 'birthday cake', score: 1 })
})
afterAll(() => { library.close() })

describe('a tag', () => {
  it.each([['tag:"hot dog"', ['Kitchen 0-10']], ['tag:cake', ['Kitchen 0-10', 'Kitchen 20-30']], ['tag:beach,"birthday cake"', ['Kitchen 0-10', 'Kitchen 20-30']], ['tag:(cake -beach)', ['Kitchen 20-30']]])('%s is found', async (query, found) => {
    const answer = await ask(library, query)
    expect(spans(answer)).toEqual(found)
    expect(answer.notes).toEqual([])
  })

  it.each([
    ['tag:beech', 'No scene has the tag "beech": the nearest that there are here are "beach".'],
    ['tag:"chocolate cake"', 'No scene has the tag "chocolate cake": the nearest that there are here are "birthday cake", "wedding cake".'],
    ['tag:zebra', 'No scene has the tag "zebra".'],
  ])('%s that no scene has is said once, with what comes near', async (query, note) => {
    const { hits, notes } = await ask(library, `${query} ${query}`)
    expect([hits, notes.filter((one) => one.includes('tag'))]).toEqual([[], [note]])
  })

  it('is said to be missing where there are none at all', async () => {
    const empty = await testLibrary()
    expect((await ask(empty, 'tag:beach')).notes).toContain('Nothing here has tags yet: they need a picture model.')
    expect((await ask(empty, 'lang:de')).notes).toContain('Of nothing here it is known in what language it is spoken.')
    empty.close()
  })
})

describe('a language', () => {
  it('that nobody speaks is said, with those that are spoken', async () => {
    expect((await ask(library, 'lang:french')).notes).toContain('Nobody speaks French here, but German, British English.')
    expect(await ask(library, 'lang:english')).toMatchObject({ notes: [], hits: [{ start: 0 }] })
    expect((await ask(library, 'lang:elvish hot')).notes).toEqual(['lang:elvish is no language known here and was left out.'])
  })
})
