import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { SearchAnswer } from '../../electron/contract/search.ts'
import { SearchInput } from '../../electron/contract/search.ts'
import { createApp } from '../../electron/core/app.ts'
import type { App } from '../../electron/core/handlers.ts'
import { realTools } from '../../electron/hosts/real-tools.ts'
import { sharedMedia } from '../shared-media.ts'
import type { Block, Setting } from './block.ts'
import { everySecond } from './every-second.ts'
import { firstRight } from './ranks.ts'

const Queries = z.array(z.object({ query: z.string(), anyOf: z.array(z.string()) }))

/** Scenes that are asked for: enough that three videos are among them. */
const MOST_HITS = 100

/** The name of a video in the list of queries. */
function nameOf(file: string): string {
  return path.relative(sharedMedia('videos'), file).replaceAll(path.sep, '/')
}

/** The videos of the hits, each once, in the order of their best hit. */
function videosOf(answer: SearchAnswer): string[] {
  return [...new Set(answer.hits.map((hit) => nameOf(hit.path)))]
}

/** Gives the videos that were imported. */
async function importAll(app: App, model: string, { print, signal }: Setting): Promise<string[]> {
  const start = performance.now()
  const { id } = await app.handlers['models.import']({ path: model }, { signal })
  print(`  model ${id}, imported as a person does it`)
  await app.handlers['library.import']({ paths: [sharedMedia('videos')], fast: false }, { signal })
  await app.handlers['jobs.idle']({ videos: [], until: 'done' }, { signal })
  const { videos } = await app.handlers['library.list']({}, { signal })
  print(`  ${videos.length} videos imported and worked through in ${((performance.now() - start) / 1000).toFixed(0)} s`)
  return videos.map((video) => video.path)
}

/** The place of the right video for each query. */
async function placesOf(find: (query: string) => Promise<string[]>, print: (line: string) => void): Promise<(number | null)[]> {
  const places: (number | null)[] = []
  for (const { query, anyOf } of Queries.parse(JSON.parse(readFileSync(sharedMedia('videos', 'queries.json'), 'utf8')))) {
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
    if (!existsSync(sharedMedia('videos', 'queries.json'))) return { skipped: 'the shared videos are not here' }
    const folder = path.join(setting.folder, 'videos')
    const app = await createApp({ folder, access: 'write', tools: realTools(folder) })
    try {
      const videos = await importAll(app, model.folder, setting)
      const ask = async (query: string): Promise<string[]> => videosOf(await app.handlers['search.query'](SearchInput.parse({ query, limit: MOST_HITS }), { signal: setting.signal }))
      setting.print(`  typed as plain words: ${summary(await placesOf(ask, setting.print))}`)
      setting.print(`  typed as seen:"...", pictures only: ${summary(await placesOf((query) => ask(`seen:"${query}"`), () => undefined))}`)
      const plain = await everySecond(videos, setting.inference.embedder(model), setting)
      const found = async (query: string): Promise<string[]> => (await plain.found(query)).map(nameOf)
      setting.print(`  a script with one picture a second (${plain.pictures} pictures): ${summary(await placesOf(found, () => undefined))}`)
      return 'measured'
    } finally {
      await app.close()
    }
  },
}
