import type { Handlers } from '../handlers.ts'
import { searchScenes } from '../search/search-scenes.ts'
import { similarScenes } from '../search/similar.ts'
import type { AppContext } from './context.ts'
import { readable } from './context.ts'

/** Search over what is stored, also while an import goes on. */
export function searchCalls(context: AppContext): Pick<Handlers, 'search.query' | 'search.similar'> {
  const { models, tools: { clock } } = context
  return {
    'search.similar': async (asked, { signal }) => similarScenes(asked, { database: readable(context).db, clock }, signal),
    'search.query': async (input, { signal }) => searchScenes(input, {
      database: readable(context).db,
      clock,
      encoders: models,
      pictureBar: () => null, // nobody has measured yet what is usual for a model in this library
    }, signal),
  }
}
