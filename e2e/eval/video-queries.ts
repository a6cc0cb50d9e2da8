import type { SearchAnswer } from '../../electron/contract/search.ts'
import { SearchInput } from '../../electron/contract/search.ts'
import type { Block } from './block.ts'
import { everySecond } from './every-second.ts'
import { firstRight } from './ranks.ts'
import { nameOf, realQueries, withRealVideos } from './real-videos.ts'

/** Scenes that are asked for: enough that three videos are among them. */
const MOST_HITS = 100

/** The videos of the hits, each once, in the order of their best hit. */
function videosOf(answer: SearchAnswer): string[] {
  return [...new Set(answer.hits.map((hit) => nameOf(hit.path)))]
}

/** The place of the right video for each query. */
async function placesOf(find: (query: string) => Promise<string[]>, print: (line: string) => void): Promise<(number | null)[]> {
  const places: (number | null)[] = []
  for (const { query, anyOf } of realQueries()) {
    const videos = await find(query)
    const place = firstRight(videos, (name) => anyOf.includes(name))
    print(`    ${String(place ?? '-').padStart(2)}  ${query}${place === 1 ? '' : `  (first: ${videos[0] ?? 'nothing'})`}`)
    places.push(place)
  }
  return places
}

function summary(places: readonly (number | null)[]): string {
  const within = (most: number): number => places.filter((place) => place !== null && place <= most).length
  return `${within(1)} of ${places.length} found first, ${within(3)} among the first three videos`
}

/** Plain-language queries through the whole product: import, key frames, vectors, search. Which video is found first. */
export const videoQueries: Block = {
  name: 'video-queries',
  title: 'Queries over real videos',
  run: async (setting) => {
    const model = await setting.installed('pictures')
    if (model === null) return { skipped: 'no picture model' }
    if (realQueries().length === 0) return { skipped: 'the shared videos are not here' }
    return withRealVideos([model], setting, async ({ app, videos }) => {
      const ask = async (query: string): Promise<string[]> => videosOf(await app.handlers['search.query'](SearchInput.parse({ query, limit: MOST_HITS }), { signal: setting.signal }))
      setting.print(`  typed as plain words: ${summary(await placesOf(ask, setting.print))}`)
      setting.print(`  typed as seen:"...", pictures only: ${summary(await placesOf((query) => ask(`seen:"${query}"`), () => undefined))}`)
      const plain = await everySecond(videos.map((video) => video.path), setting.inference.embedder(model), setting)
      const found = async (query: string): Promise<string[]> => (await plain.found(query)).map(nameOf)
      setting.print(`  a script with one picture a second (${plain.pictures} pictures): ${summary(await placesOf(found, () => undefined))}`)
      return 'measured' as const
    })
  },
}
