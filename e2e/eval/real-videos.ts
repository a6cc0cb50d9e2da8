import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { Video } from '../../electron/contract/videos.ts'
import { createApp } from '../../electron/core/app.ts'
import type { App } from '../../electron/core/handlers.ts'
import type { InstalledModel } from '../../electron/core/models/model-spec.ts'
import { realTools } from '../../electron/hosts/real-tools.ts'
import { sharedMedia } from '../shared-media.ts'
import type { Setting } from './block.ts'

const Queries = z.array(z.object({ query: z.string(), anyOf: z.array(z.string()) }))

/** A plain question over the shared videos, and the names of the videos that answer it. */
export type RealQuery = z.infer<typeof Queries>[number]

/** The questions over the shared videos; none where they are not here. */
export function realQueries(): RealQuery[] {
  const file = sharedMedia('videos', 'queries.json')
  return existsSync(file) ? Queries.parse(JSON.parse(readFileSync(file, 'utf8'))) : []
}

/** The name of a video in the list of queries. */
export function nameOf(file: string): string {
  return path.relative(sharedMedia('videos'), file).replaceAll(path.sep, '/')
}

/** The shared videos in a library of their own, with its app. */
export interface RealVideos { app: App, videos: Video[] }

async function imported(app: App, models: readonly InstalledModel[], { print, signal }: Setting): Promise<Video[]> {
  const start = performance.now()
  const ids: string[] = []
  for (const { folder } of models) ids.push((await app.handlers['models.import']({ path: folder }, { signal })).id)
  print(`  ${ids.join(' and ')}, imported as a person does it`)
  await app.handlers['library.import']({ paths: [sharedMedia('videos')], fast: false }, { signal })
  await app.handlers['jobs.idle']({ videos: [], until: 'done' }, { signal })
  const { videos } = await app.handlers['library.list']({}, { signal })
  print(`  ${videos.length} videos imported and worked through in ${((performance.now() - start) / 1000).toFixed(0)} s`)
  return videos
}

/** Imports the shared videos with these models as a person does it: into a new library, to the end of all work. The app is closed after `use`. */
export async function withRealVideos<Result>(models: readonly InstalledModel[], setting: Setting, use: (real: RealVideos) => Promise<Result>): Promise<Result> {
  const folder = path.join(setting.folder, `videos-${models.length}`)
  const app = await createApp({ folder, access: 'write', tools: realTools(folder) })
  try {
    return await use({ app, videos: await imported(app, models, setting) })
  } finally {
    await app.close()
  }
}
