import { absurdTexts } from '../../electron/core/usual/test-absurd.ts'
import type { Block } from './block.ts'
import type { KnownQuery, QuerySet } from './search/known-scenes.ts'
import { querySets } from './search/known-scenes.ts'
import type { Goodness, Way } from './search/measured.ts'
import { measured, seenOf, ways, worseBy } from './search/measured.ts'
import type { KnownModels } from './search/search-library.ts'
import { knownModels, searchLibrary } from './search/search-library.ts'

/** How far the fused answers may be below the better of words only and pictures only. */
const BAR = 0.02
/** Absurd questions that may find something. */
const FALSE_ALARMS = 0.05
// Enough to tell a hundredth, and still a few minutes in all.
const MOST_QUERIES = 150
const SAME_QUERIES = 40

interface Measuring { models: KnownModels, print: (line: string) => void, signal: AbortSignal }

function some(queries: readonly KnownQuery[], most: number): KnownQuery[] {
  const step = Math.max(1, queries.length / most)
  return Array.from({ length: Math.min(most, queries.length) }, (_, at) => queries[Math.floor(at * step)]!)
}

const line = ({ mrr, first, third }: Goodness): string => [mrr, first, third].map((value) => value.toFixed(3)).join('  ')

async function isSetGood({ name, scenes, queries }: QuerySet, { models, print, signal }: Measuring): Promise<boolean> {
  const library = await searchLibrary(scenes, models, signal)
  const asked = some(queries, MOST_QUERIES)
  print(`  ${name}: ${asked.length} questions over ${scenes.length} scenes          MRR   s@1    s@3      (with what is shown apart)`)
  const found = new Map<Way, Goodness>()
  for (const way of Object.keys(ways) as Way[]) {
    const { hits, withNearest } = await measured(library, asked, way)
    found.set(way, hits)
    print(`    ${way.padEnd(10)}${line(hits)}    (${line(withNearest)})`)
  }
  library.close()
  const worse = worseBy(found.get('fused')!, [found.get('words')!, found.get('pictures')!])
  const isMet = worse <= BAR
  print(`    fused is ${worse > 0 ? `worse by ${worse.toFixed(3)} in one measure` : 'nowhere worse than the better of words and pictures'}: ${isMet ? 'PASS' : 'FAIL'}`)
  return isMet
}

/** Absurd questions that find something, and real ones that find nothing or nothing right. */
async function isHonest({ scenes, queries }: QuerySet, { models, print, signal }: Measuring): Promise<boolean> {
  const library = await searchLibrary(scenes, models, signal)
  let [alarms, misses, wrong] = [0, 0, 0]
  for (const query of absurdTexts) alarms += (await library.ask(query, { weights: {}, limit: 1 })).nothingGood ? 0 : 1
  const asked = some(queries, MOST_QUERIES)
  for (const { query, right } of asked) {
    const { hits } = await library.ask(query, { weights: {}, limit: MOST_QUERIES })
    if (hits.length === 0) misses++
    else if (!hits.some(({ title }) => right.includes(title))) wrong++
  }
  library.close()
  const percent = (count: number, all: number): string => `${(100 * count / all).toFixed(1)} %`
  const isMet = alarms / absurdTexts.length <= FALSE_ALARMS
  print(`  of ${absurdTexts.length} absurd questions ${percent(alarms, absurdTexts.length)} find something (bar: ${percent(FALSE_ALARMS, 1)}): ${isMet ? 'PASS' : 'FAIL'}; ` +
    `of ${asked.length} real ones ${percent(misses, asked.length)} find nothing good, ${percent(wrong, asked.length)} nothing right`)
  return isMet
}

/** The same library filled again, and in the opposite order: other ids, the same answers. */
async function isSame({ scenes, queries }: QuerySet, { models, print, signal }: Measuring): Promise<boolean> {
  const libraries = [await searchLibrary(scenes, models, signal), await searchLibrary(scenes, models, signal), await searchLibrary(scenes.toReversed(), models, signal)]
  let others = 0
  for (const { query } of some(queries, SAME_QUERIES)) {
    const answers = await Promise.all(libraries.map(async (library) => seenOf(await library.ask(query, { weights: {}, limit: MOST_QUERIES }))))
    if (new Set(answers).size > 1) others++
  }
  for (const library of libraries) library.close()
  print(`  ${SAME_QUERIES} questions to the library filled again and filled in the opposite order: ${others === 0 ? 'the same answers: PASS' : `${others} are answered differently: FAIL`}`)
  return others === 0
}

/** Words, pictures, meanings and all of them together, over sets of questions that some of them can answer. */
export const search: Block = {
  name: 'search',
  title: 'Search: words, pictures, and both',
  run: async ({ models, print, signal }) => {
    const [pictures, text, sets] = [await models.pictures(), await models.text(), querySets()]
    const [first] = sets
    if (pictures === null || text === null) return { skipped: 'a picture model and a text model are needed' }
    if (first === undefined) return { skipped: 'the shared pictures are not here' }
    const measuring = { models: knownModels({ pictures, text }, signal), print, signal }
    print(`  models ${pictures.id} and ${text.id}`)
    const verdicts: boolean[] = []
    for (const set of sets) verdicts.push(await isSetGood(set, measuring))
    verdicts.push(await isHonest(first, measuring), await isSame(first, measuring))
    return verdicts.every(Boolean) ? 'passed' : 'failed'
  },
}
