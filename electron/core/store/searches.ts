import { z } from 'zod'
import type { SavedSearchId, Searches } from '../../contract/searches.ts'
import { SavedSearch } from '../../contract/searches.ts'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'

const RECENT_AT_MOST = 20

/** The searches a person keeps, and the last ones they made, newest first. */
export function searches(db: ReadDatabase): Searches {
  return {
    saved: db.all('SELECT id, name, query FROM saved_search ORDER BY id DESC', SavedSearch),
    recent: db.all('SELECT query FROM recent_search ORDER BY used DESC', z.object({ query: z.string() })).map(({ query }) => query),
  }
}

/** Keeps a query under a name; one that had the name before is replaced. */
export function saveSearch(db: WriteDatabase, { name, query }: { name: string, query: string }): void {
  db.run('INSERT INTO saved_search (name, query) VALUES (@name, @query) ON CONFLICT (name) DO UPDATE SET query = @query', { name, query })
}

export function forgetSearch(db: WriteDatabase, id: SavedSearchId): void {
  db.run('DELETE FROM saved_search WHERE id = @id', { id })
}

/** Puts a query in front of the recent ones, and lets go of those that are too many. */
export function useSearch(db: WriteDatabase, query: string): void {
  db.transaction(() => {
    db.run(`INSERT INTO recent_search (query, used) VALUES (@query, (SELECT coalesce(max(used), 0) + 1 FROM recent_search))
      ON CONFLICT (query) DO UPDATE SET used = excluded.used`, { query })
    db.run('DELETE FROM recent_search WHERE query NOT IN (SELECT query FROM recent_search ORDER BY used DESC LIMIT @most)', { most: RECENT_AT_MOST })
  })
}

/** Forgets one recent query, or all of them. */
export function forgetRecentSearches(db: WriteDatabase, query: string | null): void {
  db.run('DELETE FROM recent_search WHERE @query IS NULL OR query = @query', { query })
}
