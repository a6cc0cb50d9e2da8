import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { SceneId } from '../../../contract/ids.ts'
import { addFilm } from '../test-scenes.ts'
import type { SceneCondition } from '../../store/scene-conditions.ts'
import { conditionSql } from '../../store/scene-conditions.ts'
import { testLibrary } from '../../store/test-library.ts'
import { readScenes } from './index-build.ts'
import { SceneColumns } from './scene-columns.ts'
import { scenesThatFulfil } from './scene-mask.ts'
import { seeded } from './test-vectors.ts'

const COLOURS = ['red', 'green', 'blue']
const WORDS = ['boat', 'harbour', 'wind', 'night']
let library: Awaited<ReturnType<typeof testLibrary>>
let scenes: SceneColumns

/** Films whose scenes differ in all that can be asked for. */
function addFilms(): void {
  const random = seeded(3)
  const one = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)]!
  const films = Array.from({ length: 6 }, (_, n) => {
    const starts = Array.from({ length: 8 }, (_of, at) => at)
    return addFilm(library, {
      title: `Film ${n}`, ...(n === 0 ? {} : { recordedAt: `202${n}-0${n}-01T10:00:00Z` }),
      scenes: starts.map((from) => ({
        from, to: from + one([0.5, 0.7, 1]), motion: one([0, 0.05, 0.3]), brightness: one([0.1, 0.5, 0.9]), colours: random() < 0.3 ? [] : [{ name: one(COLOURS), share: 1 }],
      })),
      cues: starts.map((from) => ({ from, to: from + 0.4, text: one(WORDS), language: one(['en', 'en-GB', 'de']) })),
    })
  })
  for (const [id, scene] of films.flatMap((film) => film.scenes.map((made) => [film.id, made] as const))) {
    if (random() < 0.4) library.db.run(`INSERT INTO scene_tag (video_id, scene_id, label, score) VALUES (@id, @scene, 'fishing boat', 1)`, { id, scene })
  }
}

function read(): void {
  scenes = new SceneColumns()
  for (const slice of readScenes(library.db, scenes)) expect(slice).toBe(undefined)
}

const byColumns = (condition: SceneCondition): number[] => {
  const mask = scenesThatFulfil(condition, { db: library.db, scenes })
  return [...mask].flatMap((isIn, place) => isIn === 1 ? [scenes.ids[place]!] : []).sort((a, b) => a - b)
}

const byLibrary = (condition: SceneCondition): number[] => {
  const { sql, params } = conditionSql(condition)
  return library.db.all(`SELECT scene.id AS id FROM scene JOIN video ON video.id = scene.video_id WHERE ${sql} ORDER BY scene.id`, z.object({ id: z.number() }), params).map(({ id }) => id)
}

const span = (values: readonly number[]) => fc.record({ from: fc.constantFrom(0, ...values), to: fc.constantFrom(...values, Infinity) })

const leaf: fc.Arbitrary<SceneCondition> = fc.oneof(
  fc.constantFrom(...WORDS, 'boat OR wind').map((match) => ({ kind: 'words', match }) as const),
  fc.array(fc.integer({ min: 1, max: 60 }).map((id) => SceneId.parse(id))).map((ids) => ({ kind: 'scenes', ids }) as const),
  fc.constantFrom('en', 'de', 'fr').map((tag) => ({ kind: 'language', tag }) as const),
  fc.record({ kind: fc.constant('recorded' as const), side: fc.constantFrom('before', 'after'), date: fc.constantFrom('2022', '2023-03', '2024-04-01T10:00:00Z') }),
  span([0.5, 0.7, 1]).map((between) => ({ kind: 'duration', ...between }) as const),
  fc.subarray([...COLOURS, 'pink']).map((names) => ({ kind: 'colour', names }) as const),
  fc.constantFrom('boat', 'fishing boat', 'car').map((label) => ({ kind: 'tag', label }) as const),
  span([0.05, 0.1, 0.3, 0.5]).chain((between) => fc.constantFrom('brightness', 'motion').map((kind) => ({ kind, ...between }) as const)),
)

const { condition } = fc.letrec<{ condition: SceneCondition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({ kind: fc.constantFrom('all', 'any'), parts: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('not' as const), part: tie('condition') }),
  ),
}))

beforeEach(async () => {
  library = await testLibrary()
  addFilms()
})
afterEach(() => { library.close() })

it('the scenes that fulfil a condition are the same in memory and in the library', () => {
  read()
  fc.assert(fc.property(condition, (asked) => { expect(byColumns(asked)).toEqual(byLibrary(asked)) }), { numRuns: 300 })
})

it('the place of a scene that is gone fulfils nothing', () => {
  read()
  const asked: SceneCondition = { kind: 'not', part: { kind: 'words', match: 'boat' } }
  scenes.removeScene(3)
  expect(byColumns(asked)).toEqual(byLibrary(asked).filter((id) => id !== 3))
})
