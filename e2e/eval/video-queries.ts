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
import { firstRight } from './ranks.ts'

const Queries = z.array(z.object({ query: z.string(), anyOf: z.array(z.string()) }))

/** Scenes that are asked for: enough that three videos are among them. */
const MOST_HITS = 100

/** The videos of the hits by their path in the shared folder, each once, in the order of their best hit. */
function videosOf(answer: SearchAnswer): string[] {
  return [...new Set(answer.hits.map((hit) => path.relative(sharedMedia('videos'), hit.path).replaceAll(path.sep, '/')))]
}

async function importAll(app: App, model: string, { print, signal }: Setting): Promise<void> {
  const start = performance.now()
  const { id } = await app.handlers['models.import']({ path: model }, { signal })
  print(`  model ${id}, imported as a person does it`)
  await app.handlers['library.import']({ paths: [sharedMedia('videos')], fast: false }, { signal })
  await app.handlers['jobs.idle']({ videos: [], until: 'done' }, { signal })
  const { videos } = await app.handlers['library.list']({}, { signal })
  print(`  ${videos.length} videos imported and worked through in ${((performance.now() - start) / 1000).toFixed(0)} s`)
}

/** The place of the right video for each query, asked as it is written there or in another way. */
async function askAll(app: App, written: (query: string) => string, { print, signal }: Setting): Promise<(number | null)[]> {
  const places: (number | null)[] = []
  for (const { query, anyOf } of Queries.parse(JSON.parse(readFileSync(sharedMedia('videos', 'queries.json'), 'utf8')))) {
    const videos = videosOf(await app.handlers['search.query'](SearchInput.parse({ query: written(query), limit: MOST_HITS }), { signal }))
    const place = firstRight(videos, (name) => anyOf.includes(name))
    print(`    ${String(place ?? '-').padStart(2)}  ${written(query)}${place === 1 ? '' : `  (first: ${videos[0] ?? 'nothing'})`}`)
    places.push(place)
  }
  return places
}

function summary(places: readonly (number | null)[]): string {
  const within = (most: number): number => places.filter((place) => place !== null && place <= most).length
  return `of ${places.length} queries found first: ${within(1)}, among the first three videos: ${within(3)}`
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
      await importAll(app, model.folder, setting)
      const plain = await askAll(app, (query) => query, setting)
      setting.print(`  as plain words: ${summary(plain)}`)
      setting.print(`  as seen:"...", pictures only: ${summary(await askAll(app, (query) => `seen:"${query}"`, { ...setting, print: () => undefined }))}`)
      return 'measured'
    } finally {
      await app.close()
    }
  },
}
