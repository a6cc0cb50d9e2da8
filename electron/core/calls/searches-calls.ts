import type { Searches } from '../../contract/searches.ts'
import { AppError } from '../errors.ts'
import type { Handlers } from '../handlers.ts'
import type { WriteDatabase } from '../ports.ts'
import { forgetRecentSearches, forgetSearch, saveSearch, searches, useSearch } from '../store/searches.ts'
import type { AppContext } from './context.ts'
import { readable, writable } from './context.ts'

type SearchesCall = 'searches.list' | 'searches.save' | 'searches.forget' | 'searches.used' | 'searches.clearRecent'

/** Not empty, without spaces around it. Throws USAGE. */
function trimmed(text: string, what: string): string {
  const kept = text.trim()
  if (kept === '') throw new AppError('USAGE', { message: `The ${what} is empty.`, hint: 'Type something and save it again.' })
  return kept
}

/** The searches that the person keeps, and those they made last. */
export function searchesCalls(context: AppContext): Pick<Handlers, SearchesCall> {
  const edit = (act: (db: WriteDatabase) => void): Searches => {
    const { library } = writable(context)
    library.keep(() => { act(library.db) })
    const now = searches(library.db)
    context.emit({ type: 'searches-changed', searches: now })
    return now
  }
  return {
    'searches.list': async () => searches(readable(context).db),
    'searches.save': async ({ name, query }) => {
      const kept = { name: trimmed(name, 'name'), query: trimmed(query, 'search') }
      return edit((db) => { saveSearch(db, kept) })
    },
    'searches.forget': async ({ saved }) => edit((db) => { forgetSearch(db, saved) }),
    'searches.used': async ({ query }) => query.trim() === '' ? searches(readable(context).db) : edit((db) => { useSearch(db, query.trim()) }),
    'searches.clearRecent': async ({ query }) => edit((db) => { forgetRecentSearches(db, query) }),
  }
}
