import { afterAll, beforeAll, expect, it } from 'vitest'
import { testLibrary } from '../store/test-library.ts'
import { addFilm, ask, spans } from './test-scenes.ts'

const VIDEOS = 30
let library: Awaited<ReturnType<typeof testLibrary>>

beforeAll(async () => {
  library = await testLibrary()
  for (let at = 0; at < VIDEOS; at++) {
    // More and more words around the two: so that no two videos are equally good. In every third they come in the other order.
    const around = ' and then'.repeat(at + 1)
    const [first, second] = at % 3 === 0 ? ['thunder', 'lightning'] : ['lightning', 'thunder']
    addFilm(library, {
      title: `film ${String(at).padStart(2, '0')}`, scenes: [{ from: 0, to: 5 }, { from: 5, to: 10 }],
      cues: [{ from: 1, to: 4, text: `${first}${around}` }, { from: 6, to: 9, text: `${second}${around}` }],
    })
  }
})
afterAll(() => { library.close() })

it('what comes one after another is the same whether few or all of it are asked for', async () => {
  const all = await ask(library, 'lightning THEN thunder', { limit: 100 })
  expect(all.hits).toHaveLength(20)
  expect(all.hits.map(({ score }) => score)).toEqual(all.hits.map(({ score }) => score).sort((a, b) => b - a))
  expect(all.hits.filter(({ title }) => Number(title.slice(5)) % 3 === 0)).toEqual([])
  for (const limit of [1, 3, 7]) expect(spans(await ask(library, 'lightning THEN thunder', { limit }))).toEqual(spans(all).slice(0, limit))
})

it('the best comes first also where others promised more', async () => {
  const { db } = library
  const weak = (word: string): string => `${word}${' once more'.repeat(40)}`
  const promising = Array.from({ length: 12 }, (_, at) => addFilm(library, {
    title: `promising ${at}`, scenes: Array.from({ length: 4 }, (__, scene) => ({ from: scene * 5, to: scene * 5 + 5 })),
    // One good scene for each of the two, in the wrong order; in the right order come only weak ones.
    cues: ['hail', 'sunshine', weak('sunshine'), weak('hail')].map((text, scene) => ({ from: scene * 5 + 1, to: scene * 5 + 4, text })),
  }))
  const best = addFilm(library, {
    title: 'best', scenes: [{ from: 0, to: 5 }, { from: 5, to: 10 }],
    cues: [{ from: 1, to: 4, text: 'sunshine for a while' }, { from: 6, to: 9, text: 'hail for a while' }],
  })
  expect((await ask(library, 'sunshine THEN<5s hail', { limit: 1 })).hits.map(({ title }) => title)).toEqual(['best'])
  for (const { id } of [...promising, best]) db.run('DELETE FROM video WHERE id = @id', { id })
})
