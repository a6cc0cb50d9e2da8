import type { Example } from '../../contract/search.ts'
import type { KnownExample } from '../../contract/search-worker.ts'
import { AppError } from '../errors.ts'
import type { Handlers } from '../handlers.ts'
import type { Searching } from '../ports.ts'
import type { AppContext } from './context.ts'

function known(example: Example): KnownExample {
  if (example.kind === 'scene') return example
  throw new AppError('MODEL_MISSING', { message: 'Only scenes can be compared so far.' })
}

/** Search over what is stored, also while an import goes on. */
export function searchCalls(_context: AppContext, searching: Searching): Pick<Handlers, 'search.query' | 'search.similar'> {
  return {
    'search.query': async (input, { signal }) => searching.query(input, signal),
    'search.similar': async ({ like, limit }, { signal }) => searching.similar({ like: known(like), limit }, signal),
  }
}
