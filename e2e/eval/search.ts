import { absurdTexts } from '../../electron/core/usual/test-absurd.ts'
import type { Block, Setting } from './block.ts'
import { realQueries, withRealVideos } from './real-videos.ts'
import type { KnownQuery, QuerySet } from './search/known-scenes.ts'
import { querySets } from './search/known-scenes.ts'
import type { AskedLibrary, Goodness, Way } from './search/measured.ts'
import { measured, outcomes, seenOf, ways, worseBy } from './search/measured.ts'
import { realLibrary } from './search/real-library.ts'
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

async function filled({ name, scenes, queries }: QuerySet, { models, signal }: Measuring): Promise<AskedLibrary> {
  return { name, size: `${scenes.length} scenes`, queries: some(queries, MOST_QUERIES), library: await searchLibrary(scenes, models, signal) }
}

const line = ({ mrr, first, third }: Goodness): string => [mrr, first, third].map((value) => value.toFixed(3)).join('  ')

async function isFusedGood({ name, size, queries, library }: AskedLibrary, print: (line: string) => void): Promise<boolean> {
  print(`  ${name}: ${queries.length} questions over ${size}          MRR   s@1    s@3      (with what is shown apart)`)
  const found = new Map<Way, Goodness>()
  for (const way of Object.keys(ways) as Way[]) {
    const { hits, withNearest } = await measured(library, queries, way)
    found.set(way, hits)
    print(`    ${way.padEnd(10)}${line(hits)}    (${line(withNearest)})`)
  }
  const worse = worseBy(found.get('fused')!, [found.get('words')!, found.get('pictures')!])
  const isMet = worse <= BAR
  print(`    fused is ${worse > 0 ? `worse by ${worse.toFixed(3)} in one measure` : 'nowhere worse than the better of words and pictures'}: ${isMet ? 'PASS' : 'FAIL'}`)
  return isMet
}

/** Absurd questions that find something, and real ones that find nothing or nothing right. */
async function isHonest({ name, size, queries, library }: AskedLibrary, print: (line: string) => void): Promise<boolean> {
  let alarms = 0
  for (const query of absurdTexts) alarms += (await library.ask(query, { weights: {}, limit: 1 })).nothingGood ? 0 : 1
  const found = await outcomes(library, queries)
  const isMet = alarms / absurdTexts.length <= FALSE_ALARMS
  const percent = (count: number, all: number): string => `${(100 * count / all).toFixed(1)} %`
  print(`  ${name}, ${size}: of ${absurdTexts.length} absurd questions ${percent(alarms, absurdTexts.length)} find something (bar: ${percent(FALSE_ALARMS, 1)}): ${isMet ? 'PASS' : 'FAIL'}`)
  print(`    of ${queries.length} real ones ${found.withHits} find something, ${found.rightFirst} have a right answer first, ${found.rightAmong} among what was found; ` +
    `${queries.length - found.withHits} find nothing good (${percent(queries.length - found.withHits, queries.length)} misses), ${found.rightNearest} of them with a right answer among the nearest`)
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

/** Pictures and pieces of speech, each a video of its own. */
async function areKnownScenesGood([first, ...others]: QuerySet[], measuring: Measuring): Promise<boolean[]> {
  if (first === undefined) return []
  const verdicts: boolean[] = []
  for (const set of [first, ...others]) {
    const asked = await filled(set, measuring)
    verdicts.push(await isFusedGood(asked, measuring.print))
    if (set === first) verdicts.push(await isHonest(asked, measuring.print))
    asked.library.close()
  }
  return [...verdicts, await isSame(first, measuring)]
}

/** Videos as a person has them, imported as a person does it. One of their few questions is far more than the bar of fusion, which is only printed. */
async function areRealVideosGood(setting: Setting): Promise<boolean[]> {
  const models = [await setting.installed('pictures'), await setting.installed('text')].filter((model) => model !== null)
  if (realQueries().length === 0) return []
  return withRealVideos(models, setting, async (real) => {
    const asked = realLibrary(real, setting.signal)
    await isFusedGood(asked, setting.print)
    return [await isHonest(asked, setting.print)]
  })
}

/** Words, pictures, meanings and all of them together, over sets of questions that some of them can answer. */
export const search: Block = {
  name: 'search',
  title: 'Search: words, pictures, and both',
  run: async (setting) => {
    const { models, print, signal } = setting
    const [pictures, text, sets] = [await models.pictures(), await models.text(), querySets()]
    if (pictures === null || text === null) return { skipped: 'a picture model and a text model are needed' }
    if (sets.length === 0) return { skipped: 'the shared pictures are not here' }
    print(`  models ${pictures.id} and ${text.id}`)
    const verdicts = [...await areRealVideosGood(setting), ...await areKnownScenesGood(sets, { models: knownModels({ pictures, text }, signal), print, signal })]
    return verdicts.every(Boolean) ? 'passed' : 'failed'
  },
}
