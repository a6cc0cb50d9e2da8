import { SearchInput } from '../../../electron/contract/search.ts'
import type { RealVideos } from '../real-videos.ts'
import { nameOf, realQueries } from '../real-videos.ts'
import type { AskedLibrary } from './measured.ts'

/** The shared videos as they were imported, with the questions over them. To be closed is the app. */
export function realLibrary({ app, videos }: RealVideos, signal: AbortSignal): AskedLibrary {
  const titles = new Map(videos.map(({ path: file, title }) => [nameOf(file), title]))
  return {
    name: 'real videos',
    size: `${videos.length} videos`,
    queries: realQueries().map(({ query, anyOf }) => ({ query, right: anyOf.flatMap((name) => titles.get(name) ?? []) })),
    library: {
      ask: (query, { weights, limit }) => app.handlers['search.query'](SearchInput.parse({ query, weights, limit }), { signal }),
      close: () => undefined,
    },
  }
}
