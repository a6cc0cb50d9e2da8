import { knownExample } from '../examples/known-example.ts'
import type { Handlers } from '../handlers.ts'
import type { Searching } from '../ports.ts'
import type { AppContext } from './context.ts'
import { readable } from './context.ts'

/** Search over what is stored, also while an import goes on. */
export function searchCalls(context: AppContext, searching: Searching): Pick<Handlers, 'search.query' | 'search.similar'> {
  const { tools: { ffmpeg, pictures }, models } = context
  return {
    'search.query': async (input, { signal }) => searching.query(input, signal),
    'search.similar': async ({ like, limit }, { signal }) =>
      searching.similar({ like: await knownExample(like, { db: readable(context).db, models, ffmpeg, pictures }, signal), limit }, signal),
  }
}
